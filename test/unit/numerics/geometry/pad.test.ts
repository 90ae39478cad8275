import assert from 'node:assert/strict';
import { test } from 'node:test';
import { padImage } from '../../../../src/numerics/geometry/pad.ts';
import { paint } from '../../../support/geometryFixture.ts';

test('the border is black, a share of each side in whole pixels, alike on both sides', () => {
  const image = paint(6, 4, (x, y) => [10 + x, 20 + y, 255]);
  const padded = padImage(image, 0.25);
  // 0.25 · 6 = 1.5 → 2 left and right, 0.25 · 4 = 1 above and below.
  assert.deepEqual([padded.width, padded.height], [10, 6]);
  assert.deepEqual(
    padded.pixels,
    paint(10, 6, (x, y) => (x >= 2 && x < 8 && y >= 1 && y < 5 ? [8 + x, 19 + y, 255] : [0, 0, 0])).pixels,
  );
});

test('a border of nothing, less, far too much or NaN is refused', () => {
  const image = paint(6, 4, () => [1, 2, 3]);
  for (const share of [0, -0.1, 2.01, Number.NaN, Infinity])
    assert.throws(() => padImage(image, share), /RangeError: A border of .* is not in \(0, 2\]/);
});
