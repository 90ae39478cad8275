import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../../../src/domain/appError.ts';
import { type MeasuredPixels, measureImages } from '../../../src/embedding/measureImages.ts';
import { statisticsStore } from '../../../src/embedding/storeDescription.ts';
import { VectorStore } from '../../../src/embedding/vectorStore.ts';
import { imageStatisticNames } from '../../../src/numerics/imageStatistics.ts';
import { images } from './emulatedDevice.ts';
import { temporaryFolder } from './storeSamples.ts';

/** 3 × 3 pixels of one colour. */
function flat(...rgb: readonly [number, number, number]): MeasuredPixels {
  return { pixels: Uint8Array.from({ length: 27 }, (_, i) => rgb[i % 3]!), width: 3, height: 3 };
}

test('statistics are computed once, stored in the order of their names, and a grey picture has no hue', async (t) => {
  const store = await VectorStore.open({
    storeFolder: temporaryFolder(t),
    description: statisticsStore(128, 128, imageStatisticNames, { sharp: '1' }),
    log: () => undefined,
  });
  t.after(() => store.close());
  const pictures = [flat(255, 0, 0), flat(100, 100, 100), flat(0, 0, 0)];
  let decoded = 0;
  const refs = images(4);
  const request = {
    images: refs,
    store,
    decode: (path: string) => {
      decoded++;
      const picture = pictures[Number(path.at(-1))];
      return picture
        ? Promise.resolve(picture)
        : Promise.reject(new AppError('imageUnreadable', 'No image.'));
    },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    log: () => undefined,
  };
  const outcome = await measureImages(request);
  assert.deepEqual([outcome.nUsable, outcome.nComputed, outcome.failures.length], [3, 3, 1]);
  const [red, grey, black] = refs.map(({ key }) => key);
  // Luma of red 0.299 · 255; saturation 255; hue 0°; flat, so no contrast and no edges.
  assert.deepEqual([...store.gather([red!])], [Math.fround(76.245), 0, 255, 0, 0, 255, 0, 0, 255]);
  assert.deepEqual([...store.gather([grey!])], [100, 0, 0, NaN, 0, 100, 100, 100, 100]);
  // All zero but the hue, and a fact about the picture: not an invalid row.
  assert.deepEqual([...store.gather([black!])], [0, 0, 0, NaN, 0, 0, 0, 0, 0]);
  assert.equal((await measureImages(request)).nComputed, 0);
  assert.equal(decoded, 4 + 1);
});
