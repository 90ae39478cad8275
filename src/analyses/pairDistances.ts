import { AppError } from '../domain/appError.ts';
import type { EmbeddingMatrix, Metric } from '../domain/embeddingMatrix.ts';
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
  const { dim, data: source } = embeddings;
  const n = rows.length;
  const data = memory?.subarray(0, n * dim) ?? new Float64Array(n * dim);
  const squares = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const from = rows[i]! * dim;
    const square = squaredLength(embeddings, rows[i]!);
    const factor = metric === 'cosine' ? 1 / Math.sqrt(square) : 1;
    const offset = i * dim - from;
    for (let t = from; t < from + dim; t++) data[offset + t] = source[t]! * factor;
    squares[i] = metric === 'cosine' ? 1 : square;
  }
  return { metric, n, dim, data, squares, identities: rows.map((row) => identities[row]!) };
}

/** |x|² of one row, in float64. */
export function squaredLength({ dim, data }: EmbeddingMatrix, row: number): number {
  const end = (row + 1) * dim;
  // Four sums side by side: each addition waits for the one before it.
  let [even, odd, evenNext, oddNext] = [0, 0, 0, 0];
  let t = row * dim;
  for (; t < end - 3; t += 4) {
    even += data[t]! * data[t]!;
    odd += data[t + 1]! * data[t + 1]!;
    evenNext += data[t + 2]! * data[t + 2]!;
    oddNext += data[t + 3]! * data[t + 3]!;
  }
  for (; t < end; t++) even += data[t]! * data[t]!;
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
  const { n, dim, data } = points;
  const memory = new Float64Array(Math.min(rowsWithin, n) * n);
  let k = 0;
  for (let start = 0; start < n; start += rowsWithin) {
    const end = Math.min(start + rowsWithin, n);
    context.checkpoint();
    const left = data.subarray(start * dim, end * dim);
    const right = data.subarray(start * dim);
    const gram = await context.product.timesTransposed(left, right, end - start, n - start, dim, memory);
    for (let i = start; i < end; i++) {
      const row = (i - start) * (n - start) - start;
      distancesOfRow(points, i, points, i + 1, gram, row, out, k);
      k += n - i - 1;
    }
  }
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
  const { dim } = a;
  const memory = new Float64Array(Math.min(rowsAcross, a.n) * b.n);
  let k = 0;
  for (let start = 0; start < a.n; start += rowsAcross) {
    const end = Math.min(start + rowsAcross, a.n);
    context.checkpoint();
    const left = a.data.subarray(start * dim, end * dim);
    const gram = await context.product.timesTransposed(left, b.data, end - start, b.n, dim, memory);
    for (let i = start; i < end; i++) {
      distancesOfRow(a, i, b, 0, gram, (i - start) * b.n, out, k);
      k += sameIdentity === 'exclude' ? withoutIdentity(a.identities[i]!, b.identities, out, k) : b.n;
    }
  }
  return k;
}

/** Small blocks waste little of the lower triangle. */
const rowsWithin = 64;
/** Blocks bound how long a cancel takes, and keep products near the cache. */
const rowsAcross = 128;

/** Distances of point i of `a` and the points of `b` from `first` on, to out[k…]; xy of point j is gram[row + j]. */
function distancesOfRow(
  a: Points,
  i: number,
  b: Points,
  first: number,
  gram: Float64Array,
  row: number,
  out: Float64Array,
  k: number,
): void {
  const nUnsafe =
    a.metric === 'cosine'
      ? cosineRow(gram, row + first, row + b.n, out, k)
      : euclideanRow(a.squares[i]!, b.squares, first, gram, row, out, k);
  if (nUnsafe === 0) return;
  for (let j = first; j < b.n; j++) {
    const scale = a.squares[i]! + b.squares[j]!;
    const squared = scale - 2 * gram[row + j]!;
    if (isUnsafe(squared, scale))
      out[k + j - first] = distanceOfSquare(carefulSquare(a, i, b, j, squared, scale), a.metric === 'cosine');
  }
}

/** The rows' inner loops have no branches but to count what is unsafe, which is seldom any. */
function cosineRow(gram: Float64Array, from: number, to: number, out: Float64Array, k: number): number {
  let nUnsafe = 0;
  for (let g = from; g < to; g++) {
    // Unit length: half of 2 − 2xy, and both are exact but for one rounding.
    const squared = 2 - 2 * gram[g]!;
    if (isUnsafe(squared, 2)) nUnsafe++;
    out[k + g - from] = distanceOfSquare(squared, true);
  }
  return nUnsafe;
}

function euclideanRow(
  square: number,
  squares: Float64Array,
  first: number,
  gram: Float64Array,
  row: number,
  out: Float64Array,
  k: number,
): number {
  let nUnsafe = 0;
  for (let j = first; j < squares.length; j++) {
    const scale = square + squares[j]!;
    const squared = scale - 2 * gram[row + j]!;
    if (isUnsafe(squared, scale)) nUnsafe++;
    out[k + j - first] = distanceOfSquare(squared, false);
  }
  return nUnsafe;
}

/** Closes up the row of distances that starts at `k`, one to each of `others`, over those of the identity. */
function withoutIdentity(identity: number, others: Int32Array, out: Float64Array, k: number): number {
  let j = others.indexOf(identity);
  if (j < 0) return others.length;
  let kept = j;
  for (; j < others.length; j++) if (others[j] !== identity) out[k + kept++] = out[k + j]!;
  return kept;
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
