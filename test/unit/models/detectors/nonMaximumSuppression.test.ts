import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suppressOverlaps } from '../../../../src/models/detectors/nonMaximumSuppression.ts';

function face(score: number, x: number, y: number, width: number, height: number) {
  return { score, box: { x, y, width, height }, landmarks: null };
}

const scores = (faces: readonly { readonly score: number }[]) => faces.map(({ score }) => score);

test('of two boxes that overlap too much the one of the higher score stays, whatever their order', () => {
  const faces = [face(0.6, 1, 1, 10, 10), face(0.9, 0, 0, 10, 10), face(0.7, 50, 50, 10, 10)];
  const rule = { most: 0.4, sidePixels: 0 } as const;
  assert.deepEqual(scores(suppressOverlaps(faces, rule)), [0.9, 0.7]);
});

test('one pixel in the sides decides at the limit', () => {
  // Shared 2 × 4 of 4 × 4 each: 8 / 24 = 0.3333; with a pixel more 3 × 5 of 5 × 5 each: 15 / 35 = 0.4286.
  const faces = [face(0.9, 0, 0, 4, 4), face(0.8, 2, 0, 4, 4)];
  assert.equal(suppressOverlaps(faces, { most: 0.4, sidePixels: 0 }).length, 2);
  assert.equal(suppressOverlaps(faces, { most: 0.4, sidePixels: 1 }).length, 1);
  assert.equal(suppressOverlaps(faces, { most: 0.43, sidePixels: 1 }).length, 2);
});

test('an overlap that equals the limit is allowed', () => {
  // 2 × 4 shared of 4 × 4 and 2 × 4: 8 / 16, exactly half.
  const faces = [face(0.9, 0, 0, 4, 4), face(0.8, 0, 0, 2, 4)];
  assert.equal(suppressOverlaps(faces, { most: 0.5, sidePixels: 0 }).length, 2);
  assert.equal(suppressOverlaps(faces, { most: 0.4999, sidePixels: 0 }).length, 1);
});

test('a face that went removes no other', () => {
  // The second overlaps both others by 7 / 13; the third overlaps the first by 4 / 16 only.
  const faces = [face(0.9, 0, 0, 10, 1), face(0.8, 3, 0, 10, 1), face(0.7, 6, 0, 10, 1)];
  assert.deepEqual(scores(suppressOverlaps(faces, { most: 0.4, sidePixels: 0 })), [0.9, 0.7]);
});

test('boxes side by side, and apart in one direction only, do not overlap', () => {
  const faces = [face(0.9, 0, 0, 10, 10), face(0.8, 10, 0, 10, 10), face(0.7, 0, 30, 10, 10)];
  assert.equal(suppressOverlaps(faces, { most: 0, sidePixels: 0 }).length, 3);
});

test('equal scores keep their order', () => {
  const faces = [face(0.5, 0, 0, 1, 1), face(0.5, 9, 0, 1, 1), face(0.9, 20, 0, 1, 1)];
  const kept = suppressOverlaps(faces, { most: 0.4, sidePixels: 0 });
  assert.deepEqual(
    kept.map(({ box }) => box.x),
    [20, 0, 9],
  );
});

test('a model that finds faces everywhere gives no more than 5000', () => {
  const faces = Array.from({ length: 6000 }, (_, i) => face(i / 6000, 10 * i, 0, 1, 1));
  const kept = suppressOverlaps(faces, { most: 0.4, sidePixels: 0 });
  assert.deepEqual([kept.length, kept.at(-1)?.score], [5000, 1000 / 6000]);
});

test('without faces there are none', () => {
  assert.deepEqual(suppressOverlaps([], { most: 0.4, sidePixels: 1 }), []);
});
