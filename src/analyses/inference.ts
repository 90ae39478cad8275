import { type BinnedPairs, PairCounter, type PairCounts } from '../numerics/pairCounter.ts';
import { quantile } from '../numerics/quantiles.ts';
import { SeededRandom } from '../numerics/random.ts';
import { bootstrapDesign, drawMultiplicities, nPeoplePerSide } from './bootstrap.ts';
import { deviationInterval, type Interval, percentileInterval } from './intervals.ts';
import { gapsAtEdges, ksDeviation, perturbation, signedMaximum } from './ksDeviation.ts';
import { countedMean, countedStatistics, type DistanceBins } from './pairStatistics.ts';
import { type LabelledPoints, permutationDesign, permuteLabels } from './permutation.ts';

/** Everything that inference on one labelling needs; it can cross to another thread. */
export interface InferenceTask extends LabelledPoints {
  readonly pairs: BinnedPairs;
  readonly bins: DistanceBins;
  readonly permutations: number;
  readonly bootstraps: number;
  readonly seed: number;
  /** Draws depend on the seed and this alone, so that models and runs with the same points compare. */
  readonly label: string;
}

/** `null`: without permutations, or without bootstraps. */
export interface ModalityInference {
  readonly pPermutation: number | null;
  readonly null95: number | null;
  readonly nEffective: number | null;
  readonly ci: Interval | null;
  readonly aucCi: Interval | null;
  readonly meanDifferenceCi: Interval | null;
}

export interface InferenceResult {
  readonly positive: ModalityInference;
  readonly negative: ModalityInference;
  readonly pEnergy: number | null;
  readonly energyDistanceCi: Interval | null;
  /** How far signed KS is off in each bootstrap replicate (`ksDeviation`), for comparing models. */
  readonly deviations: { readonly positive: Float64Array; readonly negative: Float64Array };
}

/** Runs a task, here or on another thread. */
export type InferenceRunner = (task: InferenceTask) => Promise<InferenceResult>;

export const inferHere: InferenceRunner = (task) => Promise.resolve(infer(task));

/**
 * Permutation p-values and bootstrap intervals of one labelling, on its binned distances.
 *
 * p = (b + 1)/(m + 1), b of m permutations with a KS distance, or energy distance, at least as large as the
 * observed one; both are of the binned distances, so that binning costs power but never the level.
 * Intervals are of replicates in which identities are drawn with replacement: percentiles for what is smooth, and for
 * signed KS, a maximum, of its deviations. An identity that is drawn twice makes no pair with itself: it has no
 * distance to itself in the pairs.
 */
export function infer(task: InferenceTask): InferenceResult {
  const counter = new PairCounter(task.pairs);
  const permuted = permutationNull(task, counter);
  const drawn = bootstrapReplicates(task, counter);
  const modality = (name: 'positive' | 'negative'): ModalityInference => ({
    pPermutation: permuted?.[name].p ?? null,
    null95: permuted?.[name].null95 ?? null,
    nEffective: permuted && permuted[name].null95 > 0 ? (kolmogorov95 / permuted[name].null95) ** 2 : null,
    ci: drawn && deviationInterval(drawn[name].observedKs, drawn[name].ksDeviations),
    aucCi: drawn && percentileInterval(drawn[name].auc),
    meanDifferenceCi: drawn && percentileInterval(drawn[name].meanDifference),
  });
  return {
    positive: modality('positive'),
    negative: modality('negative'),
    pEnergy: permuted?.pEnergy ?? null,
    energyDistanceCi: drawn && percentileInterval(drawn.energy),
    deviations: {
      positive: drawn?.positive.ksDeviations ?? new Float64Array(0),
      negative: drawn?.negative.ksDeviations ?? new Float64Array(0),
    },
  };
}

/** 95 % quantile of Kolmogorov's distribution: of √N·D for large N. */
const kolmogorov95 = 1.3580986393225505;

/** Replicates counted at a time: 1.5 MB of counts for 2,048 bins. */
const groupSize = 64;

function permutationNull(task: InferenceTask, counter: PairCounter) {
  if (task.permutations === 0) return null;
  const random = new SeededRandom(task.seed).fork('permutation').fork(task.label);
  const design = permutationDesign(task);
  const ks = { positive: new Float64Array(task.permutations), negative: new Float64Array(task.permutations) };
  const energy = new Float64Array(task.permutations);
  forEachReplicate(
    task,
    counter,
    task.permutations,
    () => weightsOf(permuteLabels(design, random)),
    (r, counts) => {
      ks.positive[r] = Math.abs(countedStatistics(counts.withinPositive, counts.cross).signedKs);
      ks.negative[r] = Math.abs(countedStatistics(counts.withinNegative, counts.cross).signedKs);
      energy[r] = energyDistance(counts, task.bins);
    },
  );
  const counts = observedCounts(task, counter);
  const observed = {
    positive: Math.abs(countedStatistics(counts.withinPositive, counts.cross).signedKs),
    negative: Math.abs(countedStatistics(counts.withinNegative, counts.cross).signedKs),
    energy: energyDistance(counts, task.bins),
  };
  return {
    positive: { p: permutationP(observed.positive, ks.positive), null95: quantile(ks.positive, 0.95) },
    negative: { p: permutationP(observed.negative, ks.negative), null95: quantile(ks.negative, 0.95) },
    pEnergy: permutationP(observed.energy, energy),
  };
}

/** Equal but for rounding counts as equal. */
function permutationP(observed: number, permuted: Float64Array): number {
  const atLeast = observed - 1e-12 * Math.max(1, Math.abs(observed));
  let b = 0;
  for (const value of permuted) if (value >= atLeast) b++;
  return (b + 1) / (permuted.length + 1);
}

function bootstrapReplicates(task: InferenceTask, counter: PairCounter) {
  const n = task.bootstraps;
  if (n === 0) return null;
  const random = new SeededRandom(task.seed).fork('bootstrap').fork(task.label);
  const design = bootstrapDesign(task);
  const observed = observedCounts(task, counter);
  const factor = perturbation(nPeoplePerSide(design));
  const startFrom = (within: Uint32Array) => {
    const observedGaps = gapsAtEdges(within, observed.cross);
    return {
      observedGaps,
      observedKs: signedMaximum(observedGaps),
      ksDeviations: new Float64Array(n),
      auc: new Float64Array(n),
      meanDifference: new Float64Array(n),
    };
  };
  const drawn = {
    positive: startFrom(observed.withinPositive),
    negative: startFrom(observed.withinNegative),
    energy: new Float64Array(n),
  };
  const draw = () => weightsOf(task.labels, drawMultiplicities(design, random));
  forEachReplicate(task, counter, n, draw, (r, counts) => {
    for (const [name, within] of [
      ['positive', counts.withinPositive],
      ['negative', counts.withinNegative],
    ] as const) {
      const { auc, meanDifference } = countedStatistics(within, counts.cross);
      const gaps = gapsAtEdges(within, counts.cross);
      drawn[name].ksDeviations[r] = ksDeviation(gaps, drawn[name].observedGaps, factor);
      drawn[name].auc[r] = auc;
      drawn[name].meanDifference[r] = meanDifference;
    }
    drawn.energy[r] = energyDistance(counts, task.bins);
  });
  return drawn;
}

function observedCounts(task: InferenceTask, counter: PairCounter): PairCounts {
  let observed: PairCounts | undefined;
  forEachReplicate(
    task,
    counter,
    1,
    () => weightsOf(task.labels),
    (_, counts) => (observed = counts),
  );
  return observed!;
}

/** Székely and Rizzo: 2·E d(X, Y) − E d(X, X′) − E d(Y, Y′). */
function energyDistance(counts: PairCounts, bins: DistanceBins): number {
  return (
    2 * countedMean(counts.cross, bins) -
    countedMean(counts.withinPositive, bins) -
    countedMean(counts.withinNegative, bins)
  );
}

interface PointWeights {
  readonly positive: Uint8Array;
  readonly negative: Uint8Array;
}

function weightsOf(labels: Int8Array, multiplicities?: Uint8Array): PointWeights {
  const positive = new Uint8Array(labels.length);
  const negative = new Uint8Array(labels.length);
  labels.forEach((label, point) => {
    const weight = multiplicities ? multiplicities[point]! : 1;
    if (label > 0) positive[point] = weight;
    else if (label < 0) negative[point] = weight;
  });
  return { positive, negative };
}

/** Draws weightings and hands out the counts of each, in order; views that the next group overwrites. */
function forEachReplicate(
  { pairs: { nPoints, nBins } }: InferenceTask,
  counter: PairCounter,
  n: number,
  draw: () => PointWeights,
  take: (replicate: number, counts: PairCounts) => void,
): void {
  for (let first = 0; first < n; first += groupSize) {
    const nReplicates = Math.min(groupSize, n - first);
    const positive = new Uint8Array(nPoints * nReplicates);
    const negative = new Uint8Array(nPoints * nReplicates);
    for (let r = 0; r < nReplicates; r++) {
      const weights = draw();
      for (let point = 0; point < nPoints; point++) {
        positive[point * nReplicates + r] = weights.positive[point]!;
        negative[point * nReplicates + r] = weights.negative[point]!;
      }
    }
    const counts = counter.count({ nReplicates, positive, negative });
    for (let r = 0; r < nReplicates; r++) {
      const row = (all: Uint32Array) => all.subarray(r * nBins, (r + 1) * nBins);
      take(first + r, {
        withinPositive: row(counts.withinPositive),
        withinNegative: row(counts.withinNegative),
        cross: row(counts.cross),
      });
    }
  }
}
