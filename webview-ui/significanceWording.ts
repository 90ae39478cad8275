import type { PKind } from '../src/protocol/webviewMessages.ts';
import { formatCount, formatKs, formatP } from './format.ts';
import { byChance } from './inference.ts';
import { t } from './l10n.ts';
import { isolated, paragraph } from './phrases.ts';
import { type PValue, type SignificanceColumn, type SignificanceView, stepOf } from './significanceState.ts';
import type { MacroscaleRow } from '../src/protocol/report.ts';

export function kindNames(): Readonly<Record<PKind, string>> {
  return {
    adjusted: t('adjusted p (Benjamini-Hochberg)'),
    permutation: t('permutation p'),
    holm: t('adjusted p (Holm)'),
    naive: t('naive p, as in the paper'),
  };
}

/** Shades in words: what each step of the table means. */
export function stepTexts(): readonly [string, string, string, string] {
  return [t('0.05 or more'), t('below 0.05'), t('below 0.01'), t('below 0.001')];
}

/** What the table shows, with its numbers. */
export function significanceInWords({ kind, nTests, nBelow, permutations }: SignificanceView): string {
  const [below, tests] = [formatCount(nBelow), formatCount(nTests)];
  switch (kind) {
    case 'adjusted':
      return t(
        '{0} of {1} tests have an adjusted p below 0.05; of these, at most one in twenty is expected to be chance.',
        below,
        tests,
      );
    case 'holm':
      return t(
        '{0} of {1} tests have an adjusted p below 0.05; that any of them is chance has a probability of at most 0.05.',
        below,
        tests,
      );
    case 'permutation':
      return paragraph(
        t(
          '{0} of {1} tests have a permutation p below 0.05; chance alone would give about {2}.',
          below,
          tests,
          byChance(nTests),
        ),
        smallestP(permutations),
      );
    case 'naive':
      return t(
        '{0} of {1} tests have a naive p below 0.05. It takes pairs for independent, which they are not, so many of these may be chance.',
        below,
        tests,
      );
  }
}

export function significanceCaveat(): string {
  return t(
    'A small p says that KS is larger than shuffled labels give, not that it is large: with enough people every difference is significant.',
  );
}

export function noPermutationsInWords(): string {
  return t('The report was made without permutations, so it holds the naive p alone.');
}

function smallestP(permutations: number): string {
  return permutations > 0
    ? t(
        'With {0} permutations none can be below {1}.',
        formatCount(permutations),
        formatP(1 / (permutations + 1), null),
      )
    : '';
}

/** What a cell is called where its column is not in sight. */
export function cellInWords(
  attribute: string,
  { model, modality }: SignificanceColumn,
  row: MacroscaleRow | null,
  p: PValue | null,
): string {
  const names = [isolated(attribute), isolated(model)] as const;
  const subject =
    modality === 'positive' ? t('{0}, positive, {1}', ...names) : t('{0}, negative, {1}', ...names);
  if (!row) return t('{0}: not tested', subject);
  if (!p) return t('{0}: KS {1}, no p', subject, formatKs(row.ks));
  const step = stepTexts()[stepOf(p.p)];
  return t('{0}: p {1}, {2}; KS {3}', subject, formatP(p.p, p.log10P), step, formatKs(row.ks));
}
