import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '../../../src/numerics/random.ts';
import {
  countRanks,
  probabilityOfSmaller,
  probabilityOfSmallerRanks,
} from '../../../src/numerics/rankSum.ts';

test('by hand: smaller counts one, equal a half', () => {
  // 1 < 2, 1 < 3, 2 = 2, 2 < 3.
  assert.equal(probabilityOfSmaller(Float64Array.of(1, 2), Float64Array.of(2, 3)), 3.5 / 4);
  assert.equal(probabilityOfSmaller(Float64Array.of(2, 3), Float64Array.of(1, 2)), 0.5 / 4);
  assert.equal(probabilityOfSmaller(Float64Array.of(5, 5, 5), Float64Array.of(5, 5)), 0.5);
  assert.equal(probabilityOfSmaller(Float64Array.of(0), Float64Array.of(1, 1)), 1);
});

test('it is the count over all pairs, ties among them', () => {
  const random = new SeededRandom(3);
  for (let round = 0; round < 20; round++) {
    const sample = () =>
      Float64Array.from({ length: 1 + random.nextInt(30) }, () => random.nextInt(12)).sort();
    const [first, second] = [sample(), sample()];
    let sum = 0;
    for (const x of first) for (const y of second) sum += x < y ? 1 : x === y ? 0.5 : 0;
    assert.equal(probabilityOfSmaller(first, second), sum / first.length / second.length);
  }
});

test('an empty sample is refused on either side', () => {
  const none = new Float64Array(0);
  assert.throws(() => probabilityOfSmaller(none, Float64Array.of(1)), RangeError);
  assert.throws(() => probabilityOfSmaller(Float64Array.of(1), none), RangeError);
});

test('counts on a grid give it to within the pairs of one cell, the ends of the range among them', () => {
  const random = new SeededRandom(8);
  const sample = (n: number, shift: number) =>
    Float64Array.from({ length: n }, () => random.nextNormal() + shift);
  const [first, second] = [sample(4000, 0), sample(3000, 0.4)];
  const all = Float64Array.from([...first, ...second]).sort();
  const grid = { min: all[0]!, max: all.at(-1)! };
  const [counts, others] = [countRanks(first, grid), countRanks(second, grid)];
  const inOneCell = counts.reduce((sum, n, cell) => sum + n * others[cell]!, 0) / 4000 / 3000;
  const exact = probabilityOfSmaller(first.sort(), second.sort());
  const found = probabilityOfSmallerRanks(counts, others);
  assert.ok(Math.abs(found - exact) <= inOneCell / 2, `${found}, not ${exact}`);
  assert.ok(inOneCell < 2e-5);
});

test('values that are all equal are in one cell', () => {
  const grid = { min: 2, max: 2 };
  const counts = countRanks(Float64Array.of(2, 2), grid);
  assert.equal(probabilityOfSmallerRanks(counts, counts), 0.5);
});
