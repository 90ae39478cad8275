import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { mirrorImages, sumOfMirrored } from '../../../src/models/flip.ts';

test('each line of each image is turned, its colours kept in order', () => {
  // Two images of 2 rows × 3 columns.
  const pixels = Uint8Array.from({ length: 2 * 2 * 3 * 3 }, (_, i) => i);
  const mirrored = mirrorImages(pixels, 3);
  assert.deepEqual([...mirrored.subarray(0, 9)], [6, 7, 8, 3, 4, 5, 0, 1, 2]);
  assert.deepEqual([...mirrored.subarray(27)], [33, 34, 35, 30, 31, 32, 27, 28, 29]);
  assert.deepEqual(mirrorImages(mirrored, 3), pixels);
});

test('raw embeddings are added as they are', () => {
  const { embeddings, norms } = sumOfMirrored(
    { embeddings: Float32Array.of(1, 2, 3, 4), norms: null, dim: 2 },
    { embeddings: Float32Array.of(3, 0, -3, -4), norms: null, dim: 2 },
    false,
  );
  assert.deepEqual([...embeddings], [4, 2, 0, 0]);
  assert.deepEqual([...norms!], [...Float32Array.of(Math.sqrt(5), 0)]);
});

test('where the model divides, the sum is divided, and its norm is half its length', () => {
  const { embeddings, norms } = sumOfMirrored(
    { embeddings: Float32Array.of(3, 0, 1, 0), norms: Float32Array.of(3, 1), dim: 2 },
    { embeddings: Float32Array.of(0, 4, -1, 0), norms: Float32Array.of(4, 1), dim: 2 },
    true,
  );
  assert.deepEqual([...norms], [2.5, 0]);
  assert.deepEqual([...embeddings], [...Float32Array.of(0.6, 0.8, 0, 0)]);
});

test('vectors whose length is not the norm that comes with them are not raw, and refused', () => {
  const unit = { embeddings: Float32Array.of(1, 0), norms: Float32Array.of(20), dim: 2 };
  assert.throws(
    () => sumOfMirrored(unit, unit, false),
    (error) =>
      isAppError(error, 'settingInvalid') && error.message.includes('length 1.000 with the norm 20.00'),
  );
});

test('a vector that is not finite stays so and is no reason to refuse', () => {
  const broken = { embeddings: Float32Array.of(NaN, 0), norms: Float32Array.of(NaN), dim: 2 };
  assert.ok(Number.isNaN(sumOfMirrored(broken, broken, true).embeddings[0]));
});
