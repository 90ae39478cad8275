import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addBrightness,
  addNoise,
  coverRows,
  rotateHue,
  scaleContrast,
  scaleSaturation,
  toBytes,
} from '../../../../src/numerics/augment/photometric.ts';
import { SeededRandom } from '../../../../src/numerics/random.ts';

const close = (levels: Float32Array, expected: readonly number[]) => {
  assert.equal(levels.length, expected.length);
  levels.forEach((level, i) => assert.ok(Math.abs(level - expected[i]!) < 1e-4, `${level} at ${i}`));
};

test('brightness is added to every channel, beyond the range until bytes are made', () => {
  const levels = Float32Array.of(250, 0, 100);
  addBrightness(levels, 20);
  close(levels, [270, 20, 120]);
  assert.deepEqual(toBytes(levels), Uint8Array.of(255, 20, 120));
  addBrightness(levels, -20);
  close(levels, [250, 0, 100]);
});

test('bytes are rounded half up and clipped', () => {
  assert.deepEqual(toBytes(Float32Array.of(-3, 0.49, 0.5, 254.5, 300)), Uint8Array.of(0, 0, 1, 255, 255));
});

test('contrast stretches around the mean luma, which stays', () => {
  // Grey pixels of 50 and 150: mean luma 100.
  const levels = Float32Array.of(50, 50, 50, 150, 150, 150);
  scaleContrast(levels, 1.5);
  close(levels, [25, 25, 25, 175, 175, 175]);
});

test('saturation scales the distance from the luma: 0 gives grey, 2 doubles it', () => {
  // Luma of (100, 50, 200): 0.299·100 + 0.587·50 + 0.114·200 = 82.05.
  const grey = Float32Array.of(100, 50, 200);
  scaleSaturation(grey, 0);
  close(grey, [82.05, 82.05, 82.05]);
  const vivid = Float32Array.of(100, 50, 200);
  scaleSaturation(vivid, 2);
  close(vivid, [117.95, 17.95, 317.95]);
});

test('a hue turn of 120° moves red to green, and any turn keeps the mean of the channels', () => {
  const red = Float32Array.of(255, 0, 0);
  rotateHue(red, 120);
  close(red, [0, 255, 0]);
  const colour = Float32Array.of(90, 60, 150);
  rotateHue(colour, 37);
  assert.ok(Math.abs(colour[0]! + colour[1]! + colour[2]! - 300) < 1e-3);
  rotateHue(colour, -37);
  close(colour, [90, 60, 150]);
});

test('grey has no hue to turn', () => {
  const grey = Float32Array.of(77, 77, 77);
  rotateHue(grey, 90);
  close(grey, [77, 77, 77]);
});

test('noise is one pattern for a seed, in proportion to its strength, and has that deviation', () => {
  const n = 30_000;
  const weak = new Float32Array(n);
  const strong = new Float32Array(n);
  addNoise(weak, 2, new SeededRandom(5));
  addNoise(strong, 6, new SeededRandom(5));
  weak.forEach((level, i) => assert.ok(Math.abs(3 * level - strong[i]!) < 1e-3));
  const deviation = Math.sqrt(weak.reduce((sum, x) => sum + x * x, 0) / n);
  assert.ok(Math.abs(deviation - 2) < 0.04, String(deviation));
});

test('a bar covers whole rows and the part of a row that it reaches into', () => {
  // One pixel wide, four high.
  const levels = new Float32Array(12).fill(100);
  coverRows(levels, 1, 0.75, 2.5);
  close(levels, [75, 75, 75, 0, 0, 0, 50, 50, 50, 100, 100, 100]);
  coverRows(levels, 1, -3, 0);
  close(levels, [75, 75, 75, 0, 0, 0, 50, 50, 50, 100, 100, 100]);
});

test('a bar within one row covers that part of it', () => {
  const levels = new Float32Array(3).fill(100);
  coverRows(levels, 1, 0.25, 0.5);
  close(levels, [75, 75, 75]);
});
