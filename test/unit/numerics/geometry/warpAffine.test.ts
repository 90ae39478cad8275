import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RgbImage } from '../../../../src/numerics/geometry/rgbImage.ts';
import { warpAffine } from '../../../../src/numerics/geometry/warpAffine.ts';
import { difference, geometryCases, geometryImage } from '../../../support/geometryFixture.ts';

/** Red channel alone; 3 × 2. */
const small = fromRed([
  [10, 20, 31],
  [40, 50, 60],
]);

test('the identity is a copy', () => {
  const source = geometryImage('source');
  const crop = warpAffine(source, [1, 0, 0, 0, 1, 0], source.width, source.height);
  assert.deepEqual(crop, source.pixels);
  assert.notEqual(crop.buffer, source.pixels.buffer);
});

test('a shift by whole pixels moves them, and what was outside is black', () => {
  assert.deepEqual(red(warpAffine(small, [1, 0, 1, 0, 1, -1], 4, 2), 4), [
    [0, 40, 50, 60],
    [0, 0, 0, 0],
  ]);
});

test('a shift by half a pixel averages neighbours, half up; beyond the border it averages with black', () => {
  assert.deepEqual(red(warpAffine(small, [1, 0, 0.5, 0, 1, 0], 4, 2), 4), [
    [5, 15, 26, 16],
    [20, 45, 55, 30],
  ]);
});

test('a quarter turn turns', () => {
  // x' = 1 − y, y' = x
  assert.deepEqual(red(warpAffine(small, [0, -1, 1, 1, 0, 0], 2, 3), 2), [
    [40, 10],
    [50, 20],
    [60, 31],
  ]);
});

test('the channels stay apart', () => {
  const image = { pixels: Uint8Array.of(100, 0, 7, 0, 200, 7), width: 2, height: 1 };
  assert.deepEqual([...warpAffine(image, [1, 0, -0.25, 0, 1, 0], 1, 1)], [75, 50, 7]);
});

for (const { name, matrix, width, height } of geometryCases.warps)
  test(`per pixel as the float64 reference, and within the bound of OpenCV: ${name}`, () => {
    const crop = warpAffine(geometryImage('source'), matrix, width, height);
    assert.deepEqual(crop, geometryImage(`warp-${name}-exact`).pixels);
    const { max, mean } = difference(crop, geometryImage(`warp-${name}-opencv`).pixels);
    assert.ok(max <= 9 && mean < 0.5, `largest ${max}, mean ${mean}`);
  });

test('a crop far from the image is black', () => {
  assert.deepEqual(new Set(warpAffine(small, [1, 0, 1e9, 0, 1, -1e9], 5, 5)), new Set([0]));
});

test('a map without inverse, broken sizes and missing pixels are refused', () => {
  for (const attempt of [
    () => warpAffine(small, [0, 0, 0, 0, 0, 0], 2, 2),
    () => warpAffine(small, [1, 0, Number.NaN, 0, 1, 0], 2, 2),
    () => warpAffine(small, [1, 0, 0, 0, 1, 0], 0, 2),
    () => warpAffine(small, [1, 0, 0, 0, 1, 0], 2.5, 2),
    () => warpAffine(small, [1, 0, 0, 0, 1, 0], 2, Number.NaN),
    () => warpAffine({ ...small, width: 4 }, [1, 0, 0, 0, 1, 0], 2, 2),
  ])
    assert.throws(attempt, RangeError);
});

function fromRed(rows: readonly (readonly number[])[]): RgbImage {
  const pixels = Uint8Array.from(rows.flat().flatMap((value) => [value, 0, 0]));
  return { pixels, width: rows[0]!.length, height: rows.length };
}

function red(pixels: Uint8Array, width: number): number[][] {
  const values = [...pixels].filter((_, i) => i % 3 === 0);
  return Array.from({ length: values.length / width }, (_, y) => values.slice(y * width, (y + 1) * width));
}

test('where the edge goes on, nothing outside is black', () => {
  assert.deepEqual(red(warpAffine(small, [1, 0, 1, 0, 1, -1], 4, 2, 'edge'), 4), [
    [40, 40, 50, 60],
    [40, 40, 50, 60],
  ]);
  assert.deepEqual(red(warpAffine(small, [1, 0, 0.5, 0, 1, 0], 4, 2, 'edge'), 4), [
    [10, 15, 26, 31],
    [40, 45, 55, 60],
  ]);
});
