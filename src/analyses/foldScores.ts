import { probabilityOfSmaller } from '../numerics/rankSum.ts';
import { mean } from '../numerics/sums.ts';
import type { SchemeScores } from './discriminativeOutcome.ts';

/**
 * Scores of a classifier on folds that it was not fitted to. Every fold needs images of both modalities.
 *
 * @param margins for each fold, a number for each row; above 0 it says positive.
 * @param folds the fold of each row, −1 where it has none.
 */
export function foldScores(
  margins: readonly Float64Array[],
  values: Int8Array,
  folds: Int8Array,
): SchemeScores {
  const scores = margins.map((own, fold) => scoresOf(own, values, folds, fold));
  const balanced = Float64Array.from(scores, ({ balancedAccuracy }) => balancedAccuracy);
  const balancedAccuracy = mean(balanced);
  return {
    accuracy: mean(Float64Array.from(scores, ({ accuracy }) => accuracy)),
    balancedAccuracy,
    auc: mean(Float64Array.from(scores, ({ auc }) => auc)),
    sd: Math.sqrt(mean(balanced.map((value) => (value - balancedAccuracy) ** 2))),
  };
}

function scoresOf(margins: Float64Array, values: Int8Array, folds: Int8Array, fold: number) {
  const positive: number[] = [];
  const negative: number[] = [];
  for (let row = 0; row < values.length; row++) {
    if (folds[row] === fold) (values[row] === 1 ? positive : negative).push(margins[row]!);
  }
  const hits = positive.filter((margin) => margin > 0).length;
  const rejections = negative.filter((margin) => !(margin > 0)).length;
  return {
    accuracy: (hits + rejections) / (positive.length + negative.length),
    balancedAccuracy: (hits / positive.length + rejections / negative.length) / 2,
    auc: probabilityOfSmaller(Float64Array.from(negative).sort(), Float64Array.from(positive).sort()),
  };
}
