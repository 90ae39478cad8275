import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composeAffine, invertAffine, mapPoints } from '../../../../src/numerics/geometry/affine.ts';

const turn = [0, -1, 5, 1, 0, 2] as const;
const scale = [2, 0, 1, 0, 2, -1] as const;

test('composing is mapping by the first, then by the second', () => {
  // (3, 4) → (7, 7) by the scale → (−7 + 5, 7 + 2) by the turn.
  assert.deepEqual([...mapPoints(composeAffine(turn, scale), [3, 4])], [-2, 9]);
  assert.deepEqual([...mapPoints(turn, mapPoints(scale, [3, 4]))], [-2, 9]);
});

test('a map composed with its inverse is the identity', () => {
  assert.deepEqual([...composeAffine(invertAffine(scale), scale)], [1, 0, 0, 0, 1, 0]);
});
