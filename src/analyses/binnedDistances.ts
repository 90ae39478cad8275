import type { BinnedPairs } from '../numerics/pairCounter.ts';
import type { DistanceBins } from './pairStatistics.ts';

/** All distances between positive and negative points: positives numbered first, negatives after them. */
export interface TwoSidedDistances {
  readonly nPositive: number;
  readonly nNegative: number;
  /** Identity of each point, positives first. */
  readonly identities: Int32Array;
  /** Pairs i < j, row by row. */
  readonly withinPositive: Float64Array;
  readonly withinNegative: Float64Array;
  /** Row by row; without pairs of one identity where `exclude` says so. */
  readonly cross: Float64Array;
  readonly sameIdentity: 'exclude' | 'include';
}

/** Enough that a bin holds less than a thousandth of the distances, few enough to be counted thousands of times. */
export const nInferenceBins = 2048;

/**
 * The pairs in order of equal bins from the smallest to the largest distance. Where all distances are equal they
 * are in one bin.
 */
export function binDistances(distances: TwoSidedDistances): { pairs: BinnedPairs; bins: DistanceBins } {
  const { withinPositive, withinNegative, cross, identities, sameIdentity } = distances;
  const { nPositive, nNegative } = distances;
  const nPoints = nPositive + nNegative;
  const [min, max] = range([withinPositive, withinNegative, cross]);
  const scale = max > min ? nInferenceBins / (max - min) : 0;
  const nPairs = withinPositive.length + withinNegative.length + cross.length;
  const binOf = new Uint16Array(nPairs);
  const starts = new Uint32Array(nInferenceBins + 1);
  let pair = 0;
  const place = (distance: number): void => {
    const bin = Math.min(nInferenceBins - 1, Math.floor((distance - min) * scale));
    binOf[pair++] = bin;
    starts[bin + 1]!++;
  };
  const walk = (visit: (i: number, j: number, distance: number) => void): void => {
    let [p, n, c] = [0, 0, 0];
    for (let i = 0; i < nPositive; i++) {
      for (let j = i + 1; j < nPositive; j++) visit(i, j, withinPositive[p++]!);
      for (let j = nPositive; j < nPoints; j++) {
        if (sameIdentity === 'include' || identities[i] !== identities[j]) visit(i, j, cross[c++]!);
      }
    }
    for (let i = nPositive; i < nPoints; i++) {
      for (let j = i + 1; j < nPoints; j++) visit(i, j, withinNegative[n++]!);
    }
  };
  walk((_, __, distance) => place(distance));
  for (let bin = 0; bin < nInferenceBins; bin++) starts[bin + 1]! += starts[bin]!;
  const next = starts.slice();
  const left = new Uint16Array(nPairs);
  const right = new Uint16Array(nPairs);
  pair = 0;
  walk((i, j) => {
    const at = next[binOf[pair++]!]!++;
    left[at] = i;
    right[at] = j;
  });
  return {
    pairs: { nPoints, nBins: nInferenceBins, left, right, starts },
    bins: { min, max, nBins: nInferenceBins },
  };
}

function range(samples: readonly Float64Array[]): [min: number, max: number] {
  let min = Infinity;
  let max = -Infinity;
  for (const values of samples) {
    for (let i = 0; i < values.length; i++) {
      if (values[i]! < min) min = values[i]!;
      if (values[i]! > max) max = values[i]!;
    }
  }
  return [min, max];
}
