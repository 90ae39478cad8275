import type { DiagnosticLog } from '../domain/diagnostic.ts';
import type { Metric } from '../domain/embeddingMatrix.ts';
import { crossValidatedAccuracy } from '../numerics/foldAccuracy.ts';
import { histogram } from '../numerics/histogram.ts';
import { densityOverlap, fullGrid } from '../numerics/kernelDensity.ts';
import {
  equalErrorRate,
  hasEnoughPairs,
  lowestBalancedError,
  type OperatingPoints,
  rocAuc,
  tarAtFar,
  thinnedPoints,
} from '../numerics/roc.ts';
import { mean } from '../numerics/sums.ts';
import { wilsonInterval } from '../numerics/wilson.ts';
import { acceptedShare, type JudgedPairs, limits } from './verificationModalities.ts';
import type {
  AcceptRate,
  ExamplePair,
  LfwAccuracy,
  RocPoint,
  VerificationOutcome,
} from './verificationOutcome.ts';

export interface MeasureOptions {
  readonly metric: Metric;
  readonly farTargets: readonly number[];
  readonly images: readonly string[];
}

export type PairMeasures = Pick<
  VerificationOutcome,
  | 'auc'
  | 'eer'
  | 'eerThreshold'
  | 'lowestBalancedError'
  | 'tar'
  | 'bayesError'
  | 'overlap'
  | 'bandwidth'
  | 'accuracy'
  | 'lfw'
  | 'histograms'
  | 'roc'
  | 'worstMatched'
  | 'worstUnmatched'
>;

/**
 * Everything that the distances of matched and unmatched pairs say, attributes apart.
 * @param points of their distances.
 * @param folds of each pair, matched ones first; accuracy needs two.
 */
export function measurePairs(
  points: OperatingPoints,
  matched: JudgedPairs,
  unmatched: JudgedPairs,
  folds: Uint8Array | null,
  { metric, farTargets, images }: MeasureOptions,
  diagnostics: DiagnosticLog,
): PairMeasures {
  const { thresholds } = points;
  if (thresholds.length === 2) diagnostics.add('distancesEqual');
  const tar = farTargets.map((far) => acceptRate(points, matched, far));
  for (const { far, enoughPairs } of tar) {
    if (!enoughPairs) diagnostics.add('pairsTooFew', `${far}: ${points.nUnmatched} unmatched pairs`);
  }
  const eer = equalErrorRate(points);
  const lfw = accuracyOfFolds(matched.distances, unmatched.distances, folds);
  const min = thresholds[1]!;
  const max = thresholds.at(-1)!;
  const bandwidth = densityBandwidth(metric, unmatched.distances, max - min);
  const overlap = densityOverlap(
    matched.distances,
    unmatched.distances,
    bandwidth,
    fullGrid(matched.distances, unmatched.distances, bandwidth),
  );
  const count = ({ distances }: JudgedPairs): number[] => [...histogram(distances, min, max, histogramBins)];
  return {
    auc: rocAuc(points),
    eer: eer.rate,
    eerThreshold: eer.threshold,
    lowestBalancedError: lowestBalancedError(points),
    tar,
    bayesError: overlap / 2,
    overlap,
    bandwidth,
    ...(lfw ? { accuracy: lfw.accuracy } : {}),
    lfw,
    histograms: { min, max, matched: count(matched), unmatched: count(unmatched) },
    roc: thinnedPoints(points, largestCurve).map((i) => rocPoint(points, i)),
    worstMatched: examples(matched, -1, images),
    worstUnmatched: examples(unmatched, 1, images),
  };
}

const histogramBins = 200;
const largestCurve = 400;
const nExamples = 12;

function acceptRate(points: OperatingPoints, matched: JudgedPairs, far: number): AcceptRate {
  const { tar, farReached, threshold } = tarAtFar(points, far);
  const share = acceptedShare(matched, threshold, null)!;
  const [lower, upper] = wilsonInterval(tar, points.nMatched);
  return {
    far,
    tar,
    threshold: finiteOrNull(threshold),
    farReached,
    ci: limits(share),
    ciIndependent: [lower, upper],
    nEffective: share.nEffective,
    enoughPairs: hasEnoughPairs(points.nUnmatched, far),
  };
}

/**
 * 0.05 as in the paper, whose distances of two people lie around 1; euclidean distances have the scale of the
 * model, so there it is that share of the mean. Not so small that the density's grid would miss whole kernels.
 */
function densityBandwidth(metric: Metric, unmatched: Float64Array, range: number): number {
  const scale = metric === 'cosine' ? 1 : mean(unmatched) || 1;
  return Math.max(0.05 * scale, range / 500);
}

function accuracyOfFolds(
  matched: Float64Array,
  unmatched: Float64Array,
  folds: Uint8Array | null,
): LfwAccuracy | null {
  if (folds === null || new Set(folds).size < 2) return null;
  const result = crossValidatedAccuracy(
    {
      distances: joined(matched, unmatched),
      same: Uint8Array.from(folds, (_, i) => Number(i < matched.length)),
      folds,
    },
    { kind: 'midpoints' },
  );
  return {
    nFolds: result.folds.length,
    accuracy: result.accuracy,
    standardError: result.standardError,
    folds: result.folds.map(({ fold, threshold, accuracy, nPairs }) => ({
      fold,
      threshold,
      accuracy,
      nPairs,
    })),
  };
}

function rocPoint(
  { thresholds, falseAccepts, trueAccepts, nMatched, nUnmatched }: OperatingPoints,
  i: number,
): RocPoint {
  return {
    far: falseAccepts[i]! / nUnmatched,
    tar: trueAccepts[i]! / nMatched,
    threshold: finiteOrNull(thresholds[i]!),
  };
}

/** The pairs with the smallest distance · `sign`, ties by their order; a pair that is listed twice only once. */
function examples(
  { left, right, distances }: JudgedPairs,
  sign: 1 | -1,
  images: readonly string[],
): ExamplePair[] {
  const order = Int32Array.from(distances, (_, i) => i).sort(
    (a, b) => sign * (distances[a]! - distances[b]!) || a - b,
  );
  const seen = new Set<string>();
  const found: ExamplePair[] = [];
  for (const i of order) {
    const key = [left[i]!, right[i]!].sort((a, b) => a - b).join();
    if (seen.has(key)) continue;
    seen.add(key);
    found.push({ left: images[left[i]!]!, right: images[right[i]!]!, distance: distances[i]! });
    if (found.length === nExamples) break;
  }
  return found;
}

function finiteOrNull(x: number): number | null {
  return Number.isFinite(x) ? x : null;
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
