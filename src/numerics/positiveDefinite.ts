import type { MatrixProduct } from './matrixProduct.ts';

/**
 * The inverse of the symmetric positive definite n × n `matrix` (row by row; the lower triangle is read), from its
 * Cholesky factor: n³/3 multiplications and as many again here, and one product of n × n. A pivot that rounding
 * made 10⁻¹⁴ of the largest diagonal entry or less is set to that, which makes the inverse that of a matrix nearby.
 */
export async function inversePositiveDefinite(
  matrix: Float64Array,
  n: number,
  product: MatrixProduct,
): Promise<Float64Array> {
  if (matrix.length !== n * n || !matrix.every(Number.isFinite)) {
    throw new RangeError(`An inverse needs n × n finite numbers; ${matrix.length} were given for n = ${n}.`);
  }
  const factor = choleskyFactor(matrix, n);
  const transposed = transposedInverse(factor, n);
  return product.timesTransposed(transposed, transposed, n, n, n);
}

/** Lower triangular L with L·Lᵀ = matrix. */
function choleskyFactor(matrix: Float64Array, n: number): Float64Array {
  const factor = new Float64Array(n * n);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, matrix[i * n + i]!);
  if (!(largest > 0))
    throw new RangeError('A matrix without a positive diagonal entry is not positive definite.');
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) {
      const rest = matrix[row + j]! - dotOfRows(factor, row, j * n, j);
      factor[row + j] = rest / factor[j * n + j]!;
    }
    const square = matrix[row + i]! - dotOfRows(factor, row, row, i);
    factor[row + i] = Math.sqrt(Math.max(square, smallestPivot * largest));
  }
  return factor;
}

const smallestPivot = 1e-14;

/** L⁻¹, column by column: row j holds its column j. */
function transposedInverse(factor: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const column = out.subarray(j * n, (j + 1) * n);
    column[j] = 1 / factor[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j, at = i * n + j; k < i; k++, at++) sum += factor[at]! * column[k]!;
      column[i] = -sum / factor[i * n + i]!;
    }
  }
  return out;
}

function dotOfRows(values: Float64Array, a: number, b: number, length: number): number {
  let [even, odd] = [0, 0];
  let k = 0;
  for (; k < length - 1; k += 2) {
    even += values[a + k]! * values[b + k]!;
    odd += values[a + k + 1]! * values[b + k + 1]!;
  }
  if (k < length) even += values[a + k]! * values[b + k]!;
  return even + odd;
}
