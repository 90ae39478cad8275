import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { isAppError } from '../../../src/domain/appError.ts';
import {
  decodeForStatistics,
  decodeImage,
  decoderVersion,
  renderSvgAsJpeg,
  renderSvgAsPng,
} from '../../../src/models/decoder.ts';

const red = [255, 0, 0];
const blue = [0, 0, 255];

test('pixels come as RGB, row by row', async () => {
  assert.deepEqual(corners(await decodeImage(await leftRedRightBlue('png'), 16, 8), 16, 8), [
    red,
    blue,
    red,
    blue,
  ]);
});

test('EXIF orientation is applied', async () => {
  // Orientation 6: the stored image has to be turned clockwise, so its left side comes up.
  const bytes = await leftRedRightBlue('jpeg', 6);
  const pixels = await decodeImage(bytes, 8, 16);
  assertNear(corners(pixels, 8, 16), [red, red, blue, blue]);
});

test('transparent pixels become black', async () => {
  const image = sharp({ create: { ...size, channels: 4, background: { r: 255, g: 255, b: 255, alpha: 0 } } });
  const pixels = await decodeImage(await image.png().toBuffer(), 16, 8);
  assert.deepEqual(new Set(pixels), new Set([0]));
});

test('half-transparent white becomes grey', async () => {
  const image = sharp({
    create: { ...size, channels: 4, background: { r: 255, g: 255, b: 255, alpha: 0.5 } },
  });
  const pixels = await decodeImage(await image.png().toBuffer(), 16, 8);
  assertNear([[...pixels.subarray(0, 3)]], [[128, 128, 128]]);
});

test('grey, 16 bit, palette and CMYK images become 8 bit sRGB', async () => {
  const plain = () => sharp({ create: { ...size, channels: 3, background: '#c86432' } });
  const wide = await plain().toColourspace('rgb16').png().toBuffer();
  const palette = await plain().png({ palette: true }).toBuffer();
  const print = await plain().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
  const grey = await sharp({ create: { ...size, channels: 3, background: '#555' } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  assert.deepEqual(
    await Promise.all(
      [wide, palette, print, grey].map(async (bytes) => (await sharp(bytes).metadata()).space),
    ),
    ['rgb16', 'srgb', 'cmyk', 'b-w'],
  );
  for (const [bytes, rgb, tolerance] of [
    [wide, [200, 100, 50], 1],
    [palette, [200, 100, 50], 1],
    // Ink cannot print every colour; the channels' order and rough size show that it was converted.
    [print, [200, 100, 50], 40],
    [grey, [85, 85, 85], 1],
  ] as const) {
    const pixels = await decodeImage(bytes, 16, 8);
    assert.equal(pixels.length, 16 * 8 * 3);
    assertNear([[...pixels.subarray(0, 3)]], [rgb], tolerance);
  }
});

test('shrinking antialiases: a fine chequer becomes an even grey', async () => {
  const side = 64;
  const chequer = Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return ((pixel % side) + Math.floor(pixel / side)) % 2 === 0 ? 255 : 0;
  });
  const bytes = await sharp(chequer, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
  const pixels = await decodeImage(bytes, 8, 8);
  assert.ok(
    pixels.every((value) => Math.abs(value - 127.5) <= 2),
    pixels.join(),
  );
});

test('an image of the wanted size is not resampled', async () => {
  const values = Uint8Array.from({ length: 9 * 8 * 3 }, (_, i) => (i * 37) & 255);
  const bytes = await sharp(values, { raw: { width: 9, height: 8, channels: 3 } })
    .png()
    .toBuffer();
  assert.deepEqual(new Uint8Array(await decodeImage(bytes, 9, 8)), values);
});

test('for statistics an image is shrunk to fit 128, or keeps its size', async () => {
  const of = async (width: number, height: number) => {
    const image = sharp({ create: { width, height, channels: 3, background: 'red' } });
    const { pixels, ...rest } = await decodeForStatistics(await image.png().toBuffer());
    assert.equal(pixels.length, rest.width * rest.height * 3);
    return [rest.width, rest.height];
  };
  assert.deepEqual(await of(256, 64), [128, 32]);
  assert.deepEqual(await of(40, 100), [40, 100]);
});

for (const [width, height] of [
  [1, 1],
  [7, 100],
  [100, 7],
] as const) {
  test(`an image of ${width} × ${height} is too small`, async () => {
    const image = sharp({ create: { width, height, channels: 3, background: 'red' } });
    const bytes = await image.png().toBuffer();
    await assert.rejects(decodeImage(bytes, 8, 8), (error) => {
      assert.ok(isAppError(error, 'imageUnreadable'));
      assert.deepEqual(error.data, { reason: 'tooSmall', width, height });
      return true;
    });
  });
}

test('8 × 8 is just large enough', async () => {
  const image = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });
  assert.equal((await decodeImage(await image.png().toBuffer(), 4, 4)).length, 48);
});

test('what is no whole image is refused with the reason', async () => {
  const whole = await leftRedRightBlue('jpeg');
  for (const [bytes, reason, says] of [
    [whole.subarray(0, whole.length - 60), 'undecodable', /premature end/],
    [Buffer.from('version https://git-lfs.github.com/spec/v1\n'), 'foreign', /git-LFS pointer.*git lfs pull/],
    [Buffer.from('<!DOCTYPE html><html></html>'), 'foreign', /HTML page/],
    [Buffer.from('no image at all'), 'undecodable', /unsupported image format/],
    [Buffer.of(0, 5, 22, 7, 0, 2, 0, 0), 'foreign', /AppleDouble/],
    [Buffer.alloc(0), 'foreign', /is empty/],
  ] as const)
    await assert.rejects(
      decodeImage(bytes, 8, 8),
      (error) =>
        isAppError(error, 'imageUnreadable') && error.data['reason'] === reason && says.test(error.message),
    );
});

test('an SVG is drawn as JPEG on white and as PNG', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="8"><rect width="8" height="8" fill="#f00"/></svg>';
  const jpeg = await renderSvgAsJpeg(svg, 95);
  assert.deepEqual([...jpeg.subarray(0, 2)], [0xff, 0xd8]);
  const white = [255, 255, 255];
  assertNear(corners(await decodeImage(jpeg, 16, 8), 16, 8), [red, white, red, white]);
  const png = await renderSvgAsPng(svg);
  assert.deepEqual(corners(await decodeImage(png, 16, 8), 16, 8)[0], red);
});

test('versions are known, and the native form is the default', async () => {
  const { sharp: version, libvips } = await decoderVersion();
  assert.match(version, /^\d+\.\d+\.\d+$/);
  assert.match(libvips, /^\d+\.\d+\.\d+$/);
});

const size = { width: 16, height: 8 };

function leftRedRightBlue(format: 'png' | 'jpeg', orientation = 1): Promise<Buffer> {
  const pixels = Uint8Array.from({ length: 16 * 8 }, (_, i) => i % 16).reduce<number[]>(
    (all, x) => [...all, ...(x < 8 ? red : blue)],
    [],
  );
  const image = sharp(Uint8Array.from(pixels), { raw: { ...size, channels: 3 } });
  return format === 'png'
    ? image.png().toBuffer()
    : image.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).withMetadata({ orientation }).toBuffer();
}

/** Top left, top right, bottom left, bottom right. */
function corners(pixels: Uint8Array, width: number, height: number): number[][] {
  return [0, width - 1, (height - 1) * width, height * width - 1].map((pixel) => [
    ...pixels.subarray(3 * pixel, 3 * pixel + 3),
  ]);
}

function assertNear(actual: number[][], expected: readonly (readonly number[])[], tolerance = 3): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((rgb, i) =>
    rgb.forEach((value, c) =>
      assert.ok(Math.abs(value - expected[i]![c]!) <= tolerance, `${rgb.join()} for ${expected[i]!.join()}`),
    ),
  );
}
