import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapsAtEdges, ksDeviation, perturbation, signedMaximum } from '../../../src/analyses/ksDeviation.ts';

test('by hand: gaps of two distribution functions at the edges of bins', () => {
  assert.deepEqual(gapsAtEdges(Uint32Array.of(1, 3), Uint32Array.of(1, 1)), Float64Array.of(-0.25, 0));
  assert.ok(gapsAtEdges(Uint32Array.of(0, 0), Uint32Array.of(1, 1)).every(Number.isNaN));
});

test('the larger gap counts with its sign, the positive one of two', () => {
  assert.equal(signedMaximum(Float64Array.of(0.1, -0.3, 0.2)), -0.3);
  assert.equal(signedMaximum(Float64Array.of(-0.3, 0.3)), 0.3);
  assert.equal(signedMaximum(Float64Array.of(0.1, Number.NaN)), Number.NaN);
});

test('a departure at the maximum shifts it by as much, whatever the factor', () => {
  const observed = Float64Array.of(0, 0.5, 0);
  const replicate = Float64Array.of(0, 0.625, 0);
  for (const factor of [1, 2, 4]) assert.equal(ksDeviation(replicate, observed, factor), 0.125);
});

test('factor 1 gives the difference of the two signed maxima', () => {
  const observed = Float64Array.of(0.1, -0.4, 0.2);
  const replicate = Float64Array.of(0.3, -0.1, 0.2);
  assert.ok(Math.abs(ksDeviation(replicate, observed, 1) - 0.7) < 1e-15);
});

test('with no gap observed, it is the largest departure', () => {
  assert.equal(ksDeviation(Float64Array.of(0.1, -0.25), new Float64Array(2), 3), -0.25);
});

test('a replicate without pairs of a kind says nothing', () => {
  assert.equal(ksDeviation(Float64Array.of(NaN, NaN), Float64Array.of(0, 0), 3), Number.NaN);
});

test('the factor is about 3 for hundreds of identities', () => {
  assert.ok(perturbation(100) > 2.5 && perturbation(500) < 4);
});
