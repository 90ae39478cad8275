import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { isAppError } from '../../../src/domain/appError.ts';
import { decodeImage, decodeRgb, maxDecodedSide } from '../../../src/models/decoder.ts';
import { resizeRgb } from '../../../src/numerics/geometry/resize.ts';
import type { RgbImage } from '../../../src/numerics/geometry/rgbImage.ts';
import { difference, geometryImage, paint } from '../../support/geometryFixture.ts';

const [red, green, blue, white] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
] as const;

test('pixels come as they are, in the image’s own size', async () => {
  const image = geometryImage('source');
  const decoded = await decodeRgb(await encode(image).png().toBuffer());
  assert.deepEqual([decoded.width, decoded.height], [90, 70]);
  assert.deepEqual(new Uint8Array(decoded.pixels), image.pixels);
});

// Corners of the upright image: top left, top right, bottom left, bottom right. Stored: red, green, blue, white.
for (const [orientation, corners] of [
  [1, [red, green, blue, white]],
  [2, [green, red, white, blue]],
  [3, [white, blue, green, red]],
  [4, [blue, white, red, green]],
  [5, [red, blue, green, white]],
  [6, [blue, red, white, green]],
  [7, [white, green, blue, red]],
  [8, [green, white, red, blue]],
] as const)
  test(`EXIF orientation ${orientation} comes upright`, async () => {
    const stored = paint(32, 16, (x, y) => (y < 8 ? (x < 16 ? red : green) : x < 16 ? blue : white));
    const bytes = await encode(stored)
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .withMetadata({ orientation })
      .toBuffer();
    const image = await decodeRgb(bytes);
    assert.deepEqual([image.width, image.height], orientation < 5 ? [32, 16] : [16, 32]);
    corners.forEach((colour, i) => {
      const [x, y] = [(i % 2) * (image.width - 1), (i >> 1) * (image.height - 1)];
      assertNear(pixelAt(image, x, y), colour, 3);
    });
  });

for (const [kind, encoded, colour, tolerance] of [
  ['16 bit', () => plain().toColourspace('rgb16').png(), [200, 100, 50], 1],
  ['palette', () => plain().png({ palette: true }), [200, 100, 50], 1],
  ['GIF', () => plain().gif(), [200, 100, 50], 1],
  ['Display P3', () => plain().withIccProfile('p3').png(), [200, 100, 50], 2],
  // Ink cannot print every colour; the channels' order and rough size show that it was converted.
  ['CMYK', () => plain().toColourspace('cmyk').jpeg({ quality: 100 }), [200, 100, 50], 40],
  ['grey', () => plain('#555').toColourspace('b-w').png(), [85, 85, 85], 1],
  ['grey with alpha', () => plain('#555').toColourspace('b-w').ensureAlpha(0.5).png(), [43, 43, 43], 1],
  ['transparent', () => plain().ensureAlpha(0).png(), [0, 0, 0], 0],
  ['half-transparent', () => plain().ensureAlpha(0.5).png(), [100, 50, 25], 1],
] as const)
  test(`${kind} becomes 8 bit sRGB on black`, async () => {
    const image = await decodeRgb(await encoded().toBuffer());
    assert.deepEqual([image.width, image.height, image.pixels.length], [16, 8, 16 * 8 * 3]);
    assertNear(pixelAt(image, 9, 4), colour, tolerance);
  });

test('a profile other than sRGB is really stored in the image that tests it', async () => {
  const { data } = await sharp(await plain().withIccProfile('p3').png().toBuffer())
    .keepIccProfile()
    .raw()
    .toBuffer({ resolveWithObject: true });
  assert.ok(Math.abs(data[0]! - 200) > 5, `red is ${data[0]}`);
});

test('a longest side of 2048 stays, a longer one is shrunk to it with its aspect ratio', async () => {
  assert.equal(maxDecodedSide, 2048);
  const sizeOf = async (width: number, height: number, orientation = 1) => {
    const image = sharp({ create: { width, height, channels: 3, background: '#c86432' } });
    const decoded = await decodeRgb(await image.jpeg().withMetadata({ orientation }).toBuffer());
    assert.equal(decoded.pixels.length, decoded.width * decoded.height * 3);
    assertNear(pixelAt(decoded, decoded.width - 1, decoded.height >> 1), [200, 100, 50], 3);
    return [decoded.width, decoded.height];
  };
  assert.deepEqual(await sizeOf(2048, 30), [2048, 30]);
  assert.deepEqual(await sizeOf(4096, 60), [2048, 30]);
  assert.deepEqual(await sizeOf(60, 4096), [30, 2048]);
  assert.deepEqual(await sizeOf(12000, 600), [2048, 102]);
  assert.deepEqual(await sizeOf(12000, 600, 6), [102, 2048]);
});

test('shrinking keeps places: a mark in the middle of a large image stays there', async () => {
  const large = paint(4000, 16, (x) => (x >= 1990 && x < 2010 ? white : [0, 0, 0]));
  const { pixels, width } = await decodeRgb(await encode(large).png().toBuffer());
  const row = [...pixels.subarray(0, width * 3)].filter((_, i) => i % 3 === 0);
  const weight = row.reduce((sum, value) => sum + value, 0);
  const centre = row.reduce((sum, value, x) => sum + value * (x + 0.5), 0) / weight;
  assert.ok(Math.abs(centre - width / 2) < 0.05, `${centre} of ${width}`);
});

for (const [width, height] of [
  [1, 12000],
  [12000, 7],
  [7, 7],
] as const)
  test(`${width} × ${height} is too small`, async () => {
    const bytes = await sharp({ create: { width, height, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    await assert.rejects(
      decodeRgb(bytes),
      (error) =>
        isAppError(error, 'imageUnreadable') &&
        error.data['reason'] === 'tooSmall' &&
        error.data['width'] === width &&
        error.data['height'] === height,
    );
  });

test('what is no image is refused', async () => {
  await assert.rejects(decodeRgb(Buffer.from('no image at all')), (error) =>
    isAppError(error, 'imageUnreadable'),
  );
});

test('decoding to a size is decoding and our resize, to the last bit, up to four times the size', async () => {
  const bytes = await encode(geometryImage('source')).png().toBuffer();
  for (const [width, height] of [
    [112, 112],
    [45, 35],
    [23, 18],
  ] as const)
    assert.deepEqual(
      await decodeImage(bytes, width, height),
      resizeRgb(geometryImage('source'), width, height),
    );
});

test('beyond four times the size, the decoder’s part in shrinking shows by at most 3 grey levels', async () => {
  const side = 900;
  const image = paint(side, side, (x, y) => [
    127 + 120 * Math.sin(x / 7) * Math.cos(y / 11),
    Math.hypot(x - 450, y - 400) < 210 ? 250 : 20,
    ((x >> 5) + (y >> 5)) % 2 === 0 ? 220 : 30,
  ]);
  const bytes = await encode(image).png().toBuffer();
  const { max, mean } = difference(await decodeImage(bytes, 112, 112), resizeRgb(image, 112, 112));
  assert.ok(max > 0 && max <= 3 && mean < 0.2, `largest ${max}, mean ${mean}`);
});

test('a turned image that the decoder shrinks keeps its sides apart', async () => {
  // Stored 800 × 80 with the left half red; upright it is 80 × 800, red above.
  const stored = paint(800, 80, (x) => (x < 400 ? red : blue));
  const bytes = await encode(stored)
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const image = { pixels: await decodeImage(bytes, 16, 16), width: 16, height: 16 };
  assertNear(pixelAt(image, 2, 2), red, 3);
  assertNear(pixelAt(image, 13, 2), red, 3);
  assertNear(pixelAt(image, 2, 13), blue, 3);
});

function encode({ pixels, width, height }: RgbImage) {
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

function plain(background = '#c86432') {
  return sharp({ create: { width: 16, height: 8, channels: 3, background } });
}

function pixelAt({ pixels, width }: RgbImage, x: number, y: number): number[] {
  const at = (y * width + x) * 3;
  return [...pixels.subarray(at, at + 3)];
}

function assertNear(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  assert.ok(
    actual.length === 3 && actual.every((value, c) => Math.abs(value - expected[c]!) <= tolerance),
    `${actual.join()} for ${expected.join()}`,
  );
}
