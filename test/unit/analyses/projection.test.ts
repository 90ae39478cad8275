import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  projectEmbeddings,
  type ProjectionContext,
  type ProjectionOptions,
} from '../../../src/analyses/projection.ts';
import { isAppError } from '../../../src/domain/appError.ts';
import type { EmbeddingMatrix } from '../../../src/domain/embeddingMatrix.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { plainSingleProduct } from '../../../src/numerics/singleMatrixProduct.ts';
import { trustworthiness } from '../../support/trustworthiness.ts';

const context: ProjectionContext = {
  signal: new AbortController().signal,
  progress: () => undefined,
  product: plainMatrixProduct,
  singleProduct: plainSingleProduct,
};
const euclidean: ProjectionOptions = { metric: 'euclidean', neighbours: 15, minDistance: 0.1, seed: 1 };

test('three well separated clusters stay apart', async () => {
  const random = new SeededRandom(3);
  const matrix = matrixOf(150, 8, (i, t) => (t === i % 3 ? 20 : 0) + random.nextNormal());
  const { umap } = await projectEmbeddings(matrix, euclidean, context);
  const centres = [0, 1, 2].map((cluster) => middleOf(umap, (i) => i % 3 === cluster));
  for (let i = 0; i < 150; i++) {
    const distances = centres.map(({ x, y }) => Math.hypot(umap.x[i]! - x, umap.y[i]! - y));
    const others = distances.filter((_, cluster) => cluster !== i % 3);
    assert.ok(2 * distances[i % 3]! < Math.min(...others), `point ${i}: ${distances.join(', ')}`);
  }
});

test('a rolled sheet is shown more truly by UMAP than by principal components', async () => {
  const random = new SeededRandom(5);
  const places = Array.from({ length: 400 }, () => ({
    angle: 1.5 * Math.PI * (1 + 2 * random.nextFloat()),
    height: 50 * random.nextFloat(),
  }));
  const matrix = matrixOf(400, 3, (i, t) => {
    const { angle, height } = places[i]!;
    return t === 0 ? angle * Math.cos(angle) : t === 1 ? angle * Math.sin(angle) : height;
  });
  const { umap, pca } = await projectEmbeddings(matrix, euclidean, context);
  const trust = [umap, pca].map((picture) => trustworthiness(matrix.data, 3, flat(picture), 2, 10));
  assert.ok(trust[0]! > 0.95 && trust[0]! > trust[1]! + 0.05, trust.join(', '));
});

test('the same seed gives the same picture to the last bit, another seed another one', async () => {
  const random = new SeededRandom(7);
  const matrix = matrixOf(60, 5, () => random.nextNormal());
  const run = (seed: number) => projectEmbeddings(matrix, { ...euclidean, seed }, context);
  const [first, again, other] = [await run(1), await run(1), await run(2)];
  assert.deepEqual(again, first);
  assert.notDeepEqual(other.umap, first.umap);
  assert.deepEqual(other.neighbours, first.neighbours);
});

test('with cosine, lengths do not matter and distances are 1 − cos', async () => {
  // Directions at 0°, 60°, 90°, of different lengths.
  const half = Math.sqrt(3) / 2;
  const matrix = { rows: 3, dim: 2, data: Float32Array.of(2, 0, 5, 10 * half, 0, 0.1) };
  const { neighbours } = await projectEmbeddings(matrix, { ...euclidean, metric: 'cosine' }, context);
  assert.deepEqual([...neighbours.index], [1, 2, 2, 0, 1, 0]);
  [0.5, 1, 1 - half, 0.5, 1 - half, 1].forEach((wanted, i) => {
    assert.ok(Math.abs(neighbours.distance[i]! - wanted) < 1e-6, String(i));
  });
});

test('principal components of points on a cross are its bars, with their shares', async () => {
  const matrix = { rows: 4, dim: 3, data: Float32Array.of(3, 1, 1, -1, 1, 1, 1, 2, 1, 1, 0, 1) };
  const { pca } = await projectEmbeddings(matrix, euclidean, context);
  assertNear(pca.x, [2, -2, 0, 0]);
  assertNear(pca.y, [0, 0, 1, -1]);
  assertNear(pca.explained, [0.8, 0.2]);
});

test('one dimension, or one place for all, still has a picture of finite numbers', async () => {
  for (const matrix of [matrixOf(20, 1, (i) => i), matrixOf(20, 4, () => 0), matrixOf(3, 2, (i) => i)]) {
    for (const metric of ['euclidean', 'cosine'] as const) {
      const { umap, pca } = await projectEmbeddings(matrix, { ...euclidean, metric }, context);
      for (const values of [umap.x, umap.y, pca.x, pca.y, pca.explained]) {
        assert.ok(values.every(Number.isFinite));
      }
    }
  }
});

test('fewer than three points are refused', async () => {
  await assert.rejects(
    projectEmbeddings(
      matrixOf(2, 2, (i) => i),
      euclidean,
      context,
    ),
    RangeError,
  );
});

test('progress grows to 1, and a cancel between epochs ends it', async () => {
  const matrix = matrixOf(40, 3, (i, t) => Math.sin(i * (t + 1)));
  const shares: number[] = [];
  await projectEmbeddings(matrix, euclidean, { ...context, progress: (share) => shares.push(share) });
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => a - b),
  );
  assert.equal(shares.at(-1), 1);
  const abort = new AbortController();
  const running = projectEmbeddings(matrix, euclidean, {
    ...context,
    signal: abort.signal,
    progress: (_, step) => step === 'layout' && abort.abort(),
  });
  await assert.rejects(running, (error) => isAppError(error, 'cancelled'));
});

function matrixOf(rows: number, dim: number, value: (i: number, t: number) => number): EmbeddingMatrix {
  const data = Float32Array.from({ length: rows * dim }, (_, at) => value(Math.floor(at / dim), at % dim));
  return { rows, dim, data };
}

interface Picture {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

function flat({ x, y }: Picture): Float64Array {
  return Float64Array.from({ length: 2 * x.length }, (_, at) => (at % 2 === 0 ? x : y)[at >> 1]!);
}

function middleOf(
  { x, y }: Picture,
  belongs: (i: number) => boolean,
): { readonly x: number; readonly y: number } {
  const own = Array.from(x.keys()).filter(belongs);
  const mean = (values: Float64Array) => own.reduce((sum, i) => sum + values[i]!, 0) / own.length;
  return { x: mean(x), y: mean(y) };
}

function assertNear(values: ArrayLike<number>, wanted: readonly number[]): void {
  wanted.forEach((value, i) => assert.ok(Math.abs(values[i]! - value) < 1e-6, `${i}: ${values[i]}`));
}
