import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import { AppError, isAppError } from '../../../src/domain/appError.ts';
import { embedImages, type EmbedRequest } from '../../../src/embedding/embedImages.ts';
import {
  imageBytes,
  DeferredDecoder,
  EmulatedDevice,
  images,
  MemoryStore,
  pixelsOf,
  withResolvers,
} from './emulatedDevice.ts';
import { stoppedInTheMiddle } from '../../../src/models/runtimeFailures.ts';
import { keyOf, openStore, temporaryFolder } from './storeSamples.ts';

interface Run {
  readonly store: MemoryStore;
  readonly device: EmulatedDevice;
  readonly progress: string[];
  readonly log: string[];
  readonly controller: AbortController;
  readonly request: EmbedRequest;
}

function runOf(n: number, batchSize: number, change: Partial<EmbedRequest> = {}): Run {
  const store = new MemoryStore();
  const device = new EmulatedDevice(batchSize);
  const progress: string[] = [];
  const log: string[] = [];
  const controller = new AbortController();
  return {
    store,
    device,
    progress,
    log,
    controller,
    request: {
      images: images(n),
      store,
      embedder: device,
      decode: (path) => Promise.resolve(pixelsOf(path)),
      signal: controller.signal,
      onProgress: (done, total, name) => progress.push(`${done}/${total} ${name}`),
      log: (level, message) => log.push(`${level}: ${message}`),
      // Each look at the clock is a second later, so that every batch is committed.
      now: (
        (seconds: number) => () =>
          ++seconds * 1000
      )(0),
      ...change,
    },
  };
}

test('every image gets the embedding of its own pixels', async () => {
  const { request, store, device, progress } = runOf(5, 2);
  const outcome = await embedImages(request);
  assert.deepEqual(outcome, { nUsable: 5, nComputed: 5, failures: [] });
  for (let i = 0; i < 5; i++)
    assert.deepEqual([...store.rows.get(keyOf(`${i}`))!.vector], [6 * (i + 1), -6 * (i + 1)]);
  assert.deepEqual(device.runs, [
    [1, 2],
    [3, 4],
    [5, 0],
  ]);
  assert.deepEqual(progress, ['0/5 0.jpg', '2/5 1.jpg', '4/5 3.jpg', '5/5 4.jpg']);
});

test('the last batch is padded with black, whatever the batch before left there', async () => {
  const { request, device } = runOf(4, 3);
  await embedImages(request);
  assert.deepEqual(device.runs, [
    [1, 2, 3],
    [4, 0, 0],
  ]);
});

test('images that have a row already are neither decoded nor run', async () => {
  const first = runOf(4, 2);
  await embedImages(first.request);
  const second = runOf(6, 2, { store: first.store });
  assert.deepEqual(await embedImages(second.request), { nUsable: 6, nComputed: 2, failures: [] });
  assert.deepEqual(second.device.runs, [[5, 6]]);
  assert.deepEqual(second.progress, ['4/6 0.jpg', '6/6 5.jpg']);
});

test('with nothing to compute the model is not run, and progress is at its end', async () => {
  const first = runOf(2, 2);
  await embedImages(first.request);
  const second = runOf(2, 2, { store: first.store });
  assert.deepEqual(await embedImages(second.request), { nUsable: 2, nComputed: 0, failures: [] });
  assert.deepEqual(second.device.runs, []);
  assert.deepEqual(second.progress, ['2/2 0.jpg']);
  assert.deepEqual(await embedImages(runOf(0, 2).request), { nUsable: 0, nComputed: 0, failures: [] });
});

test('content that several images share is computed once and counts for all of them', async () => {
  const [a, b] = images(2) as [ReturnType<typeof images>[0], ReturnType<typeof images>[0]];
  const copies = [a, { ...b, key: a.key, name: 'copy of a' }, b, { ...a, name: 'another' }];
  const { request, device, progress } = runOf(0, 2, { images: copies });
  assert.deepEqual(await embedImages(request), { nUsable: 4, nComputed: 2, failures: [] });
  assert.deepEqual(device.runs, [[1, 2]]);
  assert.equal(progress.at(-1), '4/4 1.jpg');
});

test('two batches are decoded ahead of the one that runs, and no more', async () => {
  const batchSize = 2;
  const decoder = new DeferredDecoder();
  const { request, device } = runOf(20, batchSize, { decode: decoder.decode });
  const atRun = withResolvers<number>();
  device.beforeRun = (run) => {
    if (run === 0) atRun.resolve(decoder.submitted.length);
  };
  const done = embedImages(request);
  // One batch being filled and two beyond, though not a single decode has ended.
  await decoder.untilSubmitted(2 * batchSize + 1);
  await setImmediate();
  assert.equal(decoder.submitted.length, 2 * batchSize + 1);
  decoder.finish('/faces/0');
  decoder.finish('/faces/1');
  assert.equal(await atRun.promise, 3 * batchSize);
  for (let i = 2; i < 20; i++) {
    await decoder.untilSubmitted(i + 1);
    assert.ok(decoder.submitted.length <= i + 2 * batchSize + 1, `${decoder.submitted.length} after ${i}`);
    decoder.finish(`/faces/${i}`);
  }
  assert.equal((await done).nComputed, 20);
});

test('rows keep the order of images even where decodes end in another', async () => {
  const decoder = new DeferredDecoder();
  const { request, device } = runOf(4, 2, { decode: decoder.decode });
  const done = embedImages(request);
  await decoder.untilSubmitted(4);
  for (const i of [3, 1, 2, 0]) decoder.finish(`/faces/${i}`);
  await done;
  assert.deepEqual(device.runs, [
    [1, 2],
    [3, 4],
  ]);
});

test('a cancel in a run of the model ends within that batch and keeps its result', async () => {
  const { request, device, store, controller, log } = runOf(10, 2);
  device.beforeRun = (run) => {
    if (run === 1) controller.abort();
  };
  await assert.rejects(embedImages(request), (error) => isAppError(error, 'cancelled'));
  assert.equal(device.runs.length, 2);
  assert.equal(store.rows.size, 4);
  assert.match(log.at(-1)!, /Cancelled: 4 of 10 images are done/);
  assert.equal((await embedImages({ ...request, signal: new AbortController().signal })).nComputed, 6);
});

test('a cancel while a decode hangs does not wait for it', async () => {
  const decoder = new DeferredDecoder();
  const { request, controller, device } = runOf(4, 2, { decode: decoder.decode });
  const done = embedImages(request);
  await decoder.untilSubmitted(1);
  controller.abort();
  await assert.rejects(done, (error) => isAppError(error, 'cancelled'));
  assert.deepEqual(device.runs, []);
});

test('a cancel before the start runs nothing', async () => {
  const { request, controller, device } = runOf(4, 2);
  controller.abort();
  await assert.rejects(embedImages(request), (error) => isAppError(error, 'cancelled'));
  assert.deepEqual(device.runs, []);
});

test('a model that fails ends the run with its error; earlier batches stay', async () => {
  const { request, device, store } = runOf(6, 2, { now: () => 0 });
  device.beforeRun = (run) => {
    if (run === 2) throw new AppError('modelFailed', 'Out of memory.');
  };
  await assert.rejects(embedImages(request), (error) => isAppError(error, 'modelFailed'));
  assert.equal(store.rows.size, 4);
});

test('a device lost in the middle stops the run; the next one computes the rest alone, and all is right', async () => {
  const { request, device, store } = runOf(7, 2, { now: () => 0 });
  device.beforeRun = (run) => {
    if (run === 2) throw stoppedInTheMiddle(new AppError('modelFailed', 'Device lost.'), 'webgpu');
  };
  await assert.rejects(
    embedImages(request),
    (error) => isAppError(error, 'modelFailed') && error.message.includes('kept: run again'),
  );
  device.beforeRun = () => undefined;
  assert.equal((await embedImages(request)).nComputed, 3);
  assert.deepEqual(device.runs.slice(2), [
    [5, 6],
    [7, 0],
  ]);
  images(7).forEach(({ key }, i) => assert.equal(store.rows.get(key)!.vector[0], (i + 1) * imageBytes));
});

test('broken images are listed with the reason, and the batch is filled with the next ones', async () => {
  const { request, device, store, progress } = runOf(5, 2, {
    decode: (path) => {
      if (path === '/faces/1') throw new AppError('imageUnreadable', 'No image.', { reason: 'foreign' });
      if (path === '/faces/2') throw new AppError('imageUnreadable', '1 × 1.', { reason: 'tooSmall' });
      if (path === '/faces/4') throw Object.assign(new Error('ENOENT: gone'), { syscall: 'open' });
      return Promise.resolve(pixelsOf(path));
    },
  });
  const outcome = await embedImages(request);
  assert.deepEqual(
    outcome.failures.map(({ name, reason, detail }) => [name, reason, detail]),
    [
      ['1.jpg', 'unreadable', 'No image.'],
      ['2.jpg', 'tooSmall', '1 × 1.'],
      ['4.jpg', 'unreadable', 'ENOENT: gone'],
    ],
  );
  assert.deepEqual([outcome.nUsable, outcome.nComputed], [2, 2]);
  assert.deepEqual(device.runs, [[1, 4]]);
  assert.equal(store.rows.size, 2);
  assert.equal(progress.at(-1), '5/5 4.jpg');
});

test('a folder of broken images alone runs no model and lists them all', async () => {
  const { request, device } = runOf(3, 2, {
    decode: () => Promise.reject(new AppError('imageUnreadable', 'No image.')),
  });
  const outcome = await embedImages(request);
  assert.equal(outcome.failures.length, 3);
  assert.deepEqual(device.runs, []);
});

test('a decoder that does not load ends the run: that is not the images’ fault', async () => {
  const { request } = runOf(3, 2, {
    decode: () => Promise.reject(new AppError('nativeModuleMissing', 'No decoder.')),
  });
  await assert.rejects(embedImages(request), (error) => isAppError(error, 'nativeModuleMissing'));
});

for (const [what, embedding] of [
  ['zero', [0, 0]],
  ['NaN', [1, NaN]],
  ['infinite', [Infinity, 1]],
] as const) {
  test(`a ${what} embedding is reported by every run and computed by one`, async (t) => {
    const { store } = await openStore(t, temporaryFolder(t), { dim: 2 });
    const { request, device } = runOf(3, 2, { store });
    device.embedding = (sum) => (sum === 12 ? embedding : [sum, 1]);
    for (const nComputed of [2, 0]) {
      const outcome = await embedImages(request);
      assert.deepEqual(
        outcome.failures.map(({ name, reason }) => [name, reason]),
        [['1.jpg', 'embeddingInvalid']],
      );
      assert.deepEqual([outcome.nUsable, outcome.nComputed], [2, nComputed]);
    }
    assert.equal(device.runs.length, 2);
  });
}

test('small batches share a commit, unless time passes', async () => {
  const quick = runOf(520, 1, { now: () => 0 });
  await embedImages(quick.request);
  assert.deepEqual(quick.store.commits, [256, 256, 8]);
  // Progress counts what is on the disk.
  assert.ok(quick.progress.includes('0/520 254.jpg') && quick.progress.includes('256/520 255.jpg'));
  const slow = runOf(3, 1);
  await embedImages(slow.request);
  assert.deepEqual(slow.store.commits, [1, 1, 1]);
});

test('a decoder that gives another size, or a model that gives another count, is an error', async () => {
  const wrongSize = runOf(1, 1, { decode: () => Promise.resolve(new Uint8Array(3)) });
  await assert.rejects(embedImages(wrongSize.request), (error) => isAppError(error, 'internal'));
  const wrongCount = runOf(1, 1);
  wrongCount.device.run = () => Promise.resolve({ embeddings: new Float32Array(3), norms: null });
  await assert.rejects(embedImages(wrongCount.request), (error) => isAppError(error, 'modelFailed'));
});
