import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError, isAppError } from '../../../src/domain/appError.ts';
import { type DetectedFace, facePolicies } from '../../../src/domain/face.ts';
import { type DecodedPicture, detectFaces, type DetectRequest } from '../../../src/embedding/detectFaces.ts';
import {
  decodeDetections,
  detectionDim,
  encodeDetections,
  keptFaces,
  readDetections,
} from '../../../src/embedding/detectionRows.ts';
import { detectionStore, storeFingerprint } from '../../../src/embedding/storeDescription.ts';
import { chooseFace } from '../../../src/models/alignment.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import type { RgbImage } from '../../../src/numerics/geometry/rgbImage.ts';
import { images, MemoryStore } from './emulatedDevice.ts';
import { keyOf, openStore, temporaryFolder } from './storeSamples.ts';
import { onCpu } from '../../support/providerRecords.ts';

function face(score: number, x: number, y: number, side: number, landmarks = true): DetectedFace {
  return {
    score,
    box: { x, y, width: side, height: side },
    landmarks: landmarks ? Float64Array.from({ length: 10 }, (_, k) => (k % 2 === 0 ? x : y) + k) : null,
  };
}

function black(width: number, height: number): RgbImage {
  return { pixels: new Uint8Array(width * height * 3), width, height };
}

interface Run {
  readonly request: DetectRequest;
  readonly store: MemoryStore;
  /** Sizes of the images looked at. */
  readonly seen: string[];
  readonly progress: string[];
  readonly controller: AbortController;
}

function runOf(
  n: number,
  detect: (image: RgbImage) => readonly DetectedFace[],
  change: Partial<DetectRequest> = {},
): Run {
  const store = new MemoryStore();
  const seen: string[] = [];
  const progress: string[] = [];
  const controller = new AbortController();
  const request: DetectRequest = {
    images: images(n),
    store,
    detector: {
      detect: (image) => {
        seen.push(`${image.width}×${image.height}`);
        return Promise.resolve(detect(image));
      },
    },
    retryPadded: true,
    decode: () => Promise.resolve(black(40, 20)),
    signal: controller.signal,
    onProgress: (done, total, name) => progress.push(`${done}/${total} ${name}`),
    log: () => undefined,
    now: () => 0,
    ...change,
  };
  return { request, store, seen, progress, controller };
}

function factsOf(store: MemoryStore, i: number) {
  return decodeDetections(store.rows.get(keyOf(`${i}`))!.vector);
}

test('what was found is kept with the size it was found in, and is not looked for again', async () => {
  const found = [face(0.75, 4, 2, 8), face(0.5, 20, 4, 10)];
  const { request, store, seen, progress } = runOf(3, () => found);
  assert.deepEqual(await detectFaces(request), { nUsable: 3, nComputed: 3, failures: [] });
  assert.deepEqual(factsOf(store, 1), { nFaces: 2, width: 40, height: 20, padded: false, faces: found });
  assert.deepEqual([seen.length, progress.at(-1)], [3, '3/3 2.jpg']);
  assert.deepEqual(await detectFaces(request), { nUsable: 3, nComputed: 0, failures: [] });
  assert.equal(seen.length, 3);
});

test('an image without a face is looked at again on a border of a quarter, and places come back', async () => {
  // Padded by 10 and 5: the face lies at (14, 7) of the padded image.
  const { request, store, seen } = runOf(1, ({ width }) => (width === 60 ? [face(0.5, 14, 7, 8)] : []));
  await detectFaces(request);
  assert.deepEqual(seen, ['40×20', '60×30']);
  const { padded, faces, width, height } = factsOf(store, 0);
  assert.deepEqual([padded, width, height], [true, 40, 20]);
  assert.deepEqual(faces[0]?.box, { x: 4, y: 2, width: 8, height: 8 });
  assert.deepEqual([...faces[0].landmarks!], [4, 3, 6, 5, 8, 7, 10, 9, 12, 11]);
});

test('no face at either attempt is a result, kept like any other', async () => {
  const { request, store, seen } = runOf(1, () => []);
  assert.deepEqual(await detectFaces(request), { nUsable: 1, nComputed: 1, failures: [] });
  assert.deepEqual(factsOf(store, 0), { nFaces: 0, width: 40, height: 20, padded: false, faces: [] });
  await detectFaces(request);
  assert.equal(seen.length, 2);
});

test('without a second attempt the image is looked at once', async () => {
  const { request, seen } = runOf(1, () => [], { retryPadded: false });
  await detectFaces(request);
  assert.deepEqual(seen, ['40×20']);
});

test('an image that was shrunk while it was decoded has its faces in pixels of the original', async () => {
  const picture: DecodedPicture = { ...black(40, 20), originalWidth: 400, originalHeight: 100 };
  const { request, store } = runOf(1, () => [face(0.5, 4, 2, 8)], { decode: () => Promise.resolve(picture) });
  await detectFaces(request);
  const { width, height, faces } = factsOf(store, 0);
  assert.deepEqual([width, height], [400, 100]);
  assert.deepEqual(faces[0]?.box, { x: 40, y: 10, width: 80, height: 40 });
  assert.deepEqual([...faces[0].landmarks!], [40, 15, 60, 25, 80, 35, 100, 45, 120, 55]);
});

test('images that cannot be read are listed with the reason, and the others are looked at', async () => {
  const { request, store } = runOf(3, () => [], {
    decode: (path) => {
      if (path === '/faces/1') throw new AppError('imageUnreadable', 'No image.', { reason: 'foreign' });
      return Promise.resolve(black(40, 20));
    },
  });
  const { failures, nUsable } = await detectFaces(request);
  assert.deepEqual(
    failures.map(({ name, reason, detail }) => [name, reason, detail]),
    [['1.jpg', 'unreadable', 'No image.']],
  );
  assert.deepEqual([nUsable, store.rows.size], [2, 2]);
});

test('a cancel keeps what was found, and a detector that fails ends the run', async () => {
  const { request, store, controller, seen } = runOf(9, () => {
    if (seen.length === 2) controller.abort();
    return [face(0.5, 0, 0, 8)];
  });
  await assert.rejects(detectFaces(request), (error) => isAppError(error, 'cancelled'));
  assert.deepEqual([seen.length, store.rows.size], [2, 2]);
  const broken = runOf(1, () => {
    throw new AppError('modelFailed', 'Out of memory.');
  });
  await assert.rejects(detectFaces(broken.request), (error) => isAppError(error, 'modelFailed'));
});

test('rows of a store on disk are read for images in any order, as often as asked', async (t) => {
  const { store } = await openStore(t, temporaryFolder(t), { kind: 'detections', dim: detectionDim });
  const { request } = runOf(2, ({ width }) => (width === 16 ? [face(0.5, 1, 1, 4)] : []), {
    store,
    decode: (path) => Promise.resolve(black(path === '/faces/1' ? 16 : 8, 8)),
  });
  await detectFaces(request);
  const facts = readDetections(store, [keyOf('1'), keyOf('0'), keyOf('1')]);
  assert.deepEqual(
    facts.map(({ nFaces, width }) => [nFaces, width]),
    [
      [1, 16],
      [0, 8],
      [1, 16],
    ],
  );
  assert.throws(
    () => readDetections(store, [keyOf('unknown')]),
    (error) => isAppError(error, 'internal'),
  );
});

test('a row says the same when it is read as when it was written', () => {
  const faces = [face(0.75, -3.5, 2, 8), face(0.5, 20, 4, 10, false)];
  const facts = { nFaces: 2, width: 12_000, height: 9000, padded: true, faces };
  const row = encodeDetections(facts);
  assert.equal(row.length, detectionDim);
  assert.deepEqual(decodeDetections(row), facts);
});

test('of many faces the best, the largest and the most central are kept, and all are counted', async () => {
  // By score: the best at the corner; then four small ones; the largest; one in the middle.
  const all = [
    face(0.9, 0, 0, 2),
    ...[1, 2, 3, 4].map((i) => face(0.9 - i / 16, 3 * i, 0, 2)),
    face(0.5, 30, 0, 10),
    face(0.25, 19, 9, 2),
  ];
  const { request, store } = runOf(1, () => all);
  await detectFaces(request);
  const { nFaces, faces } = factsOf(store, 0);
  assert.equal(nFaces, 7);
  assert.deepEqual(
    faces.map(({ box }) => [box.x, box.width]),
    [
      [0, 2],
      [30, 10],
      [19, 2],
    ],
  );
});

test('where one face is the best in several ways, the next ones by score are kept beside it', () => {
  const all = [face(0.8, 15, 5, 10), face(0.7, 0, 0, 2), face(0.6, 4, 0, 2), face(0.5, 8, 0, 2)];
  assert.deepEqual(keptFaces(all, 40, 20), all.slice(0, 3));
});

test('every policy chooses from the kept faces as it would from all', () => {
  const random = new SeededRandom(5);
  for (let round = 0; round < 200; round++) {
    const all = Array.from({ length: 1 + random.nextInt(12) }, () =>
      face(random.nextFloat(), random.nextInt(60) - 10, random.nextInt(40) - 10, 1 + random.nextInt(12)),
    ).sort((a, b) => b.score - a.score);
    const kept = keptFaces(all, 40, 20);
    assert.ok(kept.length === Math.min(3, all.length));
    for (const policy of facePolicies)
      assert.deepEqual(chooseFace(kept, policy, 40, 20), chooseFace(all, policy, 40, 20));
  }
});

const detector = {
  sha256: 'ab',
  kind: 'scrfd',
  scoreThreshold: 0.5,
  provider: onCpu(),
} as const;

test('another detector, threshold, second attempt, provider or library is another store', () => {
  const print = (...of: Parameters<typeof detectionStore>) => storeFingerprint(detectionStore(...of));
  const libraries = { sharp: '1' };
  const prints = [
    print(detector, true, detectionDim, libraries),
    print({ ...detector, sha256: 'ac' }, true, detectionDim, libraries),
    print({ ...detector, scoreThreshold: 0.6 }, true, detectionDim, libraries),
    print({ ...detector, provider: { ...detector.provider, ran: 'cuda' } }, true, detectionDim, libraries),
    print(detector, false, detectionDim, libraries),
    print(detector, true, detectionDim, { sharp: '2' }),
  ];
  assert.equal(new Set(prints).size, prints.length);
  const requested = { ...detector, provider: { ...detector.provider, requested: 'cpu' as const } };
  assert.equal(print(requested, true, detectionDim, libraries), prints[0]);
});
