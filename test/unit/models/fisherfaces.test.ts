import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fisherDirections, scatterShrinkage } from '../../../src/models/fisherfaces.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';

// Two people along the first axis, two pictures each that differ along the second one only:
// (−2, ±1) and (2, ±1). Between: (4, 0; 0, 0). Within: (0, 0; 0, 1), of trace 1.
const scores = Float64Array.of(-2, -2, 2, 2, -1, 1, -1, 1);
const identities = Int32Array.of(7, 7, 3, 3);

test('the discriminant of a case by hand points from one person to the other', async () => {
  const fisher = await fisherDirections(scores, 2, identities, plainMatrixProduct);
  assert.equal(fisher?.dim, 1);
  // Shrunk scatter along the first axis: γ · 1 / 2; so wᵀ S w = 1 gives w₁ = √(2/γ).
  const [first, second] = fisher.directions;
  assert.ok(Math.abs(Math.abs(first!) - Math.sqrt(2 / scatterShrinkage)) < 1e-12);
  assert.ok(Math.abs(second!) < 1e-12);
});

test('an identity with one image is left out', async () => {
  const withStranger = Float64Array.of(-2, -2, 2, 2, 50, -1, 1, -1, 1, 90);
  const fisher = await fisherDirections(withStranger, 2, Int32Array.of(7, 7, 3, 3, 1), plainMatrixProduct);
  const without = await fisherDirections(scores, 2, identities, plainMatrixProduct);
  assert.equal(fisher?.dim, 1);
  fisher.directions.forEach((x, i) => assert.ok(Math.abs(x - without!.directions[i]!) < 1e-12));
});

test('there are one fewer directions than identities, and the best comes first', async () => {
  // Three people on a line along the first axis, a little apart along the second.
  const three = Float64Array.of(-9, -9, 0, 0, 9, 9, 0.1, -0.1, 1.1, 0.9, 0.1, -0.1);
  const fisher = await fisherDirections(three, 2, Int32Array.of(0, 0, 1, 1, 2, 2), plainMatrixProduct);
  assert.equal(fisher?.dim, 2);
  const [a, b, c, d] = fisher.directions;
  assert.ok(Math.abs(a!) > Math.abs(b!) && Math.abs(d!) > Math.abs(c!));
});

test('one identity, or images that do not differ within identities, give nothing', async () => {
  assert.equal(await fisherDirections(scores, 2, Int32Array.of(1, 1, 1, 1), plainMatrixProduct), null);
  assert.equal(await fisherDirections(scores, 2, Int32Array.of(1, 2, 3, 4), plainMatrixProduct), null);
  const still = Float64Array.of(-1, -1, 1, 1);
  assert.equal(await fisherDirections(still, 1, identities, plainMatrixProduct), null);
});
