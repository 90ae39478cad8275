import type { DesignMatrix } from './designMatrix.ts';
import type { MatrixProduct } from './matrixProduct.ts';

/** Multiplies each of m gradients (rows of `width` numbers) by an approximate inverse of the Hessian. */
export type Preconditioner = (gradients: Float64Array, m: number) => Promise<Float64Array>;

/**
 * The inverse of diag(1, …, 1, 0) + (C/4)·XᵀX, which bounds the Hessian of every regression on X from above (Böhning
 * and Lindsay 1988), so that one matrix serves all of them. Above 1,024 columns its diagonal has to do.
 */
export async function boundPreconditioner(
  design: DesignMatrix,
  c: number,
  product: MatrixProduct,
): Promise<Preconditioner> {
  const { width } = design;
  if (width > widestInverse) return diagonalPreconditioner(design, c);
  const bound = await design.gram();
  for (let i = 0; i < bound.length; i++) bound[i]! *= c / 4;
  for (let t = 0; t < width - 1; t++) bound[t * width + t]! += 1;
  const inverse = inverseOf(bound, width);
  if (inverse === null) return diagonalPreconditioner(design, c);
  // Symmetric: its transpose is itself.
  return (gradients, m) =>
    product.timesTransposed(gradients.subarray(0, m * width), inverse, m, width, width);
}

function diagonalPreconditioner(design: DesignMatrix, c: number): Preconditioner {
  const { width } = design;
  const diagonal = design.columnSquares().map((square, t) => (square * c) / 4 + (t < width - 1 ? 1 : 0));
  return (gradients, m) => {
    const out = new Float64Array(m * width);
    for (let i = 0; i < out.length; i++) out[i] = gradients[i]! / diagonal[i % width]!;
    return Promise.resolve(out);
  };
}

/** By Cholesky's decomposition, which overwrites `a`; `null` where `a` is not positive definite to rounding. */
export function inverseOf(a: Float64Array, n: number): Float64Array | null {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let t = 0; t < j; t++) sum -= a[i * n + t]! * a[j * n + t]!;
      if (i > j) a[i * n + j] = sum / a[j * n + j]!;
      else if (sum > 0 && sum < Infinity) a[i * n + i] = Math.sqrt(sum);
      else return null;
    }
  }
  // Row j of `half` is column j of L⁻¹.
  const half = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    half[j * n + j] = 1 / a[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let t = j; t < i; t++) sum -= a[i * n + t]! * half[j * n + t]!;
      half[j * n + i] = sum / a[i * n + i]!;
    }
  }
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = i; t < n; t++) sum += half[i * n + t]! * half[j * n + t]!;
      inverse[i * n + j] = sum;
      inverse[j * n + i] = sum;
    }
  }
  return inverse;
}

const widestInverse = 1025;
