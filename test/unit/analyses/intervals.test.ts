import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviationInterval, percentileInterval } from '../../../src/analyses/intervals.ts';

/** 0, 1, …, 40: its quantiles of 2.5 and 97.5 % are 1 and 39. */
const steps = Float64Array.from({ length: 41 }, (_, i) => i);

test('percentiles leave 2.5 % on either side', () => {
  assert.deepEqual(percentileInterval(steps), [1, 39]);
});

test('deviations are taken off the estimate, so that their order turns round', () => {
  const deviations = steps.map((step) => step / 64);
  assert.deepEqual(deviationInterval(0.5, deviations), [0.5 - 39 / 64, 0.5 - 1 / 64]);
});

test('the interval ends where the statistic can', () => {
  assert.deepEqual(deviationInterval(0, steps), [-1, -1]);
  assert.deepEqual(deviationInterval(0, steps, 2), [-2, -1]);
});

test('replicates without a value do not count, and too few give no interval', () => {
  assert.deepEqual(percentileInterval(Float64Array.of(...steps, Number.NaN, Infinity)), [1, 39]);
  const few = Float64Array.of(...steps.slice(0, 19), Number.NaN);
  assert.equal(percentileInterval(few), null);
  assert.equal(deviationInterval(0, few), null);
});
