import assert from 'node:assert/strict';
import { test } from 'node:test';
import { symmetricEigen } from '../../../src/numerics/eigen.ts';
import { leadingEigenpairs } from '../../../src/numerics/leadingEigenpairs.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

test('a decaying spectrum is found without decomposing the whole matrix', async () => {
  const n = 600;
  const spectrum = (i: number) => 100 / (1 + i) ** 1.5;
  const matrix = withSpectrum(n, spectrum);
  const { values, vectors } = await leadingEigenpairs(matrix, n, 30, new SeededRandom(1), plainMatrixProduct);
  assert.equal(values.length, 30);
  assert.equal(vectors.length, 30 * n);
  for (let k = 0; k < 30; k++) assert.ok(Math.abs(values[k]! - spectrum(k)) < 1e-10, `eigenvalue ${k}`);
  assertEigenpairs(matrix, n, values, vectors, 1e-10 * spectrum(0));
});

test('a slowly decaying spectrum is found through restarts', async () => {
  const n = 420;
  const matrix = withSpectrum(n, (i) => 1000 - i);
  const { values, vectors } = await leadingEigenpairs(matrix, n, 5, new SeededRandom(1), plainMatrixProduct);
  for (let k = 0; k < 5; k++) assert.ok(Math.abs(values[k]! - (1000 - k)) < 1e-8, `eigenvalue ${k}`);
  assertEigenpairs(matrix, n, values, vectors, 1e-7);
});

test('a matrix of low rank gives zeros after its rank, with orthonormal vectors', async () => {
  const n = 450;
  const matrix = withSpectrum(n, (i) => (i < 3 ? 5 : 0));
  const { values, vectors } = await leadingEigenpairs(matrix, n, 6, new SeededRandom(1), plainMatrixProduct);
  [5, 5, 5, 0, 0, 0].forEach((value, k) => {
    assert.ok(Math.abs(values[k]! - value) < 1e-10, `eigenvalue ${k}`);
  });
  assertEigenpairs(matrix, n, values, vectors, 1e-9);
});

test('a small matrix gives what the whole decomposition gives', async () => {
  const matrix = withSpectrum(40, (i) => 40 - i);
  const { values, vectors } = await leadingEigenpairs(matrix, 40, 3, new SeededRandom(1), plainMatrixProduct);
  const whole = symmetricEigen(matrix, 40);
  assert.deepEqual(values, whole.values.slice(0, 3));
  assert.deepEqual(vectors, whole.vectors.slice(0, 120));
});

test('the same seed gives the same bits', async () => {
  const matrix = withSpectrum(420, (i) => 1 / (1 + i));
  const once = await leadingEigenpairs(matrix, 420, 4, new SeededRandom(9), plainMatrixProduct);
  const again = await leadingEigenpairs(matrix, 420, 4, new SeededRandom(9), plainMatrixProduct);
  assert.deepEqual(once, again);
});

test('a count outside 1..n, a wrong length and numbers that are not finite are refused', async () => {
  const random = new SeededRandom(1);
  const call = (matrix: Float64Array, n: number, count: number) =>
    leadingEigenpairs(matrix, n, count, random, plainMatrixProduct);
  await assert.rejects(call(new Float64Array(4), 2, 0), /not 0/);
  await assert.rejects(call(new Float64Array(4), 2, 3), /not 3/);
  await assert.rejects(call(new Float64Array(4), 2, NaN), /not NaN/);
  await assert.rejects(call(new Float64Array(7), 500, 2), /not 7 for n = 500/);
  await assert.rejects(call(new Float64Array(500 * 500).fill(NaN), 500, 2), /finite/);
});

/** A matrix with eigenvalues `spectrum(0)`, `spectrum(1)`…, turned by three random reflections. */
function withSpectrum(n: number, spectrum: (i: number) => number): Float64Array {
  const random = new SeededRandom(n);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = spectrum(i);
  for (let reflection = 0; reflection < 3; reflection++) {
    const v = Float64Array.from({ length: n }, () => random.nextNormal());
    const length = Math.hypot(...v);
    for (let i = 0; i < n; i++) v[i]! /= length;
    const w = multiply(matrix, n, v);
    let vw = 0;
    for (let i = 0; i < n; i++) vw += v[i]! * w[i]!;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        matrix[i * n + j]! += 4 * vw * v[i]! * v[j]! - 2 * (w[i]! * v[j]! + v[i]! * w[j]!);
      }
    }
  }
  return matrix;
}

function assertEigenpairs(
  matrix: Float64Array,
  n: number,
  values: Float64Array,
  vectors: Float64Array,
  tolerance: number,
): void {
  for (let k = 0; k < values.length; k++) {
    const vector = vectors.subarray(k * n, (k + 1) * n);
    const residual = multiply(matrix, n, vector).map((x, i) => x - values[k]! * vector[i]!);
    assert.ok(Math.hypot(...residual) <= tolerance, `residual ${k} is ${Math.hypot(...residual)}`);
    for (let j = 0; j <= k; j++) {
      let dot = j === k ? -1 : 0;
      for (let i = 0; i < n; i++) dot += vector[i]! * vectors[j * n + i]!;
      assert.ok(Math.abs(dot) < 1e-10, `overlap of ${j} and ${k} is ${dot}`);
    }
  }
}

function multiply(matrix: Float64Array, n: number, vector: Float64Array): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * vector[j]!;
    return sum;
  });
}
