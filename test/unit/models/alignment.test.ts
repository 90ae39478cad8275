import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DetectedFace } from '../../../src/domain/face.ts';
import {
  alignFace,
  alignmentTemplate,
  celebaAlignedLandmarks,
  chooseFace,
} from '../../../src/models/alignment.ts';
import { type Affine, invertAffine, mapPoints } from '../../../src/numerics/geometry/affine.ts';
import { resizeRgb } from '../../../src/numerics/geometry/resize.ts';
import type { RgbImage } from '../../../src/numerics/geometry/rgbImage.ts';
import { difference, geometryCases, geometryImage, paint } from '../../support/geometryFixture.ts';

const arcFace = [38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041];

/** Turned by 25°, 1.7 times the crop, somewhere in an image of 320 × 280. */
const turned = similarity(1.7, 25, 95, 10);
const upright = similarity(1.2, 0, 40, 30);

test('112 × 112 is the template of ArcFace', () => {
  assertClose(alignmentTemplate(112, 112), arcFace);
});

test('96 × 112 is the template less 8 px in x', () => {
  assertClose(
    alignmentTemplate(96, 112),
    arcFace.map((place, i) => (i % 2 === 0 ? place - 8 : place)),
  );
});

test('160 × 160 is the 112 × 112 crop enlarged: its corners stay corners', () => {
  // The corner of the crop is at −0.5; the left eye is 38.7946 from it, which becomes 38.7946 · 160 / 112 = 55.4209.
  assert.ok(Math.abs(alignmentTemplate(160, 160)[0]! - 54.9209) < 1e-4);
  assertClose(
    alignmentTemplate(160, 160),
    arcFace.map((place) => ((place + 0.5) * 160) / 112 - 0.5),
  );
});

for (const { name, landmarks, width, height } of geometryCases.warps)
  if (landmarks)
    test(`landmarks to crop as the reference: ${name}`, () => {
      const { max, mean } = difference(
        alignFace(geometryImage('source'), landmarks, width, height),
        geometryImage(`warp-${name}-exact`).pixels,
      );
      // The similarity's last bits differ from those of a singular value decomposition: a tie may round otherwise.
      assert.ok(max <= 1 && mean < 0.001, `largest ${max}, mean ${mean}`);
    });

for (const [width, height] of [
  [112, 112],
  [96, 112],
  [160, 160],
] as const)
  test(`dots at the landmarks come to the places of the template of ${width} × ${height}`, () => {
    const landmarks = mapPoints(turned, arcFace);
    const crop = alignFace(dotsAt(landmarks, 320, 280), landmarks, width, height);
    const template = alignmentTemplate(width, height);
    for (let point = 0; point < 5; point++) {
      const [x, y] = centroid(crop, width, dotColours[point]!);
      const distance = Math.hypot(x - template[2 * point]!, y - template[2 * point + 1]!);
      assert.ok(distance < 0.1, `point ${point} is ${distance} px off`);
    }
  });

test('swapped eyes would be seen: the dots then miss their places', () => {
  const landmarks = mapPoints(turned, arcFace);
  const image = dotsAt(landmarks, 320, 280);
  const swapped = Float64Array.of(
    ...landmarks.subarray(2, 4),
    ...landmarks.subarray(0, 2),
    ...landmarks.subarray(4),
  );
  const crop = alignFace(image, swapped, 112, 112);
  const [x, y] = centroid(crop, 112, dotColours[0]);
  assert.ok(Math.hypot(x - arcFace[0]!, y - arcFace[1]!) > 10, `${x}, ${y}`);
});

test('a turned and scaled face gives the crop of the upright one', () => {
  const crops = [upright, turned].map((matrix) =>
    alignFace(faceUnder(matrix, 320, 280), mapPoints(matrix, arcFace), 112, 112),
  );
  const { max, mean } = difference(crops[0]!, crops[1]!);
  assert.ok(max <= 6 && mean < 1, `largest ${max}, mean ${mean}`);
});

test('160 × 160 shows what enlarging the 112 × 112 crop shows, and half a pixel would be seen', () => {
  const image = faceUnder(turned, 320, 280);
  const landmarks = mapPoints(turned, arcFace);
  const enlarged = resizeRgb(
    { pixels: alignFace(image, landmarks, 112, 112), width: 112, height: 112 },
    160,
    160,
  );
  const direct = difference(alignFace(image, landmarks, 160, 160), enlarged);
  assert.ok(direct.mean < 0.7, `mean ${direct.mean}`);
  const shifted = mapPoints([1, 0, 0.5, 0, 1, 0.5], landmarks);
  const off = difference(alignFace(image, shifted, 160, 160), enlarged);
  assert.ok(off.mean > 2 * direct.mean, `mean ${off.mean} against ${direct.mean}`);
});

test('landmarks outside the image give a crop that is black there, not a failure', () => {
  const image = paint(50, 50, () => [200, 200, 200]);
  const crop = alignFace(
    image,
    arcFace.map((place) => place - 40),
    112,
    112,
  );
  const at = (x: number, y: number) => crop[(y * 112 + x) * 3];
  assert.deepEqual([at(20, 20), at(60, 60), at(100, 100)], [0, 200, 0]);
  const away = alignFace(
    image,
    arcFace.map((place) => place - 4000),
    112,
    112,
  );
  assert.deepEqual(new Set(away), new Set([0]));
});

test('landmarks that are missing, NaN or all in one place are refused', () => {
  const image = paint(50, 50, () => [200, 200, 200]);
  for (const landmarks of [[], arcFace.slice(2), [...arcFace.slice(0, 9), Number.NaN], arcFace.map(() => 7)])
    assert.throws(() => alignFace(image, landmarks, 112, 112), RangeError);
});

test('CelebA’s aligned images have their five points at fixed places', () => {
  assert.deepEqual(
    celebaAlignedLandmarks(178, 218),
    Float64Array.of(69, 111, 108, 111, 88.5, 136, 72, 152, 105.5, 152),
  );
  assert.deepEqual(
    celebaAlignedLandmarks(89, 109),
    Float64Array.of(34.5, 55.5, 54, 55.5, 44.25, 68, 36, 76, 52.75, 76),
  );
  assert.equal(celebaAlignedLandmarks(356, 436)![0], 138);
});

test('CelebA’s proportion is recognised when sides were rounded, and nothing else is', () => {
  for (let scale = 0.34; scale < 4; scale += 0.0137)
    for (const round of [Math.floor, Math.round, Math.ceil])
      assert.ok(celebaAlignedLandmarks(round(178 * scale), round(218 * scale)), `${scale}`);
  for (const [width, height] of [
    [250, 250],
    [218, 178],
    [112, 112],
    [96, 112],
    [60, 75],
    [160, 200],
    [178, 220],
    [176, 218],
    // Too small to tell from 4 : 5.
    [40, 50],
    [18, 22],
    [0, 0],
    [Number.NaN, 218],
  ] as const)
    assert.equal(celebaAlignedLandmarks(width, height), null, `${width} × ${height}`);
});

const small = face(0.9, 10, 10, 20, 20);
const large = face(0.8, 0, 60, 40, 40);
const middle = face(0.7, 45, 40, 15, 15);

test('without a face there is none, whatever the policy', () => {
  for (const policy of ['single', 'largest', 'central'] as const)
    assert.deepEqual(chooseFace([], policy, 100, 100), { reason: 'noFace' });
});

test('a single face is taken by every policy', () => {
  for (const policy of ['single', 'largest', 'central'] as const)
    assert.deepEqual(chooseFace([small], policy, 100, 100), { face: small });
});

test('of several faces, none, the largest or the most central is taken', () => {
  const faces = [small, large, middle];
  assert.deepEqual(chooseFace(faces, 'single', 100, 100), { reason: 'severalFaces' });
  assert.deepEqual(chooseFace(faces, 'largest', 100, 100), { face: large });
  assert.deepEqual(chooseFace(faces, 'central', 100, 100), { face: middle });
});

test('which face is central depends on the image’s size', () => {
  assert.deepEqual(chooseFace([small, large, middle], 'central', 40, 40), { face: small });
});

test('of equal faces the first wins', () => {
  const twin = { ...large, score: 0.1 };
  assert.equal((chooseFace([large, twin], 'largest', 100, 100) as { face: DetectedFace }).face, large);
  assert.equal((chooseFace([large, twin], 'central', 100, 100) as { face: DetectedFace }).face, large);
});

function similarity(scale: number, degrees: number, tx: number, ty: number): Affine {
  const [c, s] = [scale * Math.cos((degrees * Math.PI) / 180), scale * Math.sin((degrees * Math.PI) / 180)];
  return [c, -s, tx, s, c, ty];
}

function face(score: number, x: number, y: number, width: number, height: number): DetectedFace {
  return { score, box: { x, y, width, height }, landmarks: null };
}

const dotColours = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
  [1, 1, 0],
  [0, 1, 1],
] as const;

/** Soft round dots, each of its own colour, on black. */
function dotsAt(points: ArrayLike<number>, width: number, height: number): RgbImage {
  return paint(width, height, (x, y) => {
    for (let point = 0; point < 5; point++) {
      const distance = Math.hypot(x - points[2 * point]!, y - points[2 * point + 1]!);
      if (distance >= 10) continue;
      const value = 255 * Math.exp(-((distance / 4) ** 2));
      const [r, g, b] = dotColours[point]!;
      return [r * value, g * value, b * value];
    }
    return [0, 0, 0];
  });
}

/** Centre of the pixels of one colour, weighted by brightness. */
function centroid(
  crop: Uint8Array,
  width: number,
  colour: readonly [number, number, number],
): readonly [number, number] {
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let i = 0; i < crop.length / 3; i++) {
    const rgb = crop.subarray(3 * i, 3 * i + 3);
    if (!colour.every((c, channel) => rgb[channel]! > 2 === (c === 1))) continue;
    const value = Math.max(...rgb);
    sum += value;
    sumX += value * (i % width);
    sumY += value * Math.floor(i / width);
  }
  return [sumX / sum, sumY / sum];
}

/** A smooth pattern drawn in the template's frame and carried into an image by `matrix`. */
function faceUnder(matrix: Affine, width: number, height: number): RgbImage {
  const [a, b, tx, c, d, ty] = invertAffine(matrix);
  return paint(width, height, (x, y) => {
    const [u, v] = [a * x + b * y + tx, c * x + d * y + ty];
    return [
      127 + 90 * Math.sin(u / 6) * Math.cos(v / 9),
      127 + 90 * Math.cos((u + v) / 8),
      127 + 90 * Math.sin((u - 2 * v) / 15),
    ];
  });
}

function assertClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => assert.ok(Math.abs(actual[i]! - value) < 1e-9, `${actual[i]} for ${value}`));
}
