import { type Eigenpairs, fixSigns, symmetricEigen } from './eigen.ts';
import type { MatrixProduct } from './matrixProduct.ts';
import type { SeededRandom } from './random.ts';

/**
 * The `count` largest eigenvalues of the symmetric n × n `matrix` and their eigenvectors, without the
 * n³ operations of all of them.
 *
 * Randomised block Krylov iteration with Rayleigh–Ritz (Musco and Musco, «Randomized block Krylov methods for
 * stronger and faster approximate singular value decomposition», 2015), fully orthogonalised and restarted
 * thickly (Wu and Simon, «Thick-restart Lanczos method for large symmetric eigenvalue problems», 2000).
 * It ends when each residual ‖A v − λ v‖ is at most 10⁻¹⁰ · |λ₁|. An eigenvalue of higher multiplicity than
 * 16 may be returned fewer times than it occurs. Small matrices are decomposed as a whole.
 * `RangeError` for sizes that do not fit, numbers that are not finite, or no convergence.
 */
export async function leadingEigenpairs(
  matrix: Float64Array,
  n: number,
  count: number,
  random: SeededRandom,
  product: MatrixProduct,
): Promise<Eigenpairs> {
  if (!(Number.isInteger(count) && count >= 1 && count <= n)) {
    throw new RangeError(`leadingEigenpairs needs a count from 1 to n = ${n}, not ${count}.`);
  }
  const capacity = 3 * count + 8 * blockSize;
  if (n <= Math.max(capacity, denseLimit)) {
    const { values, vectors } = symmetricEigen(matrix, n);
    return { values: values.slice(0, count), vectors: vectors.slice(0, count * n) };
  }
  if (matrix.length !== n * n) {
    throw new RangeError(`leadingEigenpairs needs n × n numbers, not ${matrix.length} for n = ${n}.`);
  }
  const space: KrylovSpace = {
    n,
    size: 0,
    basis: new Float64Array(capacity * n),
    images: new Float64Array(capacity * n),
    next: randomBlock(n, random),
  };
  await orthonormalise(space, random, product);
  for (let block = 1; block <= maxBlocks; block++) {
    const residual = await extend(space, matrix, random, product);
    const full = space.size + blockSize > capacity;
    if (!full && (space.size < count + blockSize || block % blocksBetweenChecks !== 0)) continue;
    const ritz = await rayleighRitz(space, product);
    if (isConverged(ritz, space.size, count, residual)) return ritzVectors(space, ritz, count);
    if (full) restart(space, ritz, count + blockSize);
  }
  throw new RangeError(`leadingEigenpairs did not converge: n = ${n}, count = ${count}.`);
}

const blockSize = 16;
const blocksBetweenChecks = 6;
const denseLimit = 400;
const maxBlocks = 4000;
const tolerance = 1e-10;

interface KrylovSpace {
  readonly n: number;
  /** Rows of `basis` in use: orthonormal. */
  size: number;
  readonly basis: Float64Array;
  /** A times each row of `basis`. */
  readonly images: Float64Array;
  /** The block to be appended, orthonormal and orthogonal to `basis`. */
  next: Float64Array;
}

/** Appends `next` and makes a new one; returns W Wᵀ of its part W outside the space, before normalisation. */
async function extend(
  space: KrylovSpace,
  matrix: Float64Array,
  random: SeededRandom,
  product: MatrixProduct,
): Promise<Float64Array> {
  const { n } = space;
  const image = await product.timesTransposed(space.next, matrix, blockSize, n, n);
  if (!image.every(Number.isFinite)) throw new RangeError('leadingEigenpairs needs finite numbers.');
  space.basis.set(space.next, space.size * n);
  space.images.set(image, space.size * n);
  space.size += blockSize;
  space.next = image.slice();
  await removeBasis(space, product);
  const gram = await product.timesTransposed(space.next, space.next, blockSize, blockSize, n);
  await orthonormalise(space, random, product);
  return gram;
}

async function rayleighRitz(space: KrylovSpace, product: MatrixProduct): Promise<Eigenpairs> {
  const { n, size } = space;
  const basis = space.basis.subarray(0, size * n);
  const images = space.images.subarray(0, size * n);
  return symmetricEigen(await product.timesTransposed(images, basis, size, size, n), size);
}

/**
 * All images but the last block's lie in the space, so the residual of a Ritz vector with coefficients y is
 * Wᵀ y_last, of squared length y_lastᵀ (W Wᵀ) y_last.
 */
function isConverged(ritz: Eigenpairs, size: number, count: number, gram: Float64Array): boolean {
  const scale = Math.max(Math.abs(ritz.values[0]!), Math.abs(ritz.values[size - 1]!));
  for (let k = 0; k < count; k++) {
    const last = ritz.vectors.subarray((k + 1) * size - blockSize, (k + 1) * size);
    let square = 0;
    for (let i = 0; i < blockSize; i++) {
      for (let j = 0; j < blockSize; j++) square += last[i]! * gram[i * blockSize + j]! * last[j]!;
    }
    if (!(Math.sqrt(Math.max(square, 0)) <= tolerance * scale)) return false;
  }
  return true;
}

function ritzVectors(space: KrylovSpace, ritz: Eigenpairs, count: number): Eigenpairs {
  const vectors = combine(ritz.vectors, space.basis, count, space.size, space.n);
  fixSigns(vectors, space.n);
  return { values: ritz.values.slice(0, count), vectors };
}

/** Keeps the best `keep` Ritz vectors; `next` stays, for it spans their residuals. */
function restart(space: KrylovSpace, ritz: Eigenpairs, keep: number): void {
  const { n, size } = space;
  const basis = combine(ritz.vectors, space.basis, keep, size, n);
  const images = combine(ritz.vectors, space.images, keep, size, n);
  space.basis.set(basis);
  space.images.set(images);
  space.size = keep;
}

/** coefficients (count × size) · rows (size × n). */
function combine(
  coefficients: Float64Array,
  rows: Float64Array,
  count: number,
  size: number,
  n: number,
): Float64Array {
  const out = new Float64Array(count * n);
  for (let k = 0; k < count; k++) {
    addCombination(
      out.subarray(k * n, (k + 1) * n),
      coefficients.subarray(k * size, (k + 1) * size),
      rows,
      1,
    );
  }
  return out;
}

/**
 * Makes `next` orthonormal and orthogonal to the basis: Gram–Schmidt within, then against the basis, again
 * until that takes less than half of any row's square («twice is enough», Kahan in Parlett 1980).
 */
async function orthonormalise(
  space: KrylovSpace,
  random: SeededRandom,
  product: MatrixProduct,
): Promise<void> {
  let kept: number;
  do {
    orthonormaliseWithin(space, random);
    await removeBasis(space, product);
    kept = Math.min(...rowsOf(space).map(norm));
  } while (!(kept > Math.SQRT1_2));
  orthonormaliseWithin(space, random);
}

/** A row that vanishes (an invariant subspace was found) is drawn anew. */
function orthonormaliseWithin(space: KrylovSpace, random: SeededRandom): void {
  const rows = rowsOf(space);
  const scale = Math.max(...rows.map(norm));
  rows.forEach((row, i) => {
    removeRows(rows, i, row);
    if (!(norm(row) > 1e-12 * scale)) for (let j = 0; j < row.length; j++) row[j] = random.nextNormal();
    normalise(row);
    removeRows(rows, i, row);
    normalise(row);
  });
}

function removeRows(rows: readonly Float64Array[], count: number, row: Float64Array): void {
  for (let j = 0; j < count; j++) {
    const other = rows[j]!;
    const factor = dot(other, row);
    for (let i = 0; i < row.length; i++) row[i] = row[i]! - factor * other[i]!;
  }
}

async function removeBasis(space: KrylovSpace, product: MatrixProduct): Promise<void> {
  const { n, size, next } = space;
  if (size === 0) return;
  const basis = space.basis.subarray(0, size * n);
  const shares = await product.timesTransposed(next, basis, blockSize, size, n);
  rowsOf(space).forEach((row, i) => {
    addCombination(row, shares.subarray(i * size, (i + 1) * size), basis, -1);
  });
}

function rowsOf({ next, n }: KrylovSpace): readonly Float64Array[] {
  return Array.from({ length: blockSize }, (_, i) => next.subarray(i * n, (i + 1) * n));
}

function randomBlock(n: number, random: SeededRandom): Float64Array {
  return Float64Array.from({ length: blockSize * n }, () => random.nextNormal());
}

/** target += sign · coefficients · rows; four rows at a time, which halves the traffic of memory. */
function addCombination(
  target: Float64Array,
  coefficients: Float64Array,
  rows: Float64Array,
  sign: 1 | -1,
): void {
  const n = target.length;
  const count = coefficients.length;
  let j = 0;
  for (; j + 4 <= count; j += 4) {
    const a = sign * coefficients[j]!;
    const b = sign * coefficients[j + 1]!;
    const c = sign * coefficients[j + 2]!;
    const d = sign * coefficients[j + 3]!;
    for (let i = 0, at = j * n; i < n; i++, at++) {
      target[i] =
        target[i]! + a * rows[at]! + b * rows[at + n]! + c * rows[at + 2 * n]! + d * rows[at + 3 * n]!;
    }
  }
  for (; j < count; j++) {
    const factor = sign * coefficients[j]!;
    for (let i = 0, at = j * n; i < n; i++, at++) target[i] = target[i]! + factor * rows[at]!;
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(row: Float64Array): number {
  return Math.sqrt(dot(row, row));
}

function normalise(row: Float64Array): void {
  const length = norm(row);
  for (let i = 0; i < row.length; i++) row[i] = row[i]! / length;
}
