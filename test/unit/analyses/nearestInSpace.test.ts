import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestInSpace, type SpacePoints } from '../../../src/analyses/nearestInSpace.ts';
import { isAppError } from '../../../src/domain/appError.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { plainSingleProduct } from '../../../src/numerics/singleMatrixProduct.ts';

const silent = { signal: new AbortController().signal, progress: () => undefined };

test('on a line the nearest are told by hand, equals by number', async () => {
  const points = { n: 4, dim: 1, data: Float32Array.of(0, 1, 2, 5) };
  const { index, square } = await nearestInSpace(points, 2, plainSingleProduct, silent);
  assert.deepEqual([...index], [1, 2, 0, 2, 1, 0, 2, 1]);
  assert.deepEqual([...square], [1, 4, 1, 1, 1, 4, 9, 16]);
});

test('across several tiles they are those of a plain search, twins at distance zero', async () => {
  const points = cloud(700, 6, 1);
  points.data.copyWithin(6 * 600, 6 * 3, 6 * 4);
  const { index, square } = await nearestInSpace(points, 5, plainSingleProduct, silent);
  for (let i = 0; i < points.n; i++) {
    assert.deepEqual([...index.subarray(i * 5, i * 5 + 5)], plainNearest(points, i, 5), `point ${i}`);
  }
  assert.equal(index[3 * 5], 600);
  assert.equal(square[600 * 5], 0);
});

test('progress grows to its total', async () => {
  const shares: number[] = [];
  const progress = (done: number, total: number) => shares.push(done / total);
  await nearestInSpace(cloud(600, 2, 2), 3, plainSingleProduct, { ...silent, progress });
  assert.equal(shares.length, 3);
  assert.deepEqual(shares, shares.toSorted());
  assert.equal(shares.at(-1), 1);
});

test('a cancel is noticed between tiles', async () => {
  const abort = new AbortController();
  const running = nearestInSpace(cloud(600, 2, 2), 3, plainSingleProduct, {
    signal: abort.signal,
    progress: () => abort.abort(),
  });
  await assert.rejects(running, (error) => isAppError(error, 'cancelled'));
});

test('no fewer than one neighbour and no more than the others', async () => {
  for (const k of [0, 4, 1.5, NaN]) {
    await assert.rejects(nearestInSpace(cloud(4, 2, 1), k, plainSingleProduct, silent), RangeError);
  }
});

function cloud(n: number, dim: number, seed: number): SpacePoints {
  const random = new SeededRandom(seed);
  return { n, dim, data: Float32Array.from({ length: n * dim }, () => random.nextNormal()) };
}

function plainNearest({ n, dim, data }: SpacePoints, i: number, k: number): number[] {
  const squares = Array.from({ length: n }, (_, j) => {
    let sum = 0;
    for (let t = 0; t < dim; t++) sum += (data[i * dim + t]! - data[j * dim + t]!) ** 2;
    return sum;
  });
  const others = squares.map((_, j) => j).filter((j) => j !== i);
  return others.sort((a, b) => squares[a]! - squares[b]! || a - b).slice(0, k);
}
