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

/** No row may be zero or not finite. */
export function gatherPoints(
  embeddings: EmbeddingMatrix,
  identities: Int32Array,
  rows: Int32Array,
  metric: Metric,
): Points {
  const { dim } = embeddings;
  const n = rows.length;
  const data = new Float64Array(n * dim);
  const squares = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const from = rows[i]! * dim;
    const square = squaredLength(embeddings, rows[i]!);
    const factor = metric === 'cosine' ? 1 / Math.sqrt(square) : 1;
    for (let t = 0; t < dim; t++) data[i * dim + t] = embeddings.data[from + t]! * factor;
    squares[i] = metric === 'cosine' ? 1 : square;
  }
  return { metric, n, dim, data, squares, identities: rows.map((row) => identities[row]!) };
}

/** |x|² of one row, in float64. */
export function squaredLength({ dim, data }: EmbeddingMatrix, row: number): number {
  let sum = 0;
  for (let t = row * dim; t < (row + 1) * dim; t++) sum += data[t]! * data[t]!;
  return sum;
}

/**
 * Distances of all pairs i < j, row by row, into `out`, which holds n(n − 1)/2 or more. Returns their number.
 */
export async function distancesWithin(
  points: Points,
  out: Float64Array,
  context: DistanceContext,
): Promise<number> {
  const { n, dim, data, squares } = points;
  const isCosine = points.metric === 'cosine';
  let k = 0;
  for (let start = 0; start < n; start += blockRows) {
    const end = Math.min(start + blockRows, n);
    context.checkpoint();
    const right = data.subarray(start * dim);
    const left = data.subarray(start * dim, end * dim);
    const gram = await context.product.timesTransposed(left, right, end - start, n - start, dim);
    for (let i = start; i < end; i++) {
      const row = (i - start) * (n - start) - start;
      for (let j = i + 1; j < n; j++) {
        const scale = squares[i]! + squares[j]!;
        let squared = scale - 2 * gram[row + j]!;
        if (isUnsafe(squared, scale)) squared = carefulSquare(points, i, points, j, squared, scale);
        out[k++] = distanceOfSquare(squared, isCosine);
      }
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
  const isCosine = a.metric === 'cosine';
  const squaresOfB = b.squares;
  const identitiesOfB = b.identities;
  let k = 0;
  for (let start = 0; start < a.n; start += blockRows) {
    const end = Math.min(start + blockRows, a.n);
    context.checkpoint();
    const left = a.data.subarray(start * dim, end * dim);
    const gram = await context.product.timesTransposed(left, b.data, end - start, b.n, dim);
    for (let i = start; i < end; i++) {
      const identity = sameIdentity === 'exclude' ? a.identities[i]! : noIdentity;
      const row = (i - start) * b.n;
      const square = a.squares[i]!;
      for (let j = 0; j < b.n; j++) {
        if (identitiesOfB[j] === identity) continue;
        const scale = square + squaresOfB[j]!;
        let squared = scale - 2 * gram[row + j]!;
        if (isUnsafe(squared, scale)) squared = carefulSquare(a, i, b, j, squared, scale);
        out[k++] = distanceOfSquare(squared, isCosine);
      }
    }
  }
  return k;
}

/** Small blocks waste little of the lower triangle, and bound how long a cancel takes. */
const blockRows = 128;

const noIdentity = -1;

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
