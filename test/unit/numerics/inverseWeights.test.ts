import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InverseWeights } from '../../../src/numerics/inverseWeights.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

const near = 0.01;

/** Points on a line through 0, their products and some cosines, row by row of the upper triangle. */
function line(xs: readonly number[], cosine: (i: number, j: number) => number, root: boolean) {
  const lengths = Float64Array.from(xs, (x) => x * x);
  const weights = new InverseWeights(lengths, xs.length ** 2, near, root);
  // What lies beside the pairs must not count.
  weights.products.fill(-1e30);
  weights.cosines.fill(1e30);
  xs.forEach((x, i) => {
    for (let j = i + 1; j < xs.length; j++) {
      weights.products[i * xs.length + j] = x * xs[j]!;
      weights.cosines[i * xs.length + j] = cosine(i, j);
    }
  });
  const left = xs.map((_, i) => weights.addRow(i, i * xs.length + i + 1));
  return { weights, left };
}

test('three points by hand, by distance and by its square', () => {
  // Distances 1, 3 and 2; energies 0.5, 1 and 2.
  const energies = new Map([
    ['0 1', 0.5],
    ['0 2', 1],
    ['1 2', 2],
  ]);
  const cosine = (i: number, j: number) => 1 - energies.get(`${i} ${j}`)!;
  const byDistance = line([-1, 0, 2], cosine, true).weights.means();
  const bySquare = line([-1, 0, 2], cosine, false).weights.means();
  const close = (found: Float64Array, expected: readonly number[]) =>
    expected.forEach((value, i) =>
      assert.ok(Math.abs(found[i]! - value) < 1e-6, `${found[i]}, not ${value}`),
    );
  close(byDistance, [
    (0.5 + 1 / 3) / (1 + 1 / 3),
    (0.5 + 2 / 2) / (1 + 1 / 2),
    (1 / 3 + 2 / 2) / (1 / 3 + 1 / 2),
  ]);
  close(bySquare, [
    (0.5 + 1 / 9) / (1 + 1 / 9),
    (0.5 + 2 / 4) / (1 + 1 / 4),
    (1 / 9 + 2 / 4) / (1 / 9 + 1 / 4),
  ]);
});

test('pairs that are too near are named, not added, and count once they are', () => {
  const { weights, left } = line([5, 5.0001, -5, 5.0001], () => 0.25, true);
  assert.deepEqual(left, [[1, 3], [3], [], []]);
  weights.addPair(1, 3, 1, 7);
  const [first, second] = weights.means();
  assert.ok(Math.abs(first! - 0.75) < 1e-6);
  assert.ok(Math.abs(second! - (7 + 0.75 / 10.0001) / (7 + 1 / 10.0001)) < 1e-6);
});

test('a point that all others are too near to has no mean', () => {
  const { weights, left } = line([1, 1], () => 0, true);
  assert.deepEqual(left, [[1], []]);
  assert.ok(weights.means().every(Number.isNaN));
});

for (const n of [2, 5, 8, 15, 31, 130]) {
  for (const root of [true, false]) {
    test(`${n} points have the means that plain loops find, ${root ? 'by distance' : 'by its square'}`, () => {
      const random = new SeededRandom(n);
      const xs = Array.from({ length: n }, () => random.nextNormal());
      const table = Array.from({ length: n * n }, () => 2 * random.nextFloat() - 1);
      const cosine = (i: number, j: number) => table[Math.min(i, j) * n + Math.max(i, j)]!;
      const { weights, left } = line(xs, cosine, root);
      const weight = (i: number, j: number) =>
        root ? 1 / Math.abs(xs[i]! - xs[j]!) : 1 / (xs[i]! - xs[j]!) ** 2;
      let nLeft = 0;
      left.forEach((others, i) => {
        for (const j of others) {
          assert.ok((xs[i]! - xs[j]!) ** 2 < 1.001 * near * (xs[i]! ** 2 + xs[j]! ** 2));
          weights.addPair(i, j, 1 - cosine(i, j), weight(i, j));
          nLeft++;
        }
      });
      assert.ok(n < 15 || nLeft > 0);
      weights.means().forEach((mean, i) => {
        let [sum, total] = [0, 0];
        for (let j = 0; j < n; j++) {
          if (j === i) continue;
          sum += weight(i, j) * (1 - cosine(i, j));
          total += weight(i, j);
        }
        assert.ok(Math.abs(mean - sum / total) < 1e-5, `point ${i}: ${mean}, not ${sum / total}`);
      });
    });
  }
}
