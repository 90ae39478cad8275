import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreement, probePixels } from '../../../src/models/providerTrial.ts';

const size = { width: 8, height: 8 };
const result = (...values: readonly number[]) => ({
  embeddings: Float32Array.from(values),
  norms: null,
  dim: 2,
});

test('the agreement is the smallest cosine of the rows looked at', () => {
  // Rows (1,0)·(1,0) = 1 and (3,4)·(4,3)/25 = 0.96.
  assert.equal(agreement(result(1, 0, 3, 4), result(2, 0, 4, 3), 2), 0.96);
  assert.equal(agreement(result(1, 0, 3, 4), result(2, 0, 4, 3), 1), 1);
});

test('a NaN on one side, or another width, is no agreement', () => {
  assert.ok(!(agreement(result(1, 0), result(NaN, 0), 1) > 0.9999));
  assert.ok(!(agreement(result(1, 0), { ...result(1, 0), dim: 1 }, 1) > 0.9999));
});

test('NaN in a later row is not hidden by good rows around it', () => {
  const broken = result(1, 0, NaN, 0, 1, 0);
  assert.ok(!(agreement(result(1, 0, 1, 0, 1, 0), broken, 3) > 0.9999));
});

test('equal rows agree even where they are zero', () => {
  assert.equal(agreement(result(0, 0), result(0, 0), 1), 1);
});

test('probes are the same each time; variants share their first row only', () => {
  const rowBytes = 8 * 8 * 3;
  const [first, again, variant] = [1, 1, 2].map((number) => probePixels(size, 2, number));
  assert.deepEqual(first, again);
  assert.deepEqual(first!.subarray(0, rowBytes), variant!.subarray(0, rowBytes));
  assert.notDeepEqual(first!.subarray(rowBytes), variant!.subarray(rowBytes));
  assert.notDeepEqual(first!.subarray(0, rowBytes), first!.subarray(rowBytes));
});
