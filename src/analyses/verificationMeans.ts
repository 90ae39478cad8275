import type { EmbeddingMatrix, Metric } from '../domain/embeddingMatrix.ts';
import { compensatedSum, mean } from '../numerics/sums.ts';
import type { PairList } from './listedDistances.ts';
import {
  type DistanceContext,
  distancesAcross,
  distancesWithin,
  gatherPoints,
  slicePoints,
} from './pairDistances.ts';

export interface MeanDistances {
  readonly meanWithin: number;
  /** Mean over identities with two images or more of the mean over their own pairs. */
  readonly meanWithinOverIdentities: number;
  readonly meanBetween: number;
}

/** Of the pairs whose distances are given; a matched pair belongs to the identity of its left image. */
export function meansOfPairs(
  matchedDistances: Float64Array,
  unmatchedDistances: Float64Array,
  matched: PairList,
  identities: Int32Array,
): MeanDistances {
  const own = new OwnMeans();
  for (let i = 0; i < matchedDistances.length; i++)
    own.add(identities[matched.left[i]!]!, matchedDistances[i]!);
  return {
    meanWithin: mean(matchedDistances),
    meanWithinOverIdentities: own.mean(),
    meanBetween: mean(unmatchedDistances),
  };
}

/** Whether all pairs of `n` rows take seconds, not minutes. */
export function canUseAllPairs(n: number, dim: number): boolean {
  // A product costs `dim` multiplications, and turning it into a distance about as much as 50 more.
  return ((n * n) / 2) * (dim + 50) <= 1e11;
}

/** Of all pairs of the given rows; there must be a pair of either kind. */
export async function meansOfAllPairs(
  embeddings: EmbeddingMatrix,
  identities: Int32Array,
  rows: Int32Array,
  metric: Metric,
  context: DistanceContext,
  pause: () => Promise<void>,
): Promise<MeanDistances> {
  const points = gatherPoints(embeddings, identities, rows, metric);
  const out = new Float64Array(blockRows * Math.max(points.n, blockRows));
  const own = new OwnMeans();
  const betweenSums = new Float64Array(points.n);
  const withinSums = new Float64Array(points.n);
  let nWithin = 0;
  const add = (i: number, j: number, distance: number): void => {
    if (points.identities[i] === points.identities[j]) {
      own.add(points.identities[i]!, distance);
      withinSums[i]! += distance;
      nWithin++;
    } else betweenSums[i]! += distance;
  };
  for (let start = 0; start < points.n; start += blockRows) {
    await pause();
    const end = Math.min(start + blockRows, points.n);
    const block = slicePoints(points, start, end);
    await distancesWithin(block, out, context);
    for (let i = start, k = 0; i < end; i++) for (let j = i + 1; j < end; j++) add(i, j, out[k++]!);
    if (end === points.n) break;
    await distancesAcross(block, slicePoints(points, end, points.n), 'include', out, context);
    for (let i = start, k = 0; i < end; i++) for (let j = end; j < points.n; j++) add(i, j, out[k++]!);
  }
  const nBetween = (points.n * (points.n - 1)) / 2 - nWithin;
  return {
    meanWithin: compensatedSum(withinSums) / nWithin,
    meanWithinOverIdentities: own.mean(),
    meanBetween: compensatedSum(betweenSums) / nBetween,
  };
}

const blockRows = 128;

/** The mean of each identity's own pairs. */
class OwnMeans {
  readonly #sums = new Map<number, { total: number; n: number }>();

  add(identity: number, distance: number): void {
    const entry = this.#sums.get(identity);
    if (entry) {
      entry.total += distance;
      entry.n++;
    } else this.#sums.set(identity, { total: distance, n: 1 });
  }

  mean(): number {
    return mean(Float64Array.from(this.#sums.values(), ({ total, n }) => total / n));
  }
}
