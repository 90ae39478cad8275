import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hsvOfRgb, meanHsv } from '../../../src/numerics/hsv.ts';
import { imageStatisticNames, imageStatistics } from '../../../src/numerics/imageStatistics.ts';
import { expectedImages, fixtureImage } from '../../support/imageFixture.ts';

test('single colours become the integers that OpenCV gives', () => {
  const pairs = [...expectedImages.swatches.rgb_hsv_pairs, ...expectedImages.random_colours];
  assert.ok(pairs.length >= 200);
  for (const [[r, g, b], hsv] of pairs) {
    assert.deepEqual(unpack(hsvOfRgb(r, g, b)), hsv, `rgb ${r} ${g} ${b}`);
  }
});

test('a row of a picture becomes the integers that OpenCV gives', () => {
  const { pixels } = fixtureImage('noise');
  expectedImages.noise.hsv_row0.forEach((hsv, x) => {
    assert.deepEqual(unpack(hsvOfRgb(pixels[3 * x]!, pixels[3 * x + 1]!, pixels[3 * x + 2]!)), hsv);
  });
});

for (const name of ['swatches', 'ramp', 'noise'] as const) {
  test(`${name}: channel means, and the saturation among the statistics`, () => {
    const { pixels, width, height } = fixtureImage(name);
    const found = meanHsv(pixels);
    const [hue, saturation, value] = expectedImages[name].mean_hsv;
    assert.ok(Math.abs(found.hue - hue) < 1e-9);
    assert.ok(Math.abs(found.saturation - saturation) < 1e-9);
    assert.ok(Math.abs(found.value - value) < 1e-9);
    const statistics = imageStatistics(pixels, width, height);
    assert.equal(statistics.saturation, found.saturation);
    const [red, green, blue] = expectedImages[name].mean_rgb;
    for (const [found, expected] of [
      [statistics.red, red],
      [statistics.green, green],
      [statistics.blue, blue],
      [statistics.value, value],
    ] as const)
      assert.ok(Math.abs(found - expected) < 1e-9);
    assert.ok(Math.abs(statistics.brightness - (0.299 * red + 0.587 * green + 0.114 * blue)) < 1e-9);
  });
}

test('by hand: one white pixel in the middle of 3 × 3 black ones', () => {
  const pixels = new Uint8Array(27);
  pixels.fill(255, 12, 15);
  const { brightness, contrast, saturation, hue, sharpness } = imageStatistics(pixels, 3, 3);
  assert.ok(Math.abs(brightness - 255 / 9) < 1e-9);
  assert.ok(Math.abs(contrast - (255 * Math.sqrt(8)) / 9) < 1e-9);
  assert.deepEqual([saturation, hue, sharpness], [0, Number.NaN, 0]);
});

test('by hand: columns 0, 0, 10, 0, 0 have Laplacians 10, −20, 10', () => {
  const pixels = fill(5, 3, (x) => (x === 2 ? [10, 10, 10] : [0, 0, 0]));
  // Mean 0, mean square 600 / 3.
  assert.ok(Math.abs(imageStatistics(pixels, 5, 3).sharpness - 200) < 1e-9);
});

test('a flat picture has contrast and sharpness 0, exactly', () => {
  const { contrast, sharpness } = imageStatistics(
    fill(7, 5, () => [201, 13, 77]),
    7,
    5,
  );
  assert.deepEqual([contrast, sharpness], [0, 0]);
});

test('hues of pure colours, and of two reds beside 0 whose linear mean would be cyan', () => {
  const hueOf = (...colours: readonly Rgb[]) =>
    imageStatistics(
      fill(4, 4, (x) => colours[x % colours.length]!),
      4,
      4,
    ).hue;
  assert.equal(hueOf([255, 0, 0]), 0);
  assert.ok(Math.abs(hueOf([0, 255, 0]) - 120) < 1e-9);
  assert.ok(Math.abs(hueOf([0, 0, 255]) - 240) < 1e-9);
  assert.equal(hueOf([255, 40, 0], [255, 0, 40]), 0);
  // Grey pixels have no hue and no weight.
  assert.equal(hueOf([255, 0, 0], [90, 90, 90]), 0);
});

test('a picture whose colours cancel has no hue, and says so', () => {
  const pixels = fill(4, 4, (x) => (x % 2 === 0 ? [200, 100, 100] : [0, 100, 100]));
  assert.equal(imageStatistics(pixels, 4, 4).hue, Number.NaN);
});

test('the names are the statistics', () => {
  assert.deepEqual(Object.keys(imageStatistics(new Uint8Array(27), 3, 3)), imageStatisticNames);
});

test('a picture below 3 × 3, or with another number of bytes, is refused', () => {
  assert.throws(() => imageStatistics(new Uint8Array(18), 2, 3), /not 2 × 3/);
  assert.throws(() => imageStatistics(new Uint8Array(18), 3, 2), RangeError);
  assert.throws(() => imageStatistics(new Uint8Array(26), 3, 3), /in 26 bytes/);
  assert.throws(() => imageStatistics(new Uint8Array(27), Number.NaN, 3), RangeError);
});

type Rgb = readonly [number, number, number];

function fill(width: number, height: number, colour: (x: number, y: number) => Rgb): Uint8Array {
  const pixels: number[] = [];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) pixels.push(...colour(x, y));
  return Uint8Array.from(pixels);
}

function unpack(packed: number): readonly number[] {
  return [packed >> 16, (packed >> 8) & 0xff, packed & 0xff];
}
