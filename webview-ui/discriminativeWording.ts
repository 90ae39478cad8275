import type { DiscriminativeResult, DiscriminativeRow } from '../src/protocol/report.ts';
import type { Score } from '../src/protocol/webviewMessages.ts';
import type { DiscriminativeView, ScoredRow } from './discriminativeState.ts';
import { formatCount, formatFixed } from './format.ts';
import { phrase, t } from './l10n.ts';
import type { Noun } from './macroscaleState.ts';
import { isolated } from './phrases.ts';
import type { Phrase } from './wording.ts';

export function scoreNames(): Readonly<Record<Score, string>> {
  return { balancedAccuracy: t('balanced accuracy'), accuracy: t('accuracy'), auc: t('AUC') };
}

/** Folds differ by about a hundredth. */
export const scoreDecimals = 3;

export function formatScore(score: number | null): string {
  return formatFixed(score, scoreDecimals);
}

/** One sentence of what the chart shows; also its `aria-label`. */
export function scoresInWords({ score, result }: DiscriminativeView): string {
  return t(
    'One line for each attribute: how well a linear classifier reads it off embeddings it was not fitted to, {0} over {1} folds. Filled dot: nobody is in training and test both; hollow dot: folds of images as in the paper, the same people in both. The bar between the two is identity leakage.',
    scoreNames()[score],
    formatCount(result.nFolds),
  );
}

export function scoresCaveat(): string {
  return t(
    'It shows what can be read off, not what the model compares faces by: an attribute may be readable and yet shape no distances.',
  );
}

/** What a tick or the dashed line means. */
export function chanceInWords(score: Score): string {
  return score === 'accuracy'
    ? t('accuracy of who always guesses the more frequent modality')
    : t('who does not look at the embedding: 0.5');
}

/** What the largest leakage is, over all attributes. */
export function leakageInWords({ ranking, score }: DiscriminativeView): Phrase {
  const both = ranking.filter((row) => row.gap !== null);
  const [first, ...rest] = both;
  if (!first) return [t('For no attribute were both kinds of folds possible.')];
  const largest = rest.reduce((most, row) => (row.gap! > most.gap! ? row : most), first);
  const best = ranking[0]!;
  const mean = both.reduce((sum, row) => sum + row.gap!, 0) / both.length;
  return phrase(
    'Read best, with nobody in training and test both: {0} ({1} {2}). Folds that share people say {3} more on average, most for {4} ({5}).',
    { name: best.attribute },
    scoreNames()[score],
    { number: formatScore(best.byIdentity) },
    { number: formatScore(mean) },
    { name: largest.attribute },
    { number: formatScore(largest.gap) },
  );
}

/** What a screen reader says of a line. */
export function scoredRowInWords(row: ScoredRow): string {
  const score = (value: number | null) => (value === null ? t('not possible') : formatScore(value));
  return t(
    '{0}: by identity {1}; stratified {2}; chance {3}',
    isolated(row.attribute),
    score(row.byIdentity),
    score(row.stratified),
    formatScore(row.chance),
  );
}

/** Why a kind of folds has no numbers; empty where both have. */
export function impossibleInWords(
  { stratified, byIdentity }: DiscriminativeRow,
  nFolds: number,
  noun: Noun,
): string {
  const n = formatCount(nFolds);
  if (!stratified && !byIdentity) {
    return t(
      'Neither kind of folds was possible: it takes at least {0} images of each modality, so that every fold can have both.',
      n,
    );
  }
  if (!byIdentity && noun === 'images') {
    return t('Folds by identity were not possible: nobody knows who is on the images.');
  }
  if (!byIdentity) {
    return t(
      'Folds by identity were not possible: it takes at least {0} people of each modality, so that every fold can have both.',
      n,
    );
  }
  if (stratified) return '';
  return t(
    'Folds of images were not possible: it takes at least {0} images of each modality, so that every fold can have both.',
    n,
  );
}

/** What the chosen attribute's numbers say. */
export function selectedInWords({ byIdentity, gap, chance }: ScoredRow, score: Score): string {
  if (byIdentity === null) return '';
  const name = scoreNames()[score];
  const above = byIdentity - chance;
  if (above > 0) {
    const more = formatScore(above);
    if (gap === null) return t('By identity its {0} is {1} above chance.', name, more);
    return gap > 0
      ? t(
          'By identity its {0} is {1} above chance; folds that share people say {2} more, which is people recognised, not the attribute.',
          name,
          more,
          formatScore(gap),
        )
      : t('By identity its {0} is {1} above chance; folds that share people say no more.', name, more);
  }
  const level = formatScore(chance);
  if (gap === null) return t('By identity its {0} is no better than chance ({1}).', name, level);
  return gap > 0
    ? t(
        'By identity its {0} is no better than chance ({1}); folds that share people say {2} more, which is people recognised, not the attribute.',
        name,
        level,
        formatScore(gap),
      )
    : t(
        'By identity its {0} is no better than chance ({1}); folds that share people say no more.',
        name,
        level,
      );
}

/** Everything that is needed to fit the same again. */
export function fitInWords({ nFolds, c, maxImages, seed, inputs }: DiscriminativeResult): string {
  const settings = [c, formatCount(nFolds), formatCount(maxImages), seed] as const;
  return inputs === 'unitNorm'
    ? t(
        'Logistic regression with an L2 penalty, C = {0}, on embeddings of unit length; {1} folds, at most {2} images, seed {3}.',
        ...settings,
      )
    : t(
        'Logistic regression with an L2 penalty, C = {0}, on embeddings as they are; {1} folds, at most {2} images, seed {3}.',
        ...settings,
      );
}
