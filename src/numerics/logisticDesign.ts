import type { MatrixProduct } from './matrixProduct.ts';
import { inversePositiveDefinite } from './positiveDefinite.ts';

/** What regressions on the same images share. */
export interface LogisticDesign {
  readonly n: number;
  readonly dim: number;
  /** Inverse strength of the L2 penalty, as in scikit-learn. */
  readonly c: number;
  /** n × dim, each column less its mean. */
  readonly rows: Float64Array;
  /** The same, dim × n: both products of a gradient are then a·bᵀ. */
  readonly columns: Float64Array;
  /** What was taken off the columns. */
  readonly means: Float64Array;
  /** Largest length of a row. */
  readonly longest: number;
  readonly hessians: EqualWeightHessians;
}

/**
 * `rows` (n × dim) are centred in place, which an intercept without penalty makes up for, and kept beside their
 * transposed copy: 16 bytes a number. A number that is not finite, no rows or a C that is not positive: `RangeError`.
 */
export async function logisticDesign(
  rows: Float64Array,
  n: number,
  dim: number,
  c: number,
  product: MatrixProduct,
): Promise<LogisticDesign> {
  if (!(n >= 1 && dim >= 1 && rows.length === n * dim)) {
    throw new RangeError(`A regression needs n × dim numbers, not ${rows.length} for ${n} × ${dim}.`);
  }
  if (!(c > 0 && c < Infinity)) throw new RangeError(`C must be positive and finite, not ${c}.`);
  const means = centre(rows, n, dim);
  const columns = transpose(rows, n, dim);
  const squares = await product.timesTransposed(columns, columns, dim, dim, n);
  const hessians = new EqualWeightHessians(squares, dim, c, product);
  return { n, dim, c, rows, columns, means, longest: longestRow(rows, dim), hessians };
}

/**
 * I + C v XᵀX, the Hessian by w where the mean v of the images' weights σ(s) σ(−s) stands for each of them: at most
 * 1/4, far less where an attribute is read well. A guess of the right one, so v is rounded to a power of 4.
 */
export class EqualWeightHessians {
  readonly #squares: Float64Array;
  readonly #dim: number;
  readonly #c: number;
  readonly #product: MatrixProduct;
  readonly #inverses = new Map<number, Promise<Float64Array>>();

  /** `squares` is XᵀX. */
  constructor(squares: Float64Array, dim: number, c: number, product: MatrixProduct) {
    this.#squares = squares;
    this.#dim = dim;
    this.#c = c;
    this.#product = product;
  }

  /** The power of 4, 4⁻¹² or more: below that the penalty is what is left. */
  levelOf(weight: number): number {
    return weight > 0 ? Math.max(Math.round(Math.log2(weight)), lowestLevel) : lowestLevel;
  }

  /** dim × dim. Kept for the next who asks. */
  inverse(level: number): Promise<Float64Array> {
    let inverse = this.#inverses.get(level);
    if (!inverse) {
      inverse = inversePositiveDefinite(this.#hessian(2 ** level), this.#dim, this.#product);
      this.#inverses.set(level, inverse);
    }
    return inverse;
  }

  #hessian(weight: number): Float64Array {
    const hessian = this.#squares.map((value) => this.#c * weight * value);
    for (let j = 0; j < this.#dim; j++) hessian[j * (this.#dim + 1)]! += 1;
    return hessian;
  }
}

const lowestLevel = -24;

function centre(rows: Float64Array, n: number, dim: number): Float64Array {
  const means = new Float64Array(dim);
  for (let start = 0; start < rows.length; start += dim) {
    for (let j = 0; j < dim; j++) means[j]! += rows[start + j]!;
  }
  for (let j = 0; j < dim; j++) means[j]! /= n;
  if (!means.every(Number.isFinite)) throw new RangeError('A regression needs finite numbers.');
  for (let start = 0; start < rows.length; start += dim) {
    for (let j = 0; j < dim; j++) rows[start + j]! -= means[j]!;
  }
  return means;
}

/** In squares that stay in the cache. */
function transpose(rows: Float64Array, n: number, dim: number): Float64Array {
  const out = new Float64Array(n * dim);
  for (let start = 0; start < n; start += tile) {
    const end = Math.min(start + tile, n);
    for (let j = 0; j < dim; j++) {
      for (let i = start; i < end; i++) out[j * n + i] = rows[i * dim + j]!;
    }
  }
  return out;
}

const tile = 32;

function longestRow(rows: Float64Array, dim: number): number {
  let longest = 0;
  for (let start = 0; start < rows.length; start += dim) {
    let square = 0;
    for (let j = 0; j < dim; j++) square += rows[start + j]! ** 2;
    longest = Math.max(longest, square);
  }
  return Math.sqrt(longest);
}
