import type { TwoSidedDistances } from './binnedDistances.ts';
import type { MacroscaleInput, MacroscaleOptions } from './macroscaleOutcome.ts';
import { type DistanceContext, distancesAcross, distancesWithin, gatherPoints } from './pairDistances.ts';
import type { Selection } from './selection.ts';

/** Distances of one sample after another, in memory that only grows. */
export class DistanceBuffers {
  positive = new Float64Array(0);
  negative = new Float64Array(0);
  cross = new Float64Array(0);

  reserve(n: number): void {
    if (this.cross.length >= n * n) return;
    this.positive = new Float64Array((n * (n - 1)) / 2);
    this.negative = new Float64Array((n * (n - 1)) / 2);
    this.cross = new Float64Array(n * n);
  }
}

/** All distances of a sample; they lie in the buffers, and the next sample overwrites them. */
export async function selectionDistances(
  { embeddings, identities }: Pick<MacroscaleInput, 'embeddings' | 'identities'>,
  selection: Selection,
  { metric, sameIdentity }: Pick<MacroscaleOptions, 'metric' | 'sameIdentity'>,
  buffers: DistanceBuffers,
  context: DistanceContext,
): Promise<TwoSidedDistances> {
  const positive = gatherPoints(embeddings, identities, selection.positive, metric);
  const negative = gatherPoints(embeddings, identities, selection.negative, metric);
  buffers.reserve(Math.max(positive.n, negative.n));
  const nPositive = await distancesWithin(positive, buffers.positive, context);
  const nNegative = await distancesWithin(negative, buffers.negative, context);
  const nCross = await distancesAcross(positive, negative, sameIdentity, buffers.cross, context);
  return {
    nPositive: positive.n,
    nNegative: negative.n,
    identities: Int32Array.from([...positive.identities, ...negative.identities]),
    withinPositive: buffers.positive.subarray(0, nPositive),
    withinNegative: buffers.negative.subarray(0, nNegative),
    cross: buffers.cross.subarray(0, nCross),
    sameIdentity,
  };
}
