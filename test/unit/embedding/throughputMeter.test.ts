import assert from 'node:assert/strict';
import { test } from 'node:test';
import { embedImages } from '../../../src/embedding/embedImages.ts';
import { StageClock } from '../../../src/embedding/stageClock.ts';
import { ThroughputMeter } from '../../../src/embedding/throughputMeter.ts';
import { EmulatedDevice, images, MemoryStore, pixelsOf, withResolvers } from './emulatedDevice.ts';

/** A clock that goes on when the test says so. */
function handClock() {
  let ms = 0;
  return { now: () => ms, pass: (by: number) => void (ms += by) };
}

test('before the first batch nothing is known', () => {
  const { now } = handClock();
  const meter = new ThroughputMeter(now, null);
  assert.deepEqual([meter.recent, meter.whole], [null, null]);
});

test('time is shared between waiting, the model’s runs and the rest', () => {
  const { now, pass } = handClock();
  const meter = new ThroughputMeter(now, null);
  pass(40);
  meter.arrived();
  pass(50);
  meter.computed(20);
  // To the end of the run: 20 images in 90 ms.
  assert.deepEqual(meter.recent, {
    imagesPerSecond: (20 * 1000) / 90,
    shares: { decode: 0.4444, align: 0, inference: 0.5555 },
  });
  pass(10);
  meter.finished();
  pass(40);
  meter.arrived();
  pass(60);
  meter.computed(20);
  // What lies between two batches counts as time, and as nobody’s share.
  assert.deepEqual(meter.whole, {
    imagesPerSecond: 200,
    shares: { decode: 0.4, align: 0, inference: 0.55 },
  });
});

test('only the last few seconds count, and always the last batch; the whole run is known besides', () => {
  const { now, pass } = handClock();
  const meter = new ThroughputMeter(now, null);
  const batch = (ms: number, n: number): void => {
    meter.finished();
    meter.arrived();
    pass(ms);
    meter.computed(n);
  };
  batch(2000, 20);
  batch(2000, 40);
  assert.equal(meter.recent!.imagesPerSecond, 15);
  batch(2000, 40);
  assert.equal(meter.recent!.imagesPerSecond, 20);
  batch(10_000, 10);
  assert.equal(meter.recent!.imagesPerSecond, 1);
  assert.equal(meter.whole!.imagesPerSecond, 110 / 16);
});

test('a wait is decoding’s and aligning’s in proportion to what their clocks went on by during it', () => {
  const { now, pass } = handClock();
  let times = { decodeMs: 1000, alignMs: 1000 };
  const meter = new ThroughputMeter(now, {
    get times() {
      return times;
    },
  });
  times = { decodeMs: 1030, alignMs: 1010 };
  pass(80);
  meter.arrived();
  // Done beside the run: nobody waited for it.
  times = { decodeMs: 9000, alignMs: 9000 };
  pass(20);
  meter.computed(1);
  assert.deepEqual(meter.recent!.shares, { decode: 0.6, align: 0.2, inference: 0.2 });
});

test('shares never add up to more than 1', () => {
  const { now, pass } = handClock();
  const meter = new ThroughputMeter(now, { times: { decodeMs: 0, alignMs: 0 } });
  for (const [wait, run] of [
    [1, 2],
    [1 / 3, 1 / 7],
    [5e-4, 3],
  ] as const) {
    meter.finished();
    pass(wait);
    meter.arrived();
    pass(run);
    meter.computed(1);
    const { decode, align, inference } = meter.whole!.shares;
    assert.ok(decode + align + inference <= 1);
  }
});

test('decoding counts once however many images are in flight, and not while one is aligned', async () => {
  const { now, pass } = handClock();
  const clock = new StageClock(now);
  const [a, b] = [withResolvers<number>(), withResolvers<number>()];
  const decodingA = clock.decode(() => a.promise);
  pass(10);
  const decodingB = clock.decode(() => b.promise);
  pass(5);
  a.resolve(1);
  assert.equal(await decodingA, 1);
  assert.equal(
    clock.align(() => {
      pass(3);
      return 'aligned';
    }),
    'aligned',
  );
  assert.deepEqual(clock.times, { decodeMs: 15, alignMs: 3 });
  pass(2);
  b.resolve(2);
  await decodingB;
  pass(100);
  assert.deepEqual(clock.times, { decodeMs: 17, alignMs: 3 });
  clock.add({ decodeMs: 1, alignMs: 2 });
  assert.deepEqual(clock.times, { decodeMs: 18, alignMs: 5 });
});

test('a decode that fails is over all the same', async () => {
  const { now, pass } = handClock();
  const clock = new StageClock(now);
  await assert.rejects(clock.decode(() => Promise.reject(new Error('broken'))));
  assert.throws(() =>
    clock.align(() => {
      pass(1);
      throw new Error('no face');
    }),
  );
  pass(10);
  assert.deepEqual(clock.times, { decodeMs: 0, alignMs: 1 });
});

test('the pipeline tells its meter of waits, runs and what lies between', async () => {
  const { now, pass } = handClock();
  const device = new EmulatedDevice(2);
  device.beforeRun = () => pass(60);
  const store = new MemoryStore();
  const clock = new StageClock(now);
  const meter = new ThroughputMeter(now, clock);
  let seconds = 0;
  const seen: (number | null)[] = [];
  await embedImages({
    images: images(5),
    store: {
      state: (key) => store.state(key),
      append: (rows) => {
        pass(10);
        store.append(rows);
      },
    },
    embedder: device,
    decode: (path) =>
      clock.decode(async () => {
        await Promise.resolve();
        if (path === '/faces/0' || path === '/faces/4') pass(15);
        return pixelsOf(path);
      }),
    signal: new AbortController().signal,
    onProgress: () => seen.push(meter.recent?.imagesPerSecond ?? null),
    log: () => undefined,
    meter,
    // Each look is a second later, so that every batch is flushed.
    now: () => (seconds += 1000),
  });
  assert.deepEqual([seen.length, seen[0]], [4, null]);
  // 30 ms of decodes, three runs of 60 ms, and two flushes of 10 ms before the last run.
  const { imagesPerSecond, shares } = meter.whole!;
  assert.equal(imagesPerSecond, (5 * 1000) / 230);
  assert.deepEqual(shares, { decode: 0.1304, align: 0, inference: 0.7826 });
});
