import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeScrfd } from '../../../../src/models/detectors/scrfd.ts';
import { decodeYunet } from '../../../../src/models/detectors/yunet.ts';

/** A map of 3 columns and 2 rows at stride 8 without faces. */
function emptyMap(anchors: number, scores: number) {
  const n = 6 * anchors;
  return {
    stride: 8,
    columns: 3,
    rows: 2,
    scores: Array.from({ length: scores }, () => new Float32Array(n)),
    boxes: new Float32Array(4 * n),
    landmarks: new Float32Array(10 * n),
  };
}

const tenths = Array.from({ length: 10 }, (_, k) => k / 8);

test('an anchor of SCRFD lies at the corner of its cell, and distances go left, up, right and down', () => {
  const map = emptyMap(2, 1);
  // Column 2, row 1, second anchor: cell 5, anchor 11, centre (16, 8).
  map.scores[0]![11] = 0.75;
  map.boxes.set([0.5, 1, 2, 3], 4 * 11);
  map.landmarks.set(tenths, 10 * 11);
  assert.deepEqual(decodeScrfd(map, 0.5), [
    {
      score: 0.75,
      box: { x: 16 - 4, y: 8 - 8, width: 4 + 16, height: 8 + 24 },
      landmarks: Float64Array.of(16, 9, 18, 11, 20, 13, 22, 15, 24, 17),
    },
  ]);
});

test('both anchors of a SCRFD cell have its centre', () => {
  const map = emptyMap(2, 1);
  map.scores[0]!.set([0.75, 0.5], 2);
  const places = decodeScrfd(map, 0.5).map(({ score, box }) => [score, box.x, box.y]);
  assert.deepEqual(places, [
    [0.75, 8, 0],
    [0.5, 8, 0],
  ]);
});

test('a SCRFD model without landmarks gives boxes alone', () => {
  const map = { ...emptyMap(2, 1), landmarks: null };
  map.scores[0]![0] = 0.5;
  assert.equal(decodeScrfd(map, 0.5)[0]?.landmarks, null);
});

test('the score of YuNet is the geometric mean of class and objectness, each clamped to 0..1', () => {
  const map = emptyMap(1, 2);
  map.scores[0]!.set([0.25, 4, -1, 1]);
  map.scores[1]!.set([0.25, 0.25, 0.5, 1.5]);
  assert.deepEqual(
    decodeYunet(map, 0).map(({ score }) => score),
    [0.25, 0.5, 0, 1, 0, 0],
  );
});

test('a box of YuNet is offset from its cell and as large as the exponentials say, landmarks are offsets', () => {
  const map = emptyMap(1, 2);
  // Column 1, row 1: cell 4.
  map.scores[0]![4] = map.scores[1]![4] = 1;
  map.boxes.set([0.5, -0.25, 0, 1], 16);
  map.landmarks.set(tenths, 40);
  const [face, ...others] = decodeYunet(map, 0.9);
  assert.equal(others.length, 0);
  // Centre (12, 6); sides 8 and 8·e.
  assert.deepEqual(face?.box, { x: 12 - 4, y: 6 - 4 * Math.E, width: 8, height: 8 * Math.E });
  assert.deepEqual([...face.landmarks!], [8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
});

test('the threshold itself is a face, what is below or not a number is none', () => {
  const scrfd = emptyMap(2, 1);
  scrfd.scores[0]!.set([0.5, 0.4999, NaN]);
  assert.equal(decodeScrfd(scrfd, 0.5).length, 1);
  const yunet = emptyMap(1, 2);
  yunet.scores[0]!.set([1, NaN, 1, 0.5]);
  yunet.scores[1]!.set([1, 1, NaN, 0.5]);
  assert.deepEqual([decodeYunet(yunet, 1).length, decodeYunet(yunet, 0.5).length], [1, 2]);
});

test('a face with a place that is not finite is none', () => {
  const scrfd = emptyMap(2, 1);
  scrfd.scores[0]!.fill(1, 0, 3);
  scrfd.boxes[1] = NaN;
  scrfd.landmarks[13] = Infinity;
  assert.equal(decodeScrfd(scrfd, 0.5).length, 1);
  const yunet = emptyMap(1, 2);
  yunet.scores[0]!.fill(1, 0, 2);
  yunet.scores[1]!.fill(1, 0, 2);
  // e^1000 is no number of pixels.
  yunet.boxes[2] = 1000;
  assert.equal(decodeYunet(yunet, 0.5).length, 1);
});
