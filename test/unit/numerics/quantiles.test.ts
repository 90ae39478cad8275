import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, quantile } from '../../../src/numerics/quantiles.ts';

test('the median of an odd number of values is one of them, of an even number between two', () => {
  assert.equal(median(Float64Array.of(9, 1, 5)), 5);
  assert.equal(median(Float64Array.of(9, 1, 5, 4)), 4.5);
  assert.equal(median(Float64Array.of(7)), 7);
});

test('quantiles interpolate as NumPy does', () => {
  const values = Float64Array.of(40, 10, 20, 30);
  assert.equal(quantile(values, 0), 10);
  assert.equal(quantile(values, 1), 40);
  assert.equal(quantile(values, 0.25), 17.5);
  assert.ok(Math.abs(quantile(values, 0.9) - 37) < 1e-12);
});

test('the values keep their order', () => {
  const values = Float64Array.of(3, 1, 2);
  median(values);
  assert.deepEqual([...values], [3, 1, 2]);
});

test('no values, values that are not finite, and q outside [0, 1] are refused', () => {
  assert.throws(() => median(new Float64Array(0)), /no values/);
  for (const wrong of [Number.NaN, Infinity, -Infinity]) {
    assert.throws(() => median(Float64Array.of(1, wrong, 2)), /not a finite number/);
  }
  for (const q of [-0.1, 1.1, Number.NaN]) {
    assert.throws(() => quantile(Float64Array.of(1), q), /lies in \[0, 1\]/);
  }
});
