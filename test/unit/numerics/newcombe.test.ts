import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newcombeInterval } from '../../../src/numerics/newcombe.ts';
import { wilsonInterval } from '../../../src/numerics/wilson.ts';

const of = (count: number, n: number) => ({ share: count / n, interval: wilsonInterval(count / n, n) });

/** Table II of Newcombe (1998), method 10, to its four decimals. */
const published = [
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [0, 10, 0, 10, -0.2775, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
  [10, 10, 0, 10, 0.6075, 1],
] as const;

for (const [a, m, b, n, lower, upper] of published) {
  test(`the interval of ${a}/${m} − ${b}/${n} is the published one`, () => {
    const [low, high] = newcombeInterval(of(a, m), of(b, n));
    assert.ok(Math.abs(low - lower) < 0.00005 && Math.abs(high - upper) < 0.00005, `${low}, ${high}`);
  });
}

test('exchanged sides mirror the interval', () => {
  const [low, high] = newcombeInterval(of(56, 70), of(48, 80));
  assert.deepEqual(newcombeInterval(of(48, 80), of(56, 70)), [-high, -low]);
});
