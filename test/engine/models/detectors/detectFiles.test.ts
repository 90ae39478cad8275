import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import sharp from 'sharp';
import { detectFaces } from '../../../../src/embedding/detectFaces.ts';
import { detectionDim, type FaceFacts, readDetections } from '../../../../src/embedding/detectionRows.ts';
import { detectionStore } from '../../../../src/embedding/storeDescription.ts';
import { VectorStore } from '../../../../src/embedding/vectorStore.ts';
import { decodeRgb } from '../../../../src/models/decoder.ts';
import { noProviderMemory } from '../../../../src/models/providerMemory.ts';
import { openDetector } from '../../../../src/models/openDetector.ts';
import type { RgbImage } from '../../../../src/numerics/geometry/rgbImage.ts';
import { detectorBytes, dottedImage, yunetNet } from '../../../support/detectorNets.ts';

const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-detections-'));
after(() => rmSync(folder, { recursive: true }));

const white = [255, 255, 255] as const;

test('files are decoded, looked at and kept: plain, turned by EXIF, of extreme sizes, and broken', async () => {
  // A dot at (24, 8) of 64 × 40 pixels; the same, stored lying on its side for EXIF to turn it back.
  const upright = dottedImage(64, 40, [{ x: 24, y: 8, colour: white }]);
  const lying = dottedImage(40, 64, [{ x: 8, y: 64 - 1 - 24, colour: white }]);
  writeFileSync(join(folder, 'upright.png'), await png(upright));
  writeFileSync(join(folder, 'turned.png'), await png(lying, 6));
  writeFileSync(join(folder, 'small.png'), await png(dottedImage(20, 20, [{ x: 8, y: 8, colour: white }])));
  writeFileSync(join(folder, 'wide.png'), await png(dottedImage(12_000, 60, [])));
  writeFileSync(join(folder, 'broken.png'), 'no image');
  const names = ['upright', 'turned', 'small', 'wide', 'broken'];
  const { facts, failures } = await detectFiles(names);
  const [plain, turned, small, wide] = facts;
  assert.deepEqual(
    failures.map(({ name, reason }) => [name, reason]),
    [['broken', 'unreadable']],
  );
  assert.deepEqual([plain!.width, plain!.height, plain!.nFaces], [64, 40, 1]);
  // Boxes of YuNet's net at full blue: centre half and a quarter of a cell away, four and two cells large.
  const { x, y, width, height } = plain!.faces[0]!.box;
  const rounded = [x, y, width, height].map((value) => Number(value.toFixed(3)));
  assert.deepEqual(rounded, [24 + 4 - 16, 8 + 2 - 8, 32, 16]);
  assert.deepEqual([small!.nFaces, small!.width], [1, 20]);
  assert.deepEqual([wide!.nFaces, wide!.width >= 2048], [0, true]);
  // Orientation 6 turns the stored picture clockwise: its (8, 39) comes to (64 − 1 − 39, 8).
  assert.deepEqual(turned, plain);
});

async function detectFiles(names: readonly string[]) {
  const path = join(folder, 'yunet.onnx');
  writeFileSync(path, detectorBytes(yunetNet()));
  const log = (): void => undefined;
  const detector = await openDetector({
    path,
    provider: 'cpu',
    scoreThreshold: null,
    memory: () => noProviderMemory,
    log,
  });
  const images = names.map((name, i) => ({
    path: join(folder, `${name}.png`),
    name,
    key: `${i}`.padStart(64, '0'),
  }));
  using store = await VectorStore.open({
    storeFolder: join(folder, 'store'),
    description: detectionStore(detector, true, detectionDim, {}),
    log,
  });
  try {
    const { failures } = await detectFaces({
      images,
      store,
      detector,
      retryPadded: true,
      decode: async (file) => decodeRgb(readFileSync(file)),
      signal: new AbortController().signal,
      onProgress: log,
      log,
    });
    const found = images.filter(({ key }) => store.state(key) === 'usable').map(({ key }) => key);
    const facts: readonly FaceFacts[] = readDetections(store, found);
    return { facts, failures };
  } finally {
    await detector.release();
  }
}

function png({ pixels, width, height }: RgbImage, orientation = 1): Promise<Buffer> {
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation })
    .png()
    .toBuffer();
}
