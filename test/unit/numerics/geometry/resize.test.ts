import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resizeRgb } from '../../../../src/numerics/geometry/resize.ts';
import { resizeWeights, weightBits } from '../../../../src/numerics/geometry/resizeWeights.ts';
import type { RgbImage } from '../../../../src/numerics/geometry/rgbImage.ts';
import { geometryCases, geometryImage, paint } from '../../../support/geometryFixture.ts';

for (const { name, crop, width, height } of geometryCases.resizes)
  test(`bit for bit as Pillow: ${name}`, () => {
    const source = upperLeft(geometryImage('source'), ...crop);
    assert.deepEqual(resizeRgb(source, width, height), geometryImage(name).pixels);
  });

test('the same size is a copy', () => {
  const source = geometryImage('source');
  const copy = resizeRgb(source, source.width, source.height);
  assert.deepEqual(copy, source.pixels);
  assert.notEqual(copy.buffer, source.pixels.buffer);
});

test('an even image stays even at any size', () => {
  const even = paint(37, 23, () => [255, 128, 1]);
  for (const [width, height] of [
    [1, 1],
    [5, 100],
    [112, 112],
    [36, 24],
  ] as const) {
    const resized = resizeRgb(even, width, height);
    assert.deepEqual(resized, paint(width, height, () => [255, 128, 1]).pixels);
  }
});

test('halving by hand: the widened cubic over eight pixels', () => {
  // Keys' cubic at the distances 1/4, 3/4, 5/4, 7/4: w = 111, 29, −9, −3 of 256, twice each.
  const { first, count, taps, maxCount } = resizeWeights(64, 32);
  const at = 16;
  const weights = [...taps.subarray(at * maxCount, at * maxCount + count[at]!)];
  assert.equal(first[at], 2 * at - 3);
  assert.deepEqual(
    weights,
    [-3, -9, 29, 111, 111, 29, -9, -3].map((w) => (w / 256) * 2 ** weightBits),
  );
});

test('weights sum to one, also where the border cuts them', () => {
  for (const [nIn, nOut] of [
    [90, 31],
    [31, 90],
    [1, 7],
    [2048, 112],
  ] as const) {
    const { first, count, taps, maxCount } = resizeWeights(nIn, nOut);
    for (let i = 0; i < nOut; i++) {
      const sum = taps.subarray(i * maxCount, i * maxCount + count[i]!).reduce((a, b) => a + b, 0);
      assert.ok(Math.abs(sum / 2 ** weightBits - 1) < 1e-4, `${sum}`);
      assert.ok(first[i]! >= 0 && first[i]! + count[i]! <= nIn && count[i]! >= 1);
    }
  }
});

test('tables are kept, and forgotten when many sizes pass by', () => {
  const table = resizeWeights(50, 20);
  assert.equal(resizeWeights(50, 20), table);
  for (let nIn = 100; nIn < 164; nIn++) resizeWeights(nIn, 20);
  assert.notEqual(resizeWeights(50, 20), table);
  assert.deepEqual(resizeWeights(50, 20), table);
});

test('overshoot at an edge is clipped, not wrapped', () => {
  const edge = paint(16, 16, (x) => (x < 8 ? [0, 0, 0] : [255, 255, 255]));
  const wide = resizeRgb(edge, 64, 16);
  const row = [...wide.subarray(0, 64 * 3)].filter((_, i) => i % 3 === 0);
  assert.deepEqual(
    row,
    [...row].sort((a, b) => a - b),
  );
});

test('broken sizes and missing pixels are refused', () => {
  const image = paint(4, 4, () => [1, 2, 3]);
  for (const [width, height] of [
    [0, 4],
    [4, -1],
    [4, 1.5],
    [Number.NaN, 4],
  ] as const)
    assert.throws(() => resizeRgb(image, width, height), RangeError);
  assert.throws(() => resizeRgb({ ...image, height: 5 }, 4, 4), /has 60 bytes, not 48/);
});

function upperLeft(image: RgbImage, width: number, height: number): RgbImage {
  return paint(width, height, (x, y) => {
    const at = (y * image.width + x) * 3;
    return [image.pixels[at]!, image.pixels[at + 1]!, image.pixels[at + 2]!];
  });
}
