import { histogram } from '../numerics/histogram.ts';
import { ksPValue } from '../numerics/kolmogorov.ts';
import { compareKsSamples, type KsSample, ksSample } from '../numerics/ks.ts';
import {
  countRanks,
  probabilityOfSmaller,
  probabilityOfSmallerRanks,
  type RankGrid,
} from '../numerics/rankSum.ts';
import { mean } from '../numerics/sums.ts';
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
  const all = {
    cross: ksSample(distances.cross, 'cross'),
    positive: ksSample(distances.withinPositive, 'within-positive'),
    negative: ksSample(distances.withinNegative, 'within-negative'),
  };
  const grid = {
    min: Math.min(all.cross.min, all.positive.min, all.negative.min),
    max: Math.max(all.cross.max, all.positive.max, all.negative.max),
  };
  const cross = sampleOf(all.cross, grid);
  const within = { positive: sampleOf(all.positive, grid), negative: sampleOf(all.negative, grid) };
  const deviation = standardDeviation(cross);
  const positive = compareModality(within.positive, cross, deviation, grid);
  const negative = compareModality(within.negative, cross, deviation, grid);
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
  readonly mean: number;
  /** Of few values their order, of many their counts on a fine grid: sorting takes longer than all the rest. */
  readonly ranks: { readonly sorted: Float64Array } | { readonly counts: Int32Array };
}

const fewValues = 20_000;

function sampleOf(ks: KsSample, grid: RankGrid): Sample {
  const { values } = ks;
  const ranks =
    values.length <= fewValues ? { sorted: values.toSorted() } : { counts: countRanks(values, grid) };
  return { ks, mean: mean(values), ranks };
}

/** P(within < cross), ties half. */
function aucOf(within: Sample, cross: Sample, grid: RankGrid): number {
  if ('sorted' in within.ranks && 'sorted' in cross.ranks) {
    return probabilityOfSmaller(within.ranks.sorted, cross.ranks.sorted);
  }
  const countsOf = ({ ks, ranks }: Sample): Int32Array =>
    'counts' in ranks ? ranks.counts : countRanks(ks.values, grid);
  return probabilityOfSmallerRanks(countsOf(within), countsOf(cross));
}

function compareModality(within: Sample, cross: Sample, deviation: number, grid: RankGrid) {
  const result = compareKsSamples(within.ks, cross.ks);
  const { p, log10P, method } = ksPValue(result);
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
    auc: aucOf(within, cross, grid),
    meanDifference: deviation > 0 ? (cross.mean - within.mean) / deviation : null,
  };
}

/** Divided by n, as NumPy does; exactly 0 where all values are equal. */
function standardDeviation({ ks, mean: centre }: Sample): number {
  if (ks.min === ks.max) return 0;
  const { values } = ks;
  // Squares are of one sign: a plain sum of them loses nothing that matters.
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const off = values[i]! - centre;
    squares += off * off;
  }
  return Math.sqrt(squares / values.length);
}
