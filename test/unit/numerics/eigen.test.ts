import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixSigns, symmetricEigen } from '../../../src/numerics/eigen.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

test('a 2 × 2 matrix has the eigenpairs worked out by hand', () => {
  const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
  const h = Math.SQRT1_2;
  assertClose(values, [3, 1], 1e-15);
  assertClose(vectors, [h, h, h, -h], 1e-15);
});

test('a diagonal matrix gives its diagonal in descending order and unit vectors', () => {
  const { values, vectors } = symmetricEigen(Float64Array.of(1, 0, 0, 0, -4, 0, 0, 0, 9), 3);
  assert.deepEqual([...values], [9, 1, -4]);
  assert.deepEqual([...vectors], [0, 0, 1, 1, 0, 0, 0, 1, 0]);
});

test('one number, a zero matrix and a repeated eigenvalue are decomposed', () => {
  assert.deepEqual([...symmetricEigen(Float64Array.of(-5), 1).values], [-5]);
  assert.deepEqual([...symmetricEigen(new Float64Array(9), 3).values], [0, 0, 0]);
  // ones · onesᵀ + I: 4 once, 1 twice.
  const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 1, 2, 1, 1, 1, 2), 3);
  assertClose(values, [4, 1, 1], 1e-14);
  assert.ok(worstOverlap(vectors, 3, 3) < 1e-14);
});

test('the second difference matrix has its known spectrum 2 − 2 cos(kπ/(n+1))', () => {
  const n = 60;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    matrix[i * n + i] = 2;
    if (i > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = -1;
  }
  const expected = Array.from({ length: n }, (_, i) => 2 - 2 * Math.cos(((n - i) * Math.PI) / (n + 1)));
  assertClose(symmetricEigen(matrix, n).values, expected, 1e-13);
});

test('the 8 × 8 Hilbert matrix keeps small eigenvalues to the precision of the largest', () => {
  const n = 8;
  const matrix = Float64Array.from({ length: n * n }, (_, i) => 1 / (Math.floor(i / n) + (i % n) + 1));
  // Computed with 50 digits.
  const expected = [
    1.6959389969219495, 0.29812521131693071, 0.026212843578119048, 0.0014676881177418673,
    5.4369433697499424e-5, 1.2943320918728115e-6, 1.7988737458175767e-8, 1.1115389663724424e-10,
  ];
  assertClose(symmetricEigen(matrix, n).values, expected, 1e-15);
});

test('a random matrix is rebuilt from its eigenpairs, which are orthonormal', () => {
  const n = 120;
  const random = new SeededRandom(7);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = random.nextNormal();
  }
  const { values, vectors } = symmetricEigen(matrix, n);
  assert.ok(worstOverlap(vectors, n, n) < 1e-10);
  const rebuilt = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        rebuilt[i * n + j]! += values[k]! * vectors[k * n + i]! * vectors[k * n + j]!;
      }
    }
  }
  assertClose(rebuilt, matrix, 1e-12);
});

test('only the lower triangle is read', () => {
  assertClose(symmetricEigen(Float64Array.of(2, 99, 1, 2), 2).values, [3, 1], 1e-15);
});

test('in each vector the entry of largest magnitude is made positive', () => {
  const vectors = Float64Array.of(0.5, -2, 1, 3, -1, 0);
  fixSigns(vectors, 3);
  assert.deepEqual([...vectors], [-0.5, 2, -1, 3, -1, 0]);
});

test('a wrong length and numbers that are not finite are refused', () => {
  assert.throws(() => symmetricEigen(new Float64Array(5), 2), /not 5 for n = 2/);
  assert.throws(() => symmetricEigen(new Float64Array(0), 0), RangeError);
  assert.throws(() => symmetricEigen(Float64Array.of(1, NaN, NaN, 1), 2), /finite/);
  assert.throws(() => symmetricEigen(Float64Array.of(Infinity), 1), /finite/);
});

/** Largest |⟨v_i, v_j⟩ − δ_ij|. */
function worstOverlap(vectors: Float64Array, count: number, n: number): number {
  let worst = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      let dot = i === j ? -1 : 0;
      for (let k = 0; k < n; k++) dot += vectors[i * n + k]! * vectors[j * n + k]!;
      worst = Math.max(worst, Math.abs(dot));
    }
  }
  return worst;
}

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    assert.ok(
      Math.abs(actual[i]! - expected[i]!) <= tolerance,
      `entry ${i}: ${actual[i]!} is not within ${tolerance} of ${expected[i]!}`,
    );
  }
}
