import type { Modality } from '../domain/attributeColumn.ts';
import type { LabelCounts, OpenPairScanner, ScanBins, ScanPoints } from '../numerics/pairScanner.ts';
import { binsByMass, evenBins, type GriddedBins } from '../numerics/scanBinning.ts';
import { throwIfCancelled } from './cancellation.ts';
import { firstPartners, type ExhaustivePoints } from './exhaustivePoints.ts';
import { type BoundedKs, refineKs } from './refineKs.ts';

export interface ExhaustiveCounts {
  readonly bins: GriddedBins;
  /** Of each attribute, in `bins`. */
  readonly counts: readonly LabelCounts[];
  readonly ks: readonly Readonly<Record<Modality, BoundedKs>>[];
}

/**
 * Counts all pairs in one pass, whose bins come from the pairs of some of the points. Then, in at most
 * `refinementPasses` more, KS is bounded more closely: see `refineKs`.
 *
 * Bounds are certain for distances in single precision. `progress` is told of a share, 0 to 1.
 */
export async function countExhaustively(
  points: ScanPoints,
  pilot: ScanPoints,
  refinementPasses: number,
  open: OpenPairScanner,
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<ExhaustiveCounts> {
  const end = largestDistance(points);
  const bins = binsByMass(await countPilot(pilot, end, open, signal), end);
  const scanner = await open(points, signal);
  try {
    const passes = 1 + refinementPasses;
    const scan = (pass: number, passBins: ScanBins): Promise<readonly LabelCounts[]> =>
      scanner.scan(passBins, (done, total) => progress((pass + (total > 0 ? done / total : 1)) / passes));
    const counts = await scan(0, bins);
    const ks = await refineKs({ bins, counts }, end * singlePrecision, refinementPasses, scan);
    return { bins, counts, ks };
  } finally {
    await scanner.close();
  }
}

/** Some of the points, evenly, as many as make about a million pairs; all with one label. */
export function pilotPoints(points: ExhaustivePoints, sameIdentity: 'exclude' | 'include'): ScanPoints {
  const { dim, metric } = points;
  const n = Math.min(points.n, nPilot);
  const chosen = Int32Array.from({ length: n }, (_, i) => Math.floor((i * points.n) / n));
  const data = new Float32Array(new SharedArrayBuffer(4 * n * dim));
  chosen.forEach((point, i) => data.set(points.data.subarray(point * dim, (point + 1) * dim), i * dim));
  const identities = chosen.map((point) => points.identities[point]!);
  return {
    n,
    dim,
    data,
    metric,
    firstPartners: firstPartners(identities, sameIdentity),
    labels: [new Int8Array(n).fill(1)],
  };
}

const nPilot = 1500;

/** Counts in `evenBins(end)`; one pair everywhere where the pilot has none. */
async function countPilot(
  pilot: ScanPoints,
  end: number,
  open: OpenPairScanner,
  signal: AbortSignal,
): Promise<Float64Array> {
  throwIfCancelled(signal);
  const scanner = await open(pilot, signal);
  try {
    const [counts] = await scanner.scan(evenBins(end), () => undefined);
    const { withinPositive } = counts!;
    return withinPositive.some((count) => count > 0) ? withinPositive : withinPositive.fill(1);
  } finally {
    await scanner.close();
  }
}

/** Cosine: 2. Euclidean: the sum of the two largest lengths, or 1 where all points are the same. */
function largestDistance({ n, dim, data, metric }: ScanPoints): number {
  if (metric === 'cosine') return 2;
  const squares = Float64Array.from({ length: n }, (_, i) => data[(i + 1) * dim - 1]!).sort();
  const sum = Math.sqrt(squares.at(-1) ?? 0) + Math.sqrt(squares.at(-2) ?? 0);
  // A little more, so that the largest distance does not lie on the end.
  return sum > 0 ? sum * (1 + 2 ** -16) : 1;
}

/** The precision of the distances as a part of the largest one. */
const singlePrecision = 2 ** -23;
