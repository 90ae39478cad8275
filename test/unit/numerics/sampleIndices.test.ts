import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { sampleIndices } from '../../../src/numerics/sampleIndices.ts';

test('a sample has no repeats, is ascending, and is the same for the same seed', () => {
  const draw = (seed: number) => [...sampleIndices(1000, 400, new SeededRandom(seed))];
  const sample = draw(1);
  assert.equal(new Set(sample).size, 400);
  assert.deepEqual(
    sample,
    sample.toSorted((a, b) => a - b),
  );
  assert.ok(sample[0]! >= 0 && sample.at(-1)! < 1000);
  assert.deepEqual(draw(1), sample);
  assert.notDeepEqual(draw(2), sample);
});

test('as many as there are, or more, are all', () => {
  assert.deepEqual([...sampleIndices(4, 4, new SeededRandom(1))], [0, 1, 2, 3]);
  assert.deepEqual([...sampleIndices(4, 9, new SeededRandom(1))], [0, 1, 2, 3]);
  assert.deepEqual([...sampleIndices(0, 9, new SeededRandom(1))], []);
  assert.deepEqual([...sampleIndices(9, 0, new SeededRandom(1))], []);
});

test('every set of two in five is equally likely', () => {
  const random = new SeededRandom(7);
  const counts = new Map<string, number>();
  for (let i = 0; i < 20_000; i++) {
    const key = sampleIndices(5, 2, random).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  assert.equal(counts.size, 10);
  // 2000 expected, standard deviation 42.
  for (const [key, n] of counts) assert.ok(Math.abs(n - 2000) < 200, `${key}: ${n}`);
});

test('totals beyond 32 bits are drawn from evenly', () => {
  const total = 3 * 2 ** 50;
  const sample = sampleIndices(total, 3000, new SeededRandom(3));
  assert.equal(new Set(sample).size, 3000);
  for (let third = 0; third < 3; third++) {
    const n = sample.filter((x) => Math.floor(x / 2 ** 50) === third).length;
    assert.ok(Math.abs(n - 1000) < 130, `${third}: ${n}`);
  }
  assert.ok(sample.every(Number.isSafeInteger));
});

test('counts that are no counts are refused', () => {
  for (const [total, n] of [
    [-1, 1],
    [Number.NaN, 1],
    [2 ** 53, 1],
    [5, -1],
    [5, 1.5],
  ] as const) {
    assert.throws(() => sampleIndices(total, n, new SeededRandom(1)), RangeError);
  }
});
