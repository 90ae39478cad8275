import { histogram } from '../numerics/histogram.ts';
import { ksPValue } from '../numerics/kolmogorov.ts';
import { compareKsSamples, type KsSample, ksSample } from '../numerics/ks.ts';
import { probabilityOfSmaller } from '../numerics/rankSum.ts';
import { compensatedSum, mean } from '../numerics/sums.ts';
import type { TwoSidedDistances } from './binnedDistances.ts';
import type { Distribution } from './macroscaleOutcome.ts';

/** Within distances of one modality against cross distances, from all values. */
export type ExactComparison = ReturnType<typeof compareModality>;

/** Both modalities of an attribute, exactly. */
export interface ExactComparisons {
  readonly positive: ExactComparison;
  readonly negative: ExactComparison;
  /** 2·mean cross − mean within⁺ − mean within⁻ (Székely and Rizzo). */
  readonly energyDistance: number;
  /** Whether every distance is the same. */
  readonly allEqual: boolean;
}

export function compareModalities(distances: TwoSidedDistances): ExactComparisons {
  const cross = sampleOf(distances.cross, 'cross');
  const within = {
    positive: sampleOf(distances.withinPositive, 'within-positive'),
    negative: sampleOf(distances.withinNegative, 'within-negative'),
  };
  const positive = compareModality(within.positive, cross);
  const negative = compareModality(within.negative, cross);
  return {
    positive,
    negative,
    energyDistance: 2 * cross.mean - within.positive.mean - within.negative.mean,
    allEqual: [within.positive, within.negative].every(
      ({ ks: { min, max } }) => min === cross.ks.max && max === cross.ks.min,
    ),
  };
}

const distributionBins = 200;

/** What the report keeps of the distances. */
export function distributionOf(attribute: string, distances: TwoSidedDistances): Distribution {
  const samples = [distances.withinPositive, distances.withinNegative, distances.cross].map((values) =>
    ksSample(values, attribute),
  );
  const min = Math.min(...samples.map((sample) => sample.min));
  const max = Math.max(...samples.map((sample) => sample.max));
  const count = (values: Float64Array): number[] => [...histogram(values, min, max, distributionBins)];
  return {
    attribute,
    min,
    max,
    withinPositive: count(distances.withinPositive),
    withinNegative: count(distances.withinNegative),
    cross: count(distances.cross),
  };
}

interface Sample {
  readonly ks: KsSample;
  readonly sorted: Float64Array;
  readonly mean: number;
}

function sampleOf(values: Float64Array, name: string): Sample {
  return { ks: ksSample(values, name), sorted: values.toSorted(), mean: mean(values) };
}

function compareModality(within: Sample, cross: Sample) {
  const result = compareKsSamples(within.ks, cross.ks);
  const { p, log10P, method } = ksPValue(result);
  const deviation = standardDeviation(cross);
  return {
    nWithin: result.nFirst,
    nCross: result.nSecond,
    ks: result.statistic,
    ksUpper: null,
    location: result.location,
    cdfWithin: result.cdfFirst,
    cdfCross: result.cdfSecond,
    sign: result.sign,
    meanWithin: within.mean,
    meanCross: cross.mean,
    pNaive: p,
    log10PNaive: log10P,
    pMethod: method,
    auc: probabilityOfSmaller(within.sorted, cross.sorted),
    meanDifference: deviation > 0 ? (cross.mean - within.mean) / deviation : null,
  };
}

/** Divided by n, as NumPy does; exactly 0 where all values are equal. */
function standardDeviation({ ks, mean: centre }: Sample): number {
  if (ks.min === ks.max) return 0;
  return Math.sqrt(compensatedSum(ks.values.map((value) => (value - centre) ** 2)) / ks.values.length);
}
