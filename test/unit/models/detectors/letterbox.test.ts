import assert from 'node:assert/strict';
import { test } from 'node:test';
import { letterboxTensor, toImageScale } from '../../../../src/models/detectors/letterbox.ts';
import { placeScrfd } from '../../../../src/models/detectors/scrfd.ts';
import { placeYunet } from '../../../../src/models/detectors/yunet.ts';

const free = { width: null, height: null };

test('SCRFD fills 640 × 640 with the longer side, small images enlarged; the other side is cut to whole pixels', () => {
  const cases = [
    { image: [250, 250], placed: [640, 640] },
    // 640 · 178 / 218 = 522.57.
    { image: [178, 218], placed: [522, 640] },
    // 640 · 667 / 1000 = 426.88.
    { image: [1000, 667], placed: [640, 426] },
    { image: [12_000, 10], placed: [640, 1] },
    { image: [10, 12_000], placed: [1, 640] },
  ];
  for (const { image, placed } of cases) {
    const [width, height] = image as [number, number];
    const [imageWidth, imageHeight] = placed;
    assert.deepEqual(placeScrfd({ width, height }, free), {
      width: 640,
      height: 640,
      imageWidth,
      imageHeight,
    });
  }
});

test('SCRFD takes the size that a model fixes, also where it is no square', () => {
  const fixed = { width: 320, height: 640 };
  assert.deepEqual(placeScrfd({ width: 100, height: 100 }, fixed), {
    ...fixed,
    imageWidth: 320,
    imageHeight: 320,
  });
  assert.deepEqual(placeScrfd({ width: 100, height: 400 }, fixed), {
    ...fixed,
    imageWidth: 160,
    imageHeight: 640,
  });
});

test('YuNet pads to multiples of 32, and shrinks only what is longer than 640', () => {
  const cases = [
    { image: [250, 250], picture: [256, 256], placed: [250, 250] },
    { image: [32, 33], picture: [32, 64], placed: [32, 33] },
    { image: [640, 8], picture: [640, 32], placed: [640, 8] },
    { image: [1280, 720], picture: [640, 384], placed: [640, 360] },
    { image: [12_000, 9], picture: [640, 32], placed: [640, 1] },
  ];
  for (const { image, picture, placed } of cases) {
    const [width, height] = image as [number, number];
    assert.deepEqual(placeYunet({ width, height }, free), {
      width: picture[0],
      height: picture[1],
      imageWidth: placed[0],
      imageHeight: placed[1],
    });
  }
});

test('YuNet of a fixed size gets images that fit into it', () => {
  assert.deepEqual(placeYunet({ width: 400, height: 100 }, { width: 320, height: 320 }), {
    width: 320,
    height: 320,
    imageWidth: 320,
    imageHeight: 80,
  });
});

const twoPixels = { pixels: Uint8Array.of(255, 0, 51, 10, 20, 30), width: 2, height: 1 };
const placement = { width: 3, height: 2, imageWidth: 2, imageHeight: 1 };

test('the tensor has channel after channel, the image at the top left, black elsewhere', () => {
  const asIs = { channels: 'RGB', mean: 0, scale: 1 } as const;
  assert.deepEqual(
    [...letterboxTensor(twoPixels, placement, asIs)],
    [
      [255, 10, 0, 0, 0, 0],
      [0, 20, 0, 0, 0, 0],
      [51, 30, 0, 0, 0, 0],
    ].flat(),
  );
});

test('BGR turns the channels around', () => {
  const tensor = letterboxTensor(twoPixels, placement, { channels: 'BGR', mean: 0, scale: 1 });
  assert.deepEqual([tensor[0], tensor[6], tensor[12]], [51, 0, 255]);
});

test('black is normalised like any other pixel', () => {
  const tensor = letterboxTensor(twoPixels, placement, { channels: 'RGB', mean: 127.5, scale: 1 / 128 });
  // (255 − 127.5) / 128, (10 − 127.5) / 128, −127.5 / 128: all exact in float32.
  assert.deepEqual([...tensor.subarray(0, 4)], [0.99609375, -0.91796875, -0.99609375, -0.99609375]);
});

test('an image of another size is resized bilinearly', () => {
  const image = { pixels: Uint8Array.of(0, 0, 0, 100, 100, 100), width: 2, height: 1 };
  const tensor = letterboxTensor(
    image,
    { width: 4, height: 1, imageWidth: 4, imageHeight: 1 },
    { channels: 'RGB', mean: 0, scale: 1 },
  );
  assert.deepEqual([...tensor.subarray(0, 4)], [0, 25, 75, 100]);
});

test('each axis has its own way back to the image', () => {
  const { x, y } = toImageScale({ width: 178, height: 218 }, placeScrfd({ width: 178, height: 218 }, free));
  assert.deepEqual([x * 522, y * 640], [178, 218]);
});
