import { symmetricEigen } from '../numerics/eigen.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';

/** γ in (1 − γ) S_w + γ (tr S_w / k) I: Friedman, «Regularized discriminant analysis», 1989, formula 18. */
export const scatterShrinkage = 0.1;

export interface FisherDirections {
  /** dim × k, best first. */
  readonly directions: Float64Array;
  readonly dim: number;
}

/**
 * Linear discriminants of whitened principal components: the directions w with the largest ratio
 * wᵀS_b w / wᵀS w, S_b the scatter between identities and S the shrunk scatter within them, scaled so that
 * wᵀS w = 1. One fewer than identities, at most k. Identities with one image say nothing about the scatter
 * within and are left out. `null` where fewer than two identities are left, or their images do not differ.
 *
 * `scores` is k × n, a row for each component.
 */
export async function fisherDirections(
  scores: Float64Array,
  k: number,
  identities: Int32Array,
  product: MatrixProduct,
): Promise<FisherDirections | null> {
  const n = identities.length;
  const groups = repeatedIdentities(identities);
  if (groups.length < 2) return null;
  const { within, between } = deviations(scores, k, groups);
  const scatter = await product.timesTransposed(within, within, k, k, n);
  let trace = 0;
  for (let j = 0; j < k; j++) trace += scatter[j * k + j]!;
  const nUsed = groups.reduce((sum, rows) => sum + rows.length, 0);
  // Scores have variance one: this is how far it lies from zero.
  if (!(trace / (k * nUsed) > 1e-9)) return null;
  for (let i = 0; i < k * k; i++) scatter[i] = ((1 - scatterShrinkage) * scatter[i]!) / nUsed;
  for (let j = 0; j < k; j++) scatter[j * k + j]! += (scatterShrinkage * trace) / nUsed / k;
  const whitening = inverseRoot(scatter, k);
  const means = await product.timesTransposed(whitening, between, k, groups.length, k);
  const { vectors } = symmetricEigen(await product.timesTransposed(means, means, k, k, groups.length), k);
  const dim = Math.min(k, groups.length - 1);
  const columns = new Float64Array(k * k);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) columns[j * k + i] = whitening[i * k + j]!;
  const directions = await product.timesTransposed(vectors.subarray(0, dim * k), columns, dim, k, k);
  return { directions, dim };
}

/** The rows of each identity that has at least two. */
function repeatedIdentities(identities: Int32Array): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>();
  identities.forEach((identity, row) => {
    const rows = groups.get(identity);
    if (rows) rows.push(row);
    else groups.set(identity, [row]);
  });
  return [...groups.values()].filter((rows) => rows.length >= 2);
}

/**
 * `within` (k × n): each score less the mean of its identity, 0 for images left out. `between`
 * (identities × k): √(share of images) · (mean of the identity − mean of all).
 */
function deviations(
  scores: Float64Array,
  k: number,
  groups: readonly (readonly number[])[],
): { readonly within: Float64Array; readonly between: Float64Array } {
  const n = scores.length / k;
  const nUsed = groups.reduce((sum, rows) => sum + rows.length, 0);
  const within = new Float64Array(k * n);
  const between = new Float64Array(groups.length * k);
  for (let j = 0; j < k; j++) {
    const row = scores.subarray(j * n, (j + 1) * n);
    let all = 0;
    for (const rows of groups) for (const i of rows) all += row[i]! / nUsed;
    groups.forEach((rows, group) => {
      let mean = 0;
      for (const i of rows) mean += row[i]! / rows.length;
      for (const i of rows) within[j * n + i] = row[i]! - mean;
      between[group * k + j] = Math.sqrt(rows.length / nUsed) * (mean - all);
    });
  }
  return { within, between };
}

/** A with A S Aᵀ = I, for a symmetric positive definite S: unit eigenvectors over the roots of their values. */
function inverseRoot(matrix: Float64Array, k: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, k);
  return vectors.map((x, i) => x / Math.sqrt(values[Math.floor(i / k)]!));
}
