import type { Modality } from '../domain/attributeColumn.ts';
import { type BinnedKs, binnedKs, gapBounds } from '../numerics/binnedKs.ts';
import type { LabelCounts, OpenPairScanner, ScanBins, ScanPoints } from '../numerics/pairScanner.ts';
import {
  binEdges,
  binsByMass,
  evenBins,
  type GriddedBins,
  joinRuns,
  tiedBins,
  zoom,
} from '../numerics/scanBinning.ts';
import { throwIfCancelled } from './cancellation.ts';
import { firstPartners, type ExhaustivePoints } from './exhaustivePoints.ts';

/** KS of one modality, between `ks` and `upper`. */
export interface BoundedKs extends BinnedKs {
  /** Never below `statistic`. */
  readonly upper: number;
  /** Where the gap of `statistic` is reached. */
  readonly location: number;
}

export interface ExhaustiveCounts {
  readonly bins: GriddedBins;
  /** Of each attribute, in `bins`. */
  readonly counts: readonly LabelCounts[];
  readonly ks: readonly Readonly<Record<Modality, BoundedKs>>[];
}

/** Closer bounds are not looked for. */
export const ksTolerance = 1e-5;

/**
 * Counts all pairs in one pass, whose bins come from the pairs of some of the points. Then, in at most
 * `refinementPasses` more, all bins go to where a gap larger than the largest at the ends of bins, by more than
 * `ksTolerance`, can still be.
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
    const ks = await refine({ bins, counts, end }, refinementPasses, scan);
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

interface FirstPass {
  readonly bins: GriddedBins;
  readonly counts: readonly LabelCounts[];
  readonly end: number;
}

/** One test: a modality of an attribute. */
interface Test {
  readonly attribute: number;
  readonly kind: 'withinPositive' | 'withinNegative';
  best: BinnedKs & { readonly location: number };
  /** Of bins that are not looked into further. */
  closedUpper: number;
  /** Of the bins of the last pass. */
  openUpper: number;
}

async function refine(
  { bins: firstBins, counts: firstCounts, end }: FirstPass,
  refinementPasses: number,
  scan: (pass: number, bins: ScanBins) => Promise<readonly LabelCounts[]>,
): Promise<Readonly<Record<Modality, BoundedKs>>[]> {
  const precision = end * singlePrecision;
  const tests = firstCounts.flatMap((_, attribute): Test[] =>
    (['withinPositive', 'withinNegative'] as const).map((kind) => ({
      attribute,
      kind,
      best: { statistic: -1, sign: 1, bin: 0, cdfFirst: 0, cdfSecond: 0, location: 0 },
      closedUpper: 0,
      openUpper: 0,
    })),
  );
  let bins: ScanBins = firstBins;
  let counts = firstCounts;
  let isInside: Uint8Array = new Uint8Array(firstBins.nBins).fill(1);
  for (let pass = 1; ; pass++) {
    const bounds = tests.map((test) => update(test, bins, counts, isInside, precision));
    const isOpen = joinRuns(openBins(tests, bounds, isInside));
    if (pass > refinementPasses || !isOpen.includes(1)) break;
    tests.forEach((test, i) => {
      test.closedUpper = Math.max(test.closedUpper, largestWhere(bounds[i]!, isOpen, 0));
    });
    ({ bins, isInside } = zoom(bins, isOpen, massOf(counts), precision));
    counts = await scan(pass, bins);
  }
  return firstCounts.map((_, attribute) => ({
    positive: bounded(tests[2 * attribute]!),
    negative: bounded(tests[2 * attribute + 1]!),
  }));
}

/** Takes a pass into account; returns what the gap can be in each of its bins, 0 in those that are closed. */
function update(
  test: Test,
  bins: ScanBins,
  counts: readonly LabelCounts[],
  isInside: Uint8Array,
  precision: number,
): Float64Array {
  const { [test.kind]: within, cross } = counts[test.attribute]!;
  const ks = binnedKs(within, cross);
  if (ks.statistic > test.best.statistic) test.best = { ...ks, location: binEdges(bins)[ks.bin + 1]! };
  const tied = tiedBins(bins, precision);
  const bounds = gapBounds(within, cross).map((bound, bin) =>
    isInside[bin] === 1 && tied[bin] === 0 ? bound : 0,
  );
  test.openUpper = largestWhere(bounds, isInside, 1);
  return bounds;
}

function openBins(tests: readonly Test[], bounds: readonly Float64Array[], isInside: Uint8Array): Uint8Array {
  return isInside.map((_, bin) =>
    Number(tests.some(({ best }, i) => bounds[i]![bin]! > best.statistic + ksTolerance)),
  );
}

function largestWhere(bounds: Float64Array, flags: Uint8Array, wanted: number): number {
  let largest = 0;
  for (let bin = 0; bin < bounds.length; bin++) {
    if (flags[bin] === wanted && bounds[bin]! > largest) largest = bounds[bin]!;
  }
  return largest;
}

/** How many pairs each bin holds, those of all attributes added up. */
function massOf(counts: readonly LabelCounts[]): Float64Array {
  const mass = new Float64Array(counts[0]!.cross.length);
  for (const kinds of counts) {
    for (const ofKind of [kinds.withinPositive, kinds.withinNegative, kinds.cross]) {
      for (let bin = 0; bin < mass.length; bin++) mass[bin]! += ofKind[bin]!;
    }
  }
  return mass;
}

function bounded({ best, closedUpper, openUpper }: Test): BoundedKs {
  return { ...best, upper: Math.min(1, Math.max(best.statistic, closedUpper, openUpper)) };
}
