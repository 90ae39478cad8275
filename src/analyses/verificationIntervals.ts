import { dyadicVariance } from '../numerics/pairClusters.ts';
import type { OperatingPoints } from '../numerics/roc.ts';
import { mean } from '../numerics/sums.ts';
import { normalQuantile, wilsonInterval } from '../numerics/wilson.ts';
import type { JudgedPairs } from './verificationModalities.ts';
import type { MeanDistances } from './verificationMeans.ts';

/** 95 %; `null` where nothing varies, so that nothing tells how others would. */
export interface VerificationIntervals {
  readonly aucCi: [number, number] | null;
  readonly eerCi: [number, number] | null;
  readonly meanWithinCi: [number, number] | null;
  readonly meanBetweenCi: [number, number] | null;
  readonly ratioCi: [number, number] | null;
}

export interface Measured {
  readonly auc: number;
  readonly eer: number;
  readonly eerThreshold: number;
  /** Of the Gaussian kernels of both densities. */
  readonly bandwidth: number;
}

/**
 * How sure the figures of all pairs are, people being drawn and pairs sharing them: of each figure the influence of
 * every pair on it, to first order, and of these the variance of `dyadicVariance`, matched and unmatched together.
 *
 * - AUC: a pair's influence is its placement among those of the other kind (DeLong, DeLong and Clarke-Pearson 1988;
 *   Obuchowski 1997 for clusters).
 * - EER: where FAR and FRR cross, each error counts by the density of the other kind's distances, because the
 *   threshold follows.
 * - Limits of both are Wilson's at the number of trials that would have the variance, as those of rates are; of means
 *   and their ratio ± 1.96 standard errors.
 *
 * Where means are over all pairs and these are a sample of them, the sample's own scatter widens the interval.
 */
export function verificationIntervals(
  matched: JudgedPairs,
  unmatched: JudgedPairs,
  points: OperatingPoints,
  { auc, eer, eerThreshold, bandwidth }: Measured,
  { meanWithin, meanBetween }: MeanDistances,
): VerificationIntervals {
  const variance = (ofMatched: (distance: number) => number, ofUnmatched: (distance: number) => number) =>
    dyadicVariance([influence(matched, ofMatched), influence(unmatched, ofUnmatched)]);
  const none = (): number => 0;

  const placement = placements(points);
  const aucVariance = variance(
    (distance) => placement.amongUnmatched(distance) - auc,
    (distance) => placement.amongMatched(distance) - auc,
  );
  const [ofMatched, ofUnmatched] = [matched, unmatched].map((pairs) =>
    densityAt(pairs.distances, eerThreshold, bandwidth),
  ) as [number, number];
  const both = ofMatched + ofUnmatched;
  const eerVariance =
    both === 0
      ? 0
      : variance(
          (distance) => (ofUnmatched / both) * (Number(distance > eerThreshold) - eer),
          (distance) => (ofMatched / both) * (Number(distance <= eerThreshold) - eer),
        );
  const ratio = meanWithin / meanBetween;
  // About the means of the pairs at hand, which those of all pairs need not equal.
  const [within, between] = [mean(matched.distances), mean(unmatched.distances)];
  return {
    aucCi: likeAShare(auc, aucVariance),
    eerCi: likeAShare(eer, eerVariance),
    meanWithinCi: around(
      meanWithin,
      variance((distance) => distance - within, none),
    ),
    meanBetweenCi: around(
      meanBetween,
      variance(none, (distance) => distance - between),
    ),
    ratioCi:
      meanBetween > 0
        ? around(
            ratio,
            variance(
              (distance) => (distance - within) / meanBetween,
              (distance) => (-ratio * (distance - between)) / meanBetween,
            ),
          )
        : null,
  };
}

function influence({ distances, clusters }: JudgedPairs, of: (distance: number) => number) {
  return { influence: distances.map((distance) => of(distance) / distances.length), clusters };
}

/** For a distance: the share of unmatched pairs that are farther, of matched ones that are closer; ties half. */
function placements({ thresholds, falseAccepts, trueAccepts, nMatched, nUnmatched }: OperatingPoints) {
  const upTo = (accepts: Float64Array, distance: number): number => {
    const point = pointOf(thresholds, distance);
    return (accepts[point]! + accepts[point - 1]!) / 2;
  };
  return {
    amongUnmatched: (distance: number): number => 1 - upTo(falseAccepts, distance) / nUnmatched,
    amongMatched: (distance: number): number => upTo(trueAccepts, distance) / nMatched,
  };
}

/** The point of a distance that is among the thresholds. */
function pointOf(thresholds: Float64Array, distance: number): number {
  let [low, high] = [1, thresholds.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (thresholds[middle]! >= distance) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Up to a factor that is the same for all. */
function densityAt(distances: Float64Array, at: number, bandwidth: number): number {
  let sum = 0;
  for (const distance of distances) sum += Math.exp(-0.5 * ((distance - at) / bandwidth) ** 2);
  return sum / distances.length;
}

function likeAShare(share: number, variance: number): [number, number] | null {
  const spread = share * (1 - share);
  if (!(variance > 0) || !(spread > 0)) return null;
  const [lower, upper] = wilsonInterval(share, spread / variance);
  return [lower, upper];
}

function around(value: number, variance: number): [number, number] | null {
  if (!(variance > 0)) return null;
  const half = normalQuantile * Math.sqrt(variance);
  return [value - half, value + half];
}
