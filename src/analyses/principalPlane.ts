import { leadingEigenpairs } from '../numerics/leadingEigenpairs.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import type { SeededRandom } from '../numerics/random.ts';
import { pause } from './cancellation.ts';
import type { SpacePoints } from './nearestInSpace.ts';

/** Coordinates of points along their first two principal components. */
export interface PrincipalPlane {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Share of the variance along each; 0 where there is none. */
  readonly explained: readonly [number, number];
}

/**
 * Principal components of centred points: eigenvectors of their covariance, which is summed block by block (Pearson,
 * 1901; Hotelling, 1933). In each eigenvector the entry of largest magnitude is positive, so that the picture does not
 * flip from run to run. Memory: `dim`² numbers and 4,096 points in float64.
 */
export async function principalPlane(
  points: SpacePoints,
  product: MatrixProduct,
  random: SeededRandom,
  signal: AbortSignal,
): Promise<PrincipalPlane> {
  const { n, dim } = points;
  const scatter = await scatterMatrix(points, product, signal);
  let total = 0;
  for (let t = 0; t < dim; t++) total += scatter[t * dim + t]!;
  const { values, vectors } = await leadingEigenpairs(scatter, dim, Math.min(2, dim), random, product);
  const share = (axis: number) => (total > 0 ? Math.max(0, values[axis] ?? 0) / total : 0);
  const along = (axis: number) =>
    axis < values.length ? projected(points, vectors, axis) : new Float64Array(n);
  return { x: along(0), y: along(1), explained: [share(0), share(1)] };
}

const blockPoints = 4096;

/** Σ x xᵀ over the points, `dim` × `dim`. */
async function scatterMatrix(
  { n, dim, data }: SpacePoints,
  product: MatrixProduct,
  signal: AbortSignal,
): Promise<Float64Array> {
  const sum = new Float64Array(dim * dim);
  for (let first = 0; first < n; first += blockPoints) {
    const size = Math.min(blockPoints, n - first);
    const columns = new Float64Array(dim * size);
    for (let i = 0; i < size; i++) {
      for (let t = 0; t < dim; t++) columns[t * size + i] = data[(first + i) * dim + t]!;
    }
    const part = await product.timesTransposed(columns, columns, dim, dim, size);
    for (let at = 0; at < sum.length; at++) sum[at] = sum[at]! + part[at]!;
    await pause(signal);
  }
  return sum;
}

function projected({ n, dim, data }: SpacePoints, vectors: Float64Array, axis: number): Float64Array {
  const along = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let t = 0; t < dim; t++) sum += data[i * dim + t]! * vectors[axis * dim + t]!;
    along[i] = sum;
  }
  return along;
}
