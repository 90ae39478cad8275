import assert from 'node:assert/strict';
import { test } from 'node:test';
import { circularDistance, circularMean, directionDegrees } from '../../../src/numerics/circular.ts';

test('the mean of angles on both sides of 0 is 0, not 180', () => {
  const mean = circularMean(Float64Array.of(350, 10))!;
  assert.ok(circularDistance(mean, 0) < 1e-9 && mean >= 0 && mean < 360, `${mean}`);
  assert.ok(Math.abs(circularMean(Float64Array.of(80, 100, 90))! - 90) < 1e-9);
  assert.ok(Math.abs(circularMean(Float64Array.of(-30, 690, 1050))! - 330) < 1e-9);
});

test('angles that cancel, and no angles, have no mean', () => {
  assert.equal(circularMean(Float64Array.of(0, 180)), null);
  assert.equal(circularMean(Float64Array.of(0, 120, 240)), null);
  assert.equal(circularMean(new Float64Array(0)), null);
});

test('an angle that is not finite is refused', () => {
  for (const wrong of [Number.NaN, Infinity]) {
    assert.throws(() => circularMean(Float64Array.of(10, wrong)), RangeError);
  }
});

test('directions lie in [0, 360), a tiny negative angle at 0', () => {
  assert.equal(directionDegrees(1, 0), 0);
  assert.equal(directionDegrees(0, 1), 90);
  assert.equal(directionDegrees(0, -1), 270);
  assert.equal(directionDegrees(1, -1e-300), 0);
});

test('the distance of two directions goes the short way round', () => {
  assert.equal(circularDistance(350, 10), 20);
  assert.equal(circularDistance(10, 350), 20);
  assert.equal(circularDistance(0, 180), 180);
  assert.equal(circularDistance(370, 10), 0);
});
