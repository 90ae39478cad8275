/** Points whose pairs are counted by distance and label, all of them, without a list of the distances. */
export interface ScanPoints {
  readonly n: number;
  readonly dim: number;
  /**
   * n × dim, in memory that threads can share. A product of two rows gives their distance: cosine, 1 − xy of
   * rows of unit length; euclidean, the root of xy with rows as `euclideanRow` makes them.
   */
  readonly data: Float32Array<SharedArrayBuffer>;
  readonly metric: 'cosine' | 'euclidean';
  /** Point i makes pairs with the points from `firstPartners[i]` on: more than i, never falling. */
  readonly firstPartners: Int32Array;
  /** For each attribute, +1, −1 or 0 of each point. */
  readonly labels: readonly Int8Array[];
}

/**
 * How a distance d finds its bin: it lies in cell ⌊(d − start) · cellsPerUnit⌋, or the nearest cell that there
 * is, and each cell in a bin.
 */
export interface ScanBins {
  readonly start: number;
  readonly cellsPerUnit: number;
  /** At most `maxCells`; from 0 upwards, rising by 0 or 1. */
  readonly binOfCell: Uint16Array;
  /** At most `maxBins`. */
  readonly nBins: number;
}

export const maxCells = 65_536;
export const maxBins = 2048;

/** Pairs of one attribute in each bin. */
export interface LabelCounts {
  readonly withinPositive: Float64Array;
  readonly withinNegative: Float64Array;
  readonly cross: Float64Array;
}

export interface PairScanner {
  /** One pass over all pairs; counts of each attribute. `progress` is told of pairs, now and then. */
  scan(bins: ScanBins, progress: (done: number, total: number) => void): Promise<readonly LabelCounts[]>;
  close(): Promise<void>;
}

/** The engine scans with SIMD on all cores, and then scans end with `cancelled` after an abort; tests with plain loops. */
export type OpenPairScanner = (points: ScanPoints, signal: AbortSignal) => Promise<PairScanner>;

export function countPairs({ n, firstPartners }: Pick<ScanPoints, 'n' | 'firstPartners'>): number {
  let pairs = 0;
  for (let i = 0; i < n; i++) pairs += Math.max(0, n - firstPartners[i]!);
  return pairs;
}

/** Two numbers more than x has: x, 1, |x|². Its partner in a product is `euclideanPartner` of y. */
export const euclideanExtra = 2;

/**
 * Rows to multiply with: the row itself, or −2y, |y|², 1, whose product with x, 1, |x|² is |x − y|².
 */
export function partnerRows(
  { data, dim, metric }: ScanPoints,
  from: number,
  to: number,
  out: Float32Array,
): void {
  out.set(data.subarray(from * dim, to * dim));
  if (metric === 'cosine') return;
  for (let row = 0; row < to - from; row++) {
    const end = (row + 1) * dim;
    const square = out[end - 1]!;
    for (let t = row * dim; t < end - euclideanExtra; t++) out[t]! *= -2;
    out[end - 2] = square;
    out[end - 1] = 1;
  }
}

/** The plain loops: a reference, and fast enough for small data. */
export const openPlainScanner: OpenPairScanner = (points) =>
  Promise.resolve({
    scan: (bins) => Promise.resolve(scanPlainly(points, bins)),
    close: () => Promise.resolve(),
  });

function scanPlainly(points: ScanPoints, bins: ScanBins): LabelCounts[] {
  const { n, dim, data, firstPartners, labels } = points;
  const partners = new Float32Array(n * dim);
  partnerRows(points, 0, n, partners);
  const counts = labels.map(() => emptyCounts(bins.nBins));
  for (let i = 0; i < n; i++) {
    for (let j = firstPartners[i]!; j < n; j++) {
      let product = 0;
      for (let t = 0; t < dim; t++) product += data[i * dim + t]! * partners[j * dim + t]!;
      const bin = bins.binOfCell[cellOf(product, points.metric, bins)]!;
      labels.forEach((label, a) => {
        const sign = label[i]! * label[j]!;
        if (sign < 0) counts[a]!.cross[bin]!++;
        else if (sign > 0) (label[i]! > 0 ? counts[a]!.withinPositive : counts[a]!.withinNegative)[bin]!++;
      });
    }
  }
  return counts;
}

function emptyCounts(nBins: number): LabelCounts {
  return {
    withinPositive: new Float64Array(nBins),
    withinNegative: new Float64Array(nBins),
    cross: new Float64Array(nBins),
  };
}

function cellOf(product: number, metric: ScanPoints['metric'], bins: ScanBins): number {
  const { root, factor, term } = placement(metric, bins);
  const value = root ? Math.sqrt(Math.max(0, product)) : product;
  return Math.min(Math.max(Math.trunc(value * factor + term), 0), bins.binOfCell.length - 1);
}

/** From a product, or its root, to a cell: value · factor + term. */
export function placement(
  metric: ScanPoints['metric'],
  { start, cellsPerUnit }: ScanBins,
): { readonly root: boolean; readonly factor: number; readonly term: number } {
  return metric === 'cosine'
    ? { root: false, factor: -cellsPerUnit, term: (1 - start) * cellsPerUnit }
    : { root: true, factor: cellsPerUnit, term: -start * cellsPerUnit };
}
