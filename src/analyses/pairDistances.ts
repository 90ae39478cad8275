import { AppError } from '../domain/appError.ts';
import type { EmbeddingMatrix, Metric } from '../domain/embeddingMatrix.ts';
import {
  type BlockPart,
  type DistanceBlocks,
  giveBackBlocks,
  rowScaler,
  sizeOf,
  takeBlocks,
} from '../numerics/distanceBlocks.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';

/** Some rows of an embedding matrix in float64, of unit length where the metric is cosine. */
export interface Points {
  readonly metric: Metric;
  readonly n: number;
  readonly dim: number;
  /** n × dim. */
  readonly data: Float64Array;
  /** Squared length of each row. */
  readonly squares: Float64Array;
  readonly identities: Int32Array;
}

/** How distances are computed: by whom products, and what to ask between two of them (it may throw). */
export interface DistanceContext {
  readonly product: MatrixProduct;
  checkpoint(): void;
}

/**
 * No row may be zero or not finite. The points lie in `memory` where it is given, which holds rows.length × dim
 * numbers or more, until it is used again.
 */
export function gatherPoints(
  embeddings: EmbeddingMatrix,
  identities: Int32Array,
  rows: Int32Array,
  metric: Metric,
  memory?: Float64Array,
): Points {
  const { dim } = embeddings;
  const n = rows.length;
  const data = memory?.subarray(0, n * dim) ?? new Float64Array(n * dim);
  const squares = new Float64Array(n);
  const scaler = rowScaler(dim);
  const isCosine = metric === 'cosine';
  for (let i = 0; i < n; i++) {
    const square = scaler.read(embeddings.data, rows[i]! * dim, isCosine, data, i * dim);
    squares[i] = isCosine ? 1 : square;
  }
  return { metric, n, dim, data, squares, identities: rows.map((row) => identities[row]!) };
}

/** |x|² of one row, in float64. */
export function squaredLength({ dim, data }: EmbeddingMatrix, row: number): number {
  const end = (row + 1) * dim;
  // Four sums side by side: each addition waits for the one before it.
  let even = 0;
  let odd = 0;
  let evenNext = 0;
  let oddNext = 0;
  let t = row * dim;
  for (; t < end - 3; t += 4) {
    even += data[t]! * data[t]!;
    odd += data[t + 1]! * data[t + 1]!;
    evenNext += data[t + 2]! * data[t + 2]!;
    oddNext += data[t + 3]! * data[t + 3]!;
  }
  if (t < end) even += data[t]! * data[t]!;
  if (t + 1 < end) odd += data[t + 1]! * data[t + 1]!;
  if (t + 2 < end) evenNext += data[t + 2]! * data[t + 2]!;
  return even + odd + (evenNext + oddNext);
}

/**
 * Distances of all pairs i < j, row by row, into `out`, which holds n(n − 1)/2 or more. Returns their number.
 */
export async function distancesWithin(
  points: Points,
  out: Float64Array,
  context: DistanceContext,
): Promise<number> {
  const { n } = points;
  const blocks = takeBlocks(Math.min(rowsWithin, n) * n);
  let k = 0;
  for (let start = 0; start < n; start += rowsWithin) {
    context.checkpoint();
    const left = slicePoints(points, start, Math.min(start + rowsWithin, n));
    const right = slicePoints(points, start, n);
    k += await distancesOfBlock(left, right, 'above', out, k, blocks, context.product);
  }
  giveBackBlocks(blocks);
  return k;
}

/**
 * Distances of all pairs of one point of `a` and one of `b`, row by row, into `out`, which holds a.n · b.n or
 * more; without pairs of the same identity where `exclude` says so. Returns their number.
 */
export async function distancesAcross(
  a: Points,
  b: Points,
  sameIdentity: 'exclude' | 'include',
  out: Float64Array,
  context: DistanceContext,
): Promise<number> {
  const blocks = takeBlocks(Math.min(rowsAcross, a.n) * b.n);
  let k = 0;
  for (let start = 0; start < a.n; start += rowsAcross) {
    context.checkpoint();
    const left = slicePoints(a, start, Math.min(start + rowsAcross, a.n));
    const n = await distancesOfBlock(left, b, 'all', out, k, blocks, context.product);
    k += sameIdentity === 'exclude' ? withoutIdentities(left, b, out, k) : n;
  }
  giveBackBlocks(blocks);
  return k;
}

/** Small blocks waste little of the lower triangle. */
const rowsWithin = 128;
/** Blocks bound how long a cancel takes, and keep products near the cache. */
const rowsAcross = 256;

/** Some of the points, in the same memory. */
export function slicePoints(points: Points, start: number, end: number): Points {
  return {
    metric: points.metric,
    n: end - start,
    dim: points.dim,
    data: points.data.subarray(start * points.dim, end * points.dim),
    squares: points.squares.subarray(start, end),
    identities: points.identities.subarray(start, end),
  };
}

/** Writes the distances to out[k…], row by row; their number. */
async function distancesOfBlock(
  a: Points,
  b: Points,
  part: BlockPart,
  out: Float64Array,
  k: number,
  blocks: DistanceBlocks,
  product: MatrixProduct,
): Promise<number> {
  const products = await product.timesTransposed(a.data, b.data, a.n, b.n, a.dim, blocks.products);
  if (products.buffer !== blocks.products.buffer) blocks.products.set(products);
  const nSafe =
    a.metric === 'cosine'
      ? blocks.cosine(a.n, b.n, part, out, k)
      : blocks.euclidean(a.squares, b.squares, part, out, k);
  const n = sizeOf(a.n, b.n, part);
  if (nSafe < n) repairBlock(a, b, part, products, out, k);
  return n;
}

/** Computes what is unsafe from the points themselves. */
function repairBlock(
  a: Points,
  b: Points,
  part: BlockPart,
  products: Float64Array,
  out: Float64Array,
  k: number,
): void {
  for (let i = 0; i < a.n; i++) {
    for (let j = part === 'above' ? i + 1 : 0; j < b.n; j++, k++) {
      const scale = a.squares[i]! + b.squares[j]!;
      const squared = scale - 2 * products[i * b.n + j]!;
      if (!isUnsafe(squared, scale)) continue;
      out[k] = distanceOfSquare(carefulSquare(a, i, b, j, squared, scale), a.metric === 'cosine');
    }
  }
}

/** Closes up the block of all distances that starts at `k` over the pairs of one identity; what is left. */
function withoutIdentities(a: Points, b: Points, out: Float64Array, k: number): number {
  let kept = k;
  for (let i = 0; i < a.n; i++) {
    const row = k + i * b.n;
    const identity = a.identities[i]!;
    if (!b.identities.includes(identity)) {
      out.copyWithin(kept, row, row + b.n);
      kept += b.n;
      continue;
    }
    for (let j = 0; j < b.n; j++) if (b.identities[j] !== identity) out[kept++] = out[row + j]!;
  }
  return kept - k;
}

/**
 * Whether |x|² + |y|² − 2xy has lost too many digits because x and y are near, or is no squared distance at
 * all; `scale` is |x|² + |y|².
 */
function isUnsafe(squared: number, scale: number): boolean {
  return !(squared >= 0.01 * scale && squared <= 2 * scale);
}

/**
 * The distance from |x − y|²: its root, or for cosine, 1 − xy, half of it. Rounded to 40 bits (5e-13 of the
 * value): pairs that are equally far apart but for the order of summation must tie, or the KS distance would
 * compare rounding errors.
 */
export function distanceOfSquare(squared: number, isCosine: boolean): number {
  const d = isCosine ? squared / 2 : Math.sqrt(squared);
  const high = d * veltkamp;
  return high - (high - d);
}

/** Splits 13 bits off a double's 53 (Veltkamp 1968). */
const veltkamp = 2 ** 13 + 1;

/** |x − y|² from the differences; a product that cannot be of these two rows: `numericsInvalid`. */
function carefulSquare(a: Points, i: number, b: Points, j: number, squared: number, scale: number): number {
  if (!(squared >= -1e-9 * scale && squared <= (2 + 1e-9) * scale)) {
    throw new AppError(
      'numericsInvalid',
      `The matrix product gave ${(scale - squared) / 2} for two embeddings of squared lengths ${a.squares[i]} and ${b.squares[j]}, which cannot be. Try the provider «cpu», and report this.`,
    );
  }
  let sum = 0;
  for (let t = 0; t < a.dim; t++) {
    const difference = a.data[i * a.dim + t]! - b.data[j * b.dim + t]!;
    sum += difference * difference;
  }
  return sum;
}
