import type { BinnedPairs } from '../numerics/pairCounter.ts';
import { SeededRandom } from '../numerics/random.ts';
import { nInferenceBins } from './binnedDistances.ts';
import type { ExhaustivePoints } from './exhaustivePoints.ts';
import { type DistanceContext, distancesWithin, gatherPoints } from './pairDistances.ts';
import type { DistanceBins } from './pairStatistics.ts';
import { euclideanExtra } from '../numerics/pairScanner.ts';

/** Beyond this p-values and intervals are of whole identities drawn until there are as many points. */
export const maxInferencePoints = 3000;

/** Points whose pairs are permuted and resampled, and all of these pairs: the same for every attribute. */
export interface ResampledPoints {
  /** Numbers of the points, ascending. */
  readonly numbers: Int32Array;
  readonly identities: Int32Array;
  readonly pairs: BinnedPairs;
  readonly bins: DistanceBins;
  /** Whether these are all points. */
  readonly isWhole: boolean;
}

/** Of all points, or of identities drawn by seed; pairs of one identity are left out where `exclude` says so. */
export async function resampledPoints(
  points: ExhaustivePoints,
  sameIdentity: 'exclude' | 'include',
  seed: number,
  context: DistanceContext,
): Promise<ResampledPoints> {
  const numbers = drawIdentities(points.identities, seed);
  const identities = numbers.map((point) => points.identities[point]!);
  const own = points.metric === 'cosine' ? points.dim : points.dim - euclideanExtra;
  const gathered = gatherPoints(ownColumns(points, own), points.identities, numbers, points.metric);
  const n = numbers.length;
  const distances = new Float64Array((n * (n - 1)) / 2);
  await distancesWithin(gathered, distances, context);
  return {
    numbers,
    identities,
    isWhole: n === points.n,
    ...binPairs(distances, n, identities, sameIdentity),
  };
}

function drawIdentities(identities: Int32Array, seed: number): Int32Array {
  if (identities.length <= maxInferencePoints) return Int32Array.from(identities.keys());
  const groups = new Map<number, number[]>();
  identities.forEach((identity, point) => {
    const group = groups.get(identity);
    if (group) group.push(point);
    else groups.set(identity, [point]);
  });
  const order = Int32Array.from(groups.keys());
  new SeededRandom(seed).fork('resampled identities').shuffle(order);
  const chosen: number[] = [];
  for (const identity of order) {
    const group = groups.get(identity)!;
    if (chosen.length + group.length <= maxInferencePoints) chosen.push(...group);
  }
  return Int32Array.from(chosen).sort();
}

/** The coordinates alone, without the numbers that make a product of two points their distance. */
function ownColumns({ n, dim, data }: ExhaustivePoints, own: number) {
  const columns = new Float32Array(n * own);
  for (let point = 0; point < n; point++) {
    columns.set(data.subarray(point * dim, point * dim + own), point * own);
  }
  return { rows: n, dim: own, data: columns };
}

/** In shared memory: every attribute's inference reads the same pairs, whatever thread it runs on. */
function binPairs(
  distances: Float64Array,
  nPoints: number,
  identities: Int32Array,
  sameIdentity: 'exclude' | 'include',
): { readonly pairs: BinnedPairs; readonly bins: DistanceBins } {
  const counts = (i: number, j: number): boolean =>
    sameIdentity === 'include' || identities[i] !== identities[j];
  let min = Infinity;
  let max = -Infinity;
  let nPairs = 0;
  eachPair(nPoints, (i, j, pair) => {
    if (!counts(i, j)) return;
    nPairs++;
    min = Math.min(min, distances[pair]!);
    max = Math.max(max, distances[pair]!);
  });
  const scale = max > min ? nInferenceBins / (max - min) : 0;
  const binOf = (pair: number): number =>
    Math.min(nInferenceBins - 1, Math.floor((distances[pair]! - min) * scale));
  const starts = new Uint32Array(nInferenceBins + 1);
  eachPair(nPoints, (i, j, pair) => {
    if (counts(i, j)) starts[binOf(pair) + 1]!++;
  });
  for (let bin = 0; bin < nInferenceBins; bin++) starts[bin + 1]! += starts[bin]!;
  const next = starts.slice();
  const left = new Uint16Array(new SharedArrayBuffer(2 * nPairs));
  const right = new Uint16Array(new SharedArrayBuffer(2 * nPairs));
  eachPair(nPoints, (i, j, pair) => {
    if (!counts(i, j)) return;
    const at = next[binOf(pair)]!++;
    left[at] = i;
    right[at] = j;
  });
  return {
    pairs: { nPoints, nBins: nInferenceBins, left, right, starts },
    bins: { min, max, nBins: nInferenceBins },
  };
}

function eachPair(n: number, visit: (i: number, j: number, pair: number) => void): void {
  let pair = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) visit(i, j, pair++);
}
