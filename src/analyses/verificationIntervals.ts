import { relativeDensityAt } from '../numerics/kernelDensity.ts';
import { dyadicVariance, type Influences } from '../numerics/pairClusters.ts';
import { type OperatingPoints, placements } from '../numerics/roc.ts';
import { mean } from '../numerics/sums.ts';
import { normalQuantile, wilsonInterval } from '../numerics/wilson.ts';
import type { Interval } from './intervals.ts';
import type { MeanDistances } from './verificationMeans.ts';
import type { PairMeasures } from './verificationMeasures.ts';
import type { JudgedPairs } from './verificationModalities.ts';

/** 95 %; `null` where nothing varies, so that nothing tells how others would. */
export interface VerificationIntervals {
  readonly aucCi: Interval | null;
  readonly eerCi: Interval | null;
  readonly meanWithinCi: Interval | null;
  readonly meanBetweenCi: Interval | null;
  readonly ratioCi: Interval | null;
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
  { auc, eer, eerThreshold, bandwidth }: Pick<PairMeasures, 'auc' | 'eer' | 'eerThreshold' | 'bandwidth'>,
  { meanWithin, meanBetween }: MeanDistances,
): VerificationIntervals {
  const placement = placements(points);
  const aucVariance = dyadicVariance([
    influence(matched, (distance) => placement.amongUnmatched(distance) - auc),
    influence(unmatched, (distance) => placement.amongMatched(distance) - auc),
  ]);
  const ofMatched = relativeDensityAt(matched.distances, eerThreshold, bandwidth);
  const ofUnmatched = relativeDensityAt(unmatched.distances, eerThreshold, bandwidth);
  const both = ofMatched + ofUnmatched;
  const eerVariance =
    both === 0
      ? 0
      : dyadicVariance([
          influence(matched, (distance) => (ofUnmatched / both) * (Number(distance > eerThreshold) - eer)),
          influence(unmatched, (distance) => (ofMatched / both) * (Number(distance <= eerThreshold) - eer)),
        ]);
  // About the means of the pairs at hand, which those of all pairs need not equal.
  const [within, between] = [mean(matched.distances), mean(unmatched.distances)];
  const ratio = meanWithin / meanBetween;
  const ofWithin = influence(matched, (distance) => distance - within);
  const ofBetween = influence(unmatched, (distance) => distance - between);
  return {
    aucCi: likeAShare(auc, aucVariance),
    eerCi: likeAShare(eer, eerVariance),
    meanWithinCi: around(meanWithin, dyadicVariance([ofWithin])),
    meanBetweenCi: around(meanBetween, dyadicVariance([ofBetween])),
    ratioCi:
      meanBetween > 0
        ? around(
            ratio,
            dyadicVariance([scaled(ofWithin, 1 / meanBetween), scaled(ofBetween, -ratio / meanBetween)]),
          )
        : null,
  };
}

function scaled({ influence, clusters }: Influences, factor: number): Influences {
  return { influence: influence.map((one) => factor * one), clusters };
}

function influence({ distances, clusters }: JudgedPairs, of: (distance: number) => number): Influences {
  return { influence: distances.map((distance) => of(distance) / distances.length), clusters };
}

function likeAShare(share: number, variance: number): Interval | null {
  const spread = share * (1 - share);
  if (!(variance > 0) || !(spread > 0)) return null;
  const [lower, upper] = wilsonInterval(share, spread / variance);
  return [lower, upper];
}

function around(value: number, variance: number): Interval | null {
  if (!(variance > 0)) return null;
  const half = normalQuantile * Math.sqrt(variance);
  return [value - half, value + half];
}
