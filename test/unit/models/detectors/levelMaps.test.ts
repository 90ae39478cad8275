import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAppError } from '../../../../src/domain/appError.ts';
import { levelMaps } from '../../../../src/models/detectors/levelMaps.ts';

const levels = [{ stride: 8, scores: ['s'], boxes: 'b', landmarks: null }];
const picture = { width: 32, height: 16 };

function outputs(nScores: number, shape: readonly number[]) {
  return {
    s: { data: new Float32Array(nScores).fill(0.5), shape },
    b: { data: new Float32Array(8 * 2 * 4), shape: [16, 4] },
  };
}

test('outputs become maps of the picture’s cells, with a batch axis or without', () => {
  for (const shape of [
    [16, 1],
    [1, 16, 1],
  ]) {
    const [map] = levelMaps(outputs(16, shape), levels, 2, picture);
    assert.deepEqual([map?.columns, map?.rows, map?.stride, map?.landmarks], [4, 2, 8, null]);
    assert.equal(map?.scores[0]?.length, 16);
  }
});

test('an output of another size is named with what a detector would have there', () => {
  assert.throws(
    () => levelMaps(outputs(15, [15, 1]), levels, 2, picture),
    (error) =>
      isAppError(error, 'modelNotDetector') &&
      /«s» has 15 values for a picture of 32 × 16.* 16 float32/.test(error.message),
  );
});

test('an output that is missing, or of another type, is no map', () => {
  const { b } = outputs(16, [16, 1]);
  const bytes = { data: new Uint8Array(16), shape: [16, 1] };
  for (const broken of [{ b }, { s: bytes, b }])
    assert.throws(
      () => levelMaps(broken, levels, 2, picture),
      (error) => isAppError(error, 'modelNotDetector'),
    );
});
