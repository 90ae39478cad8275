import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compensatedSum, mean } from '../../../src/numerics/sums.ts';

test('what plain summation would lose is kept, whichever operand is larger', () => {
  assert.equal(compensatedSum(Float64Array.of(1, 1e100, 1, -1e100)), 2);
  assert.equal(compensatedSum(Float64Array.of(1e16, 1, 1, -1e16)), 2);
  assert.equal(compensatedSum(new Float64Array(10).fill(0.1)), 1);
  assert.equal(compensatedSum(new Float64Array(0)), 0);
});

test('the mean of values', () => {
  assert.equal(mean(Float64Array.of(1, 2, 6)), 3);
});

test('no values, NaN and infinities have no mean', () => {
  for (const values of [[], [1, Number.NaN], [1, Infinity], [Infinity, -Infinity]]) {
    assert.throws(() => mean(Float64Array.from(values)), RangeError);
  }
});
