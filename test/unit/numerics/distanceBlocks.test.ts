import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceOfSquare, squaredLength } from '../../../src/analyses/pairDistances.ts';
import {
  type BlockPart,
  DistanceBlocks,
  giveBackBlocks,
  rowScaler,
  sizeOf,
  takeBlocks,
} from '../../../src/numerics/distanceBlocks.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

const parts: readonly BlockPart[] = ['all', 'above'];

for (const [rows, columns] of [
  [1, 1],
  [3, 4],
  [4, 7],
  [9, 9],
] as const) {
  for (const part of parts) {
    test(`${rows} × ${columns}, ${part}: the distances of the scalar formula to the last bit, and how many are safe`, () => {
      const random = new SeededRandom(rows * columns);
      const draw = (n: number, scale: number) =>
        Float64Array.from({ length: n }, () => scale * (2 * random.nextFloat() - 1));
      const blocks = new DistanceBlocks(rows * columns);
      const products = draw(rows * columns, 1.02);
      const rowSquares = draw(rows, 0.3).map((x) => 1 + x);
      const columnSquares = draw(columns, 0.3).map((x) => 1 + x);
      const expected: Record<'cosine' | 'euclidean', { distances: number[]; nSafe: number }> = {
        cosine: { distances: [], nSafe: 0 },
        euclidean: { distances: [], nSafe: 0 },
      };
      for (let i = 0; i < rows; i++) {
        for (let j = part === 'above' ? i + 1 : 0; j < columns; j++) {
          for (const metric of ['cosine', 'euclidean'] as const) {
            const scale = metric === 'cosine' ? 2 : rowSquares[i]! + columnSquares[j]!;
            const square = scale - 2 * products[i * columns + j]!;
            expected[metric].distances.push(distanceOfSquare(square, metric === 'cosine'));
            if (square >= 0.01 * scale && square <= 2 * scale) expected[metric].nSafe++;
          }
        }
      }
      const out = new Float64Array(sizeOf(rows, columns, part) + 2).fill(-1);
      blocks.products.set(products);
      assert.equal(blocks.cosine(rows, columns, part, out, 1), expected.cosine.nSafe);
      assert.deepEqual([...out], [-1, ...expected.cosine.distances, -1]);
      out.fill(-1);
      assert.equal(blocks.euclidean(rowSquares, columnSquares, part, out, 1), expected.euclidean.nSafe);
      assert.deepEqual([...out], [-1, ...expected.euclidean.distances, -1]);
    });
  }
}

test('products that are no numbers are not safe', () => {
  const blocks = new DistanceBlocks(4);
  blocks.products.set([Number.NaN, 0, Infinity, -Infinity]);
  assert.equal(blocks.cosine(1, 4, 'all', new Float64Array(4), 0), 1);
});

test('blocks are taken by one at a time, and given back to the next who needs no more', () => {
  const first = takeBlocks(10);
  const second = takeBlocks(10);
  assert.notEqual(first, second);
  giveBackBlocks(first);
  assert.equal(takeBlocks(5), first);
  giveBackBlocks(first);
  assert.notEqual(takeBlocks(11), first);
});

test('rows of any length are read into float64, of unit length where asked, beside their squared length', () => {
  const random = new SeededRandom(4);
  for (let dim = 1; dim <= 9; dim++) {
    const data = Float32Array.from({ length: 3 * dim }, () => random.nextNormal());
    const expected = squaredLength({ rows: 3, dim, data }, 1);
    const out = new Float64Array(dim + 2).fill(-1);
    assert.equal(rowScaler(dim).read(data, dim, false, out, 1), expected);
    assert.deepEqual([...out], [-1, ...data.subarray(dim, 2 * dim), -1]);
    assert.equal(rowScaler(dim).read(data, dim, true, out, 1), expected);
    const unit = [...data.subarray(dim, 2 * dim)].map((x) => x * (1 / Math.sqrt(expected)));
    assert.deepEqual([...out], [-1, ...unit, -1]);
  }
});
