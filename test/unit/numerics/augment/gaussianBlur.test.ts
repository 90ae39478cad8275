import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gaussianBlur } from '../../../../src/numerics/augment/gaussianBlur.ts';

const width = 41;

/** A white pixel in the middle of black. */
function impulse(): Float32Array {
  const levels = new Float32Array(width * width * 3);
  levels.fill(255, (20 * width + 20) * 3, (20 * width + 20) * 3 + 3);
  return levels;
}

test('a flat picture stays flat, to its edges', () => {
  const levels = new Float32Array(9 * 7 * 3).fill(80);
  gaussianBlur(levels, 9, 2);
  levels.forEach((level) => assert.ok(Math.abs(level - 80) < 1e-3));
});

for (const sigma of [0.6, 1, 2.5]) {
  test(`a point is spread to a Gaussian of deviation ${sigma}, its light kept`, () => {
    const levels = impulse();
    gaussianBlur(levels, width, sigma);
    let [light, spreadX, spreadY] = [0, 0, 0];
    for (let y = 0; y < width; y++) {
      for (let x = 0; x < width; x++) {
        const level = levels[(y * width + x) * 3 + 1]!;
        light += level;
        spreadX += level * (x - 20) ** 2;
        spreadY += level * (y - 20) ** 2;
      }
    }
    assert.ok(Math.abs(light - 255) < 1e-2, String(light));
    for (const spread of [spreadX, spreadY]) {
      assert.ok(Math.abs(Math.sqrt(spread / light) / sigma - 1) < 0.03, String(Math.sqrt(spread / light)));
    }
  });
}

test('a deviation of zero changes nothing', () => {
  const levels = impulse();
  gaussianBlur(levels, width, 0);
  assert.deepEqual(levels, impulse());
});
