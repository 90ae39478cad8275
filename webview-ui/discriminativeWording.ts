import type { DiscriminativeResult, DiscriminativeRow } from '../src/protocol/report.ts';
import type { Score } from '../src/protocol/webviewMessages.ts';
import type { DiscriminativeView, ScoredRow } from './discriminativeState.ts';
import { formatCount, formatFixed } from './format.ts';
import type { Noun } from './macroscaleState.ts';
import type { Phrase } from './wording.ts';

export const scoreNames = {
  balancedAccuracy: 'balanced accuracy',
  accuracy: 'accuracy',
  auc: 'AUC',
} as const satisfies Record<Score, string>;

/** Folds differ by about a hundredth. */
export const scoreDecimals = 3;

export function formatScore(score: number | null): string {
  return formatFixed(score, scoreDecimals);
}

/** One sentence of what the chart shows; also its `aria-label`. */
export function scoresInWords({ score, result }: DiscriminativeView): string {
  return (
    `One line for each attribute: how well a linear classifier reads it off embeddings it was not fitted to, ${scoreNames[score]} ` +
    `over ${formatCount(result.nFolds)} folds. Filled dot: nobody is in training and test both; hollow dot: folds of images ` +
    'as in the paper, the same people in both. The bar between the two is identity leakage.'
  );
}

export const scoresCaveat =
  'It shows what can be read off, not what the model compares faces by: an attribute may be readable and yet shape no distances.';

/** What a tick or the dashed line means. */
export function chanceInWords(score: Score): string {
  return score === 'accuracy'
    ? 'accuracy of who always guesses the more frequent modality'
    : 'who does not look at the embedding: 0.5';
}

/** What the largest leakage is, over all attributes. */
export function leakageInWords({ ranking, score }: DiscriminativeView): Phrase {
  const both = ranking.filter((row) => row.gap !== null);
  const [first, ...rest] = both;
  if (!first) return ['For no attribute were both kinds of folds possible.'];
  const largest = rest.reduce((most, row) => (row.gap! > most.gap! ? row : most), first);
  const best = ranking[0]!;
  const mean = both.reduce((sum, row) => sum + row.gap!, 0) / both.length;
  return [
    'Read best, with nobody in training and test both: ',
    { name: best.attribute },
    ` (${scoreNames[score]} `,
    { number: formatScore(best.byIdentity) },
    '). Folds that share people say ',
    { number: formatScore(mean) },
    ' more on average, most for ',
    { name: largest.attribute },
    ' (',
    { number: formatScore(largest.gap) },
    ').',
  ];
}

/** What a screen reader says of a line. */
export function scoredRowInWords(row: ScoredRow): string {
  const side = (name: string, value: number | null) =>
    `${name} ${value === null ? 'not possible' : formatScore(value)}`;
  return `\u2068${row.attribute}\u2069: ${side('by identity', row.byIdentity)}; ${side('stratified', row.stratified)}; chance ${formatScore(row.chance)}`;
}

/** Why a kind of folds has no numbers; empty where both have. */
export function impossibleInWords(
  { stratified, byIdentity }: DiscriminativeRow,
  nFolds: number,
  noun: Noun,
): string {
  const reason = (what: string) =>
    `it takes at least ${formatCount(nFolds)} ${what} of each modality, so that every fold can have both.`;
  if (!stratified && !byIdentity) return `Neither kind of folds was possible: ${reason('images')}`;
  if (!byIdentity && noun === 'images') {
    return 'Folds by identity were not possible: nobody knows who is on the images.';
  }
  if (!byIdentity) return `Folds by identity were not possible: ${reason('people')}`;
  return stratified ? '' : `Folds of images were not possible: ${reason('images')}`;
}

/** What the chosen attribute's numbers say. */
export function selectedInWords({ byIdentity, gap, chance }: ScoredRow, score: Score): string {
  if (byIdentity === null) return '';
  const above = byIdentity - chance;
  const read =
    above > 0 ? `${formatScore(above)} above chance` : `no better than chance (${formatScore(chance)})`;
  if (gap === null) return `By identity its ${scoreNames[score]} is ${read}.`;
  const leak =
    gap > 0
      ? `folds that share people say ${formatScore(gap)} more, which is people recognised, not the attribute`
      : 'folds that share people say no more';
  return `By identity its ${scoreNames[score]} is ${read}; ${leak}.`;
}

/** Everything that is needed to fit the same again. */
export function fitInWords({ nFolds, c, maxImages, seed, inputs }: DiscriminativeResult): string {
  const rows = inputs === 'unitNorm' ? 'embeddings of unit length' : 'embeddings as they are';
  return (
    `Logistic regression with an L2 penalty, C = ${c}, on ${rows}; ${formatCount(nFolds)} folds, ` +
    `at most ${formatCount(maxImages)} images, seed ${seed}.`
  );
}
