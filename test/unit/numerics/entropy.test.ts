import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kernelDensityEntropy, shannonEntropy } from '../../../src/numerics/entropy.ts';

test('entropy is 0 for one value, ln k for k equal counts', () => {
  assert.equal(shannonEntropy([5, 0]), 0);
  assert.ok(Math.abs(shannonEntropy([3, 3]) - Math.LN2) < 1e-15);
  assert.ok(Math.abs(shannonEntropy(new Float64Array(101).fill(0.2)) - Math.log(101)) < 1e-12);
});

test('by hand: counts 1 and 3', () => {
  assert.ok(Math.abs(shannonEntropy([1, 3]) - (2 * Math.LN2 - 0.75 * Math.log(3))) < 1e-15);
});

test('counts without anything have no entropy', () => {
  for (const counts of [[], [0, 0], [Number.NaN, 1]]) {
    assert.throws(() => shannonEntropy(counts), RangeError);
  }
});

test('a density of one value in the middle has the entropy of a Gaussian on the grid', () => {
  // Differential entropy ½ ln(2πe h²), plus −ln of the grid step 0.02.
  const expected = 0.5 * Math.log(2 * Math.PI * Math.E * 0.1 ** 2) - Math.log(0.02);
  assert.ok(Math.abs(kernelDensityEntropy(Float64Array.of(0), 0.1) - expected) < 1e-9);
});

test('a density of no values has no entropy', () => {
  assert.throws(() => kernelDensityEntropy(new Float64Array(0), 0.1), RangeError);
});
