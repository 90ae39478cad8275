import type { LabelCounts } from './pairScanner.ts';

/** Lanes of a group: six vectors of eight. */
export const lanesOfGroup = 48;

/** Numbers of a bin among a group's sums: for each vector its eight first sums and its eight second ones. */
export const sumsOfBin = 2 * lanesOfGroup;

/** Where an attribute's labels lie. */
type Place =
  /** A 1 is positive, a 0 negative: no label is unknown. */
  | { readonly kind: 'single'; readonly group: number; readonly lane: number }
  /** Positive in an even lane, negative in the next. */
  | { readonly kind: 'paired'; readonly group: number; readonly lane: number };

export interface ScanLanes {
  readonly places: readonly Place[];
  /** For each group n × 48 of 0 and 1; lane 0 is 1 for every point. */
  readonly groups: readonly Uint16Array<SharedArrayBuffer>[];
  /** For each group, 1 where a lane is all there is of its attribute. */
  readonly isSingle: readonly Uint8Array[];
}

/** An attribute takes one lane, or two where labels are unknown. */
export function layLanes(n: number, labels: readonly Int8Array[]): ScanLanes {
  const places: Place[] = [];
  let group = 0;
  let next = 1;
  for (const label of labels) {
    const isPaired = label.includes(0);
    if (isPaired) next += next % 2;
    if (next + Number(isPaired) >= lanesOfGroup) {
      group++;
      next = isPaired ? 2 : 1;
    }
    places.push({ kind: isPaired ? 'paired' : 'single', group, lane: next });
    next += isPaired ? 2 : 1;
  }
  const groups = Array.from(
    { length: group + 1 },
    () => new Uint16Array(new SharedArrayBuffer(2 * n * lanesOfGroup)),
  );
  for (const lanes of groups) for (let i = 0; i < n; i++) lanes[i * lanesOfGroup] = 1;
  const isSingle = groups.map(() => new Uint8Array(lanesOfGroup));
  places.forEach((place, a) => {
    const lanes = groups[place.group]!;
    const label = labels[a]!;
    if (place.kind === 'single') isSingle[place.group]![place.lane] = 1;
    for (let i = 0; i < n; i++) {
      if (label[i]! > 0) lanes[i * lanesOfGroup + place.lane] = 1;
      else if (label[i]! < 0 && place.kind === 'paired') lanes[i * lanesOfGroup + place.lane + 1] = 1;
    }
  });
  return { places, groups, isSingle };
}

/**
 * The masks of `fold` for a point, a, b and c of each vector. Of a lane l with T = Σ of the partners' l, the first
 * sums add l·T. The second ones add T + l·t for a single lane, t the number of partners: twice the pairs in which
 * both are positive and once those in which one is. For paired lanes they add the neighbour's l times T: the
 * pairs of a positive and a negative.
 */
export function writeMasks(
  lanes: Uint16Array,
  point: number,
  isSingle: Uint8Array,
  masks: Uint16Array,
): void {
  const at = point * lanesOfGroup;
  for (let lane = 0; lane < lanesOfGroup; lane++) {
    const single = isSingle[lane] === 1;
    const own = -lanes[at + lane]!;
    const to = (lane >> 3) * 24 + (lane & 7);
    masks[to] = own;
    masks[to + 8] = single ? -1 : -lanes[at + (lane ^ 1)]!;
    masks[to + 16] = single ? own : 0;
  }
}

/** Counts of each attribute from the sums of each group, nBins × `sumsOfBin`. */
export function countsOfLanes(
  { places }: ScanLanes,
  sums: readonly Float64Array[],
  nBins: number,
): LabelCounts[] {
  return places.map(({ kind, group, lane }) => {
    const of = sums[group]!;
    const counts: LabelCounts = {
      withinPositive: new Float64Array(nBins),
      withinNegative: new Float64Array(nBins),
      cross: new Float64Array(nBins),
    };
    const at = (lane >> 3) * 16 + (lane & 7);
    for (let bin = 0; bin < nBins; bin++) {
      const first = bin * sumsOfBin + at;
      const positive = of[first]!;
      const second = of[first + 8]!;
      counts.withinPositive[bin] = positive;
      if (kind === 'single') {
        counts.cross[bin] = second - 2 * positive;
        counts.withinNegative[bin] = of[bin * sumsOfBin]! - second + positive;
      } else {
        counts.cross[bin] = second + of[first + 9]!;
        counts.withinNegative[bin] = of[first + 1]!;
      }
    }
    return counts;
  });
}
