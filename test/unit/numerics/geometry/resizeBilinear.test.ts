import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resizeBilinear } from '../../../../src/numerics/geometry/resizeBilinear.ts';
import { SeededRandom } from '../../../../src/numerics/random.ts';

/** Grey values as an RGB image whose three channels differ: v, v + 1, v + 2. */
function image(width: number, height: number, values: readonly number[]) {
  return { width, height, pixels: Uint8Array.from(values.flatMap((v) => [v, v + 1, v + 2])) };
}

function channel(pixels: Uint8Array, c: number): number[] {
  return [...pixels].filter((_, i) => i % 3 === c);
}

test('doubling takes quarters between centres and repeats the edges', () => {
  // Centres of the result lie at −0.25, 0.25, 0.75 and 1.25 of the image.
  const out = resizeBilinear(image(2, 1, [0, 100]), 4, 1);
  assert.deepEqual(channel(out, 0), [0, 25, 75, 100]);
  assert.deepEqual(channel(out, 2), [2, 27, 77, 102]);
  assert.deepEqual(channel(resizeBilinear(image(1, 2, [0, 100]), 1, 4), 0), [0, 25, 75, 100]);
});

test('rows and columns are told apart', () => {
  const out = resizeBilinear(image(2, 2, [0, 40, 80, 120]), 4, 2);
  assert.deepEqual(channel(out, 0), [0, 10, 30, 40, 80, 90, 110, 120]);
});

test('halving takes the mean of two neighbours in each direction', () => {
  const out = resizeBilinear(image(4, 2, [0, 10, 20, 30, 40, 50, 60, 70]), 2, 1);
  assert.deepEqual(channel(out, 0), [25, 45]);
});

test('shrinking further skips pixels: nothing is antialiased', () => {
  // Factor 4: centres at 1.5, so pixels 1 and 2 count and 0 and 3 do not.
  const out = resizeBilinear(image(8, 1, [250, 10, 20, 250, 250, 30, 40, 250]), 2, 1);
  assert.deepEqual(channel(out, 0), [15, 35]);
});

test('the same size is the same picture', () => {
  const random = new SeededRandom(4);
  const pixels = Uint8Array.from({ length: 7 * 5 * 3 }, () => random.nextInt(256));
  assert.deepEqual(resizeBilinear({ pixels, width: 7, height: 5 }, 7, 5), pixels);
});

test('a single pixel fills any size', () => {
  const out = resizeBilinear({ pixels: Uint8Array.of(3, 200, 77), width: 1, height: 1 }, 3, 2);
  assert.deepEqual([...out], Array.from({ length: 6 }, () => [3, 200, 77]).flat());
});

test('the integers are those of OpenCV', () => {
  // cv2.resize(a, (5, 4)) and (2, 2) of OpenCV 5.0.0; several differ from the rounded real numbers.
  const pixels = Uint8Array.from(opencvInput);
  assert.deepEqual([...resizeBilinear({ pixels, width: 3, height: 3 }, 5, 4)], opencvOutput);
  assert.deepEqual([...resizeBilinear({ pixels, width: 3, height: 3 }, 2, 2)], opencvSmaller);
});

test('sizes that are none, and pixels that are not those of the size, are refused', () => {
  for (const [width, height] of [
    [0, 4],
    [4, NaN],
    [2.5, 4],
  ] as const)
    assert.throws(() => resizeBilinear(image(1, 1, [0]), width, height), RangeError);
  assert.throws(() => resizeBilinear({ ...image(2, 1, [0, 1]), width: 3 }, 4, 4), RangeError);
});

const opencvInput = [
  139, 74, 229, 241, 169, 65, 6, 160, 149, 106, 38, 175, 188, 205, 175, 229, 98, 249, 10, 148, 95, 86, 147,
  198, 66, 39, 106,
];
const opencvOutput = [
  139, 74, 229, 180, 112, 163, 241, 169, 65, 100, 163, 115, 6, 160, 149, 118, 52, 195, 154, 107, 171, 208,
  191, 134, 170, 149, 180, 145, 121, 211, 70, 79, 145, 102, 121, 160, 150, 183, 184, 160, 119, 191, 168, 76,
  195, 10, 148, 95, 40, 147, 136, 86, 147, 198, 74, 82, 143, 66, 39, 106,
];
const opencvSmaller = [155, 93, 185, 103, 153, 154, 53, 131, 134, 108, 81, 154];
