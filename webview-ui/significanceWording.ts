import type { PKind } from '../src/protocol/webviewMessages.ts';
import { formatCount, formatKs, formatP } from './format.ts';
import { byChance } from './inference.ts';
import { type PValue, type SignificanceColumn, type SignificanceView, stepOf } from './significanceState.ts';
import type { MacroscaleRow } from '../src/protocol/report.ts';

export const kindNames = {
  adjusted: 'adjusted p (Benjamini-Hochberg)',
  permutation: 'permutation p',
  holm: 'adjusted p (Holm)',
  naive: 'naive p, as in the paper',
} as const satisfies Record<PKind, string>;

/** Shades in words: what each step of the table means. */
export const stepTexts = ['0.05 or more', 'below 0.05', 'below 0.01', 'below 0.001'] as const;

/** One sentence of what the table shows, with its numbers. */
export function significanceInWords({ kind, nTests, nBelow, permutations }: SignificanceView): string {
  const share = `${formatCount(nBelow)} of ${formatCount(nTests)} tests have ${article(kind)} below 0.05`;
  switch (kind) {
    case 'adjusted':
      return `${share}; of these, at most one in twenty is expected to be chance.`;
    case 'holm':
      return `${share}; that any of them is chance has a probability of at most 0.05.`;
    case 'permutation':
      return `${share}; chance alone would give about ${byChance(nTests)}. ${smallestP(permutations)}`;
    case 'naive':
      return `${share}. It takes pairs for independent, which they are not, so many of these may be chance.`;
  }
}

export const significanceCaveat =
  'A small p says that KS is larger than shuffled labels give, not that it is large: with enough people every difference is significant.';

export const noPermutationsInWords =
  'The report was made without permutations, so it holds the naive p alone.';

function article(kind: PKind): string {
  return kind === 'naive' ? 'a naive p' : kind === 'permutation' ? 'a permutation p' : 'an adjusted p';
}

function smallestP(permutations: number): string {
  return permutations > 0
    ? `With ${formatCount(permutations)} permutations none can be below ${formatP(1 / (permutations + 1), null)}.`
    : '';
}

/** What a cell is called where its column is not in sight. */
export function cellInWords(
  attribute: string,
  { model, modality }: SignificanceColumn,
  row: MacroscaleRow | null,
  p: PValue | null,
): string {
  const subject = `\u2068${attribute}\u2069, ${modality}, \u2068${model}\u2069`;
  if (!row) return `${subject}: not tested`;
  if (!p) return `${subject}: KS ${formatKs(row.ks)}, no p`;
  return `${subject}: p ${formatP(p.p, p.log10P)}, ${stepTexts[stepOf(p.p)]}; KS ${formatKs(row.ks)}`;
}
