import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import type { FramedRef, Framing } from '../../../src/embedding/cropFaces.ts';
import { refDecoder, type ShownRef } from '../../../src/embedding/refDecoder.ts';
import { StageClock } from '../../../src/embedding/stageClock.ts';
import { CropPool, type CropPoolRequest } from '../../../src/engine/workers/cropPool.ts';
import { renderSvgAsJpeg } from '../../../src/models/decoder.ts';
import { temporaryFolder } from '../../unit/embedding/storeSamples.ts';

const [width, height] = [56, 64];

function openPool(t: TestContext, change: Partial<CropPoolRequest> = {}) {
  const controller = new AbortController();
  const clock = new StageClock();
  const pool = new CropPool({ width, height, signal: controller.signal, nWorkers: 2, clock, ...change });
  t.after(() => pool.close());
  return { pool, clock, controller };
}

const ending = { program: join(import.meta.dirname, 'endingCropWorker.ts'), nWorkers: 1 };

function refTo(path: string, framing: Framing = { kind: 'whole' }): FramedRef {
  return { path, key: path, name: path, framing };
}

async function photograph(
  folder: string,
  side: readonly [number, number],
  name = 'face.jpg',
): Promise<string> {
  const [w, h] = side;
  const shapes = Array.from(
    { length: 30 },
    (_, i) =>
      `<circle cx="${(i * 37) % w}" cy="${(i * 53) % h}" r="${5 + i}" fill="hsl(${i * 40} 70% 50%)"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">${shapes.join('')}</svg>`;
  const path = join(folder, name);
  writeFileSync(path, await renderSvgAsJpeg(svg, 90));
  return path;
}

test('threads give the same bytes as the thread that asks, however an image is framed', async (t) => {
  const folder = temporaryFolder(t);
  const path = await photograph(folder, [178, 218]);
  const large = await photograph(folder, [2500, 1500], 'large.jpg');
  const all = Float32Array.of(0, 0, 70, 110, 108, 112, 89, 136, 72, 152, 105, 153);
  const refs: readonly ShownRef[] = [
    refTo(path),
    refTo(large),
    refTo(path, { kind: 'celebaAligned' }),
    // A part of a larger array, as rows of a table of landmarks are.
    refTo(path, { kind: 'points', points: all.subarray(2), frame: null }),
    refTo(large, { kind: 'points', points: all.subarray(2), frame: { width: 178, height: 218 } }),
    { ...refTo(path), point: {}, noiseSeed: 1 },
    {
      ...refTo(path, { kind: 'celebaAligned' }),
      point: { roll: 10, noise: 5, jpegQuality: 40 },
      noiseSeed: 3,
    },
    { ...refTo(path), point: {}, noiseSeed: 1 },
  ];
  const { pool, clock } = openPool(t);
  const here = refDecoder(width, height);
  const found = await Promise.all(refs.map((ref) => pool.decode(ref.path, ref)));
  for (const [i, ref] of refs.entries()) {
    const expected = await here(ref.path, ref);
    assert.equal(expected.length, width * height * 3);
    assert.deepEqual(Buffer.from(found[i]!), Buffer.from(expected), `image ${i}`);
  }
  assert.ok(clock.times.decodeMs > 0 && clock.times.alignMs > 0);
});

test('broken images are told as on the thread that asks: by code and reason, or by the file system', async (t) => {
  const folder = temporaryFolder(t);
  const text = join(folder, 'text.jpg');
  writeFileSync(text, 'no image at all, only words');
  const square = await photograph(folder, [200, 200]);
  const { pool } = openPool(t);
  const here = refDecoder(width, height);
  for (const ref of [
    refTo(text),
    refTo(square, { kind: 'celebaAligned' }),
    refTo(join(folder, 'gone.jpg')),
    refTo(square, { kind: 'points', points: new Float64Array(10), frame: null }),
  ]) {
    const [expected, found] = await Promise.all(
      [here, pool.decode].map((decode) => decode(ref.path, ref).then(() => 'no error', errorFacts)),
    );
    assert.deepEqual(found, expected);
  }
  assert.equal((await pool.decode(square, refTo(square))).length, width * height * 3);
});

test('pixels stay as they are until they are released, and their memory is used again', async (t) => {
  const folder = temporaryFolder(t);
  const path = await photograph(folder, [178, 218]);
  const other = await photograph(folder, [300, 100], 'other.jpg');
  const { pool } = openPool(t);
  const here = refDecoder(width, height);
  const expected = Buffer.from(await here(path, refTo(path)));
  const expectedOther = Buffer.from(await here(other, refTo(other)));
  // More than a slab holds: the threads hear of the second one while they work.
  const kept = await Promise.all(Array.from({ length: 40 }, () => pool.decode(path, refTo(path))));
  const slabs = Array.from(new Set(kept.map(({ buffer }) => buffer)));
  const place = ({ buffer, byteOffset }: Uint8Array) => `${slabs.indexOf(buffer)}:${byteOffset}`;
  assert.equal(new Set(kept.map(place)).size, 40);
  kept.slice(1).forEach(pool.release);
  for (let i = 0; i < 200; i++) {
    const pixels = await pool.decode(other, refTo(other));
    assert.ok(
      kept.some(({ buffer }) => buffer === pixels.buffer),
      'no new memory',
    );
    assert.deepEqual(Buffer.from(pixels), expectedOther);
    pool.release(pixels);
  }
  assert.deepEqual(Buffer.from(kept[0]!), expected);
  // What is nobody's, or was released, is not lent twice.
  pool.release(new Uint8Array(3));
  pool.release(kept[1]!);
  const anew = await Promise.all(Array.from({ length: 63 }, () => pool.decode(other, refTo(other))));
  assert.equal(new Set(anew.map(place)).size, 63);
  assert.deepEqual(Buffer.from(kept[0]!), expected);
});

test('a thread that ends in the middle is replaced, and its images begin anew', async (t) => {
  const { pool, clock } = openPool(t, ending);
  const path = join(temporaryFolder(t), 'endsOnce');
  const found = await Promise.all([path, '/fine', '/fine'].map((one) => pool.decode(one, refTo(one))));
  assert.deepEqual(
    found.map(([byte]) => byte),
    [7, 7, 7],
  );
  assert.deepEqual(clock.times, { decodeMs: 3, alignMs: 6 });
});

test('a thread that ends again is told, for what waits and for what comes', async (t) => {
  const { pool } = openPool(t, ending);
  const settled = await Promise.allSettled(['/ends', '/hangs'].map((one) => pool.decode(one, refTo(one))));
  for (const one of settled) {
    assert.ok(one.status === 'rejected' && isAppError(one.reason, 'internal'));
    assert.match(one.reason.message, /failed twice: out of memory/);
  }
  await assert.rejects(pool.decode('/fine', refTo('/fine')), (error) => isAppError(error, 'internal'));
});

test('a cancel rejects what waits, at once', async (t) => {
  const { pool, controller } = openPool(t, ending);
  const waiting = pool.decode('/hangs', refTo('/hangs'));
  controller.abort();
  await assert.rejects(waiting, (error) => isAppError(error, 'cancelled'));
  await assert.rejects(pool.decode('/fine', refTo('/fine')), (error) => isAppError(error, 'cancelled'));
});

test('a pool that was cancelled before it began starts no thread', async (t) => {
  const { pool } = openPool(t, { ...ending, program: '/no/program.ts', signal: AbortSignal.abort() });
  await assert.rejects(pool.decode('/fine', refTo('/fine')), (error) => isAppError(error, 'cancelled'));
});

test('a cancel in the middle of decodes leaves the process whole', async (t) => {
  const path = await photograph(temporaryFolder(t), [1500, 1500]);
  const { pool, controller } = openPool(t);
  const decodes = Array.from({ length: 20 }, () => pool.decode(path, refTo(path)));
  await decodes[0];
  controller.abort();
  const outcomes = await Promise.allSettled(decodes);
  assert.ok(outcomes.some(({ status }) => status === 'rejected'));
  await pool.close();
});

test('a closed pool takes nothing more', async (t) => {
  const { pool } = openPool(t, ending);
  await pool.decode('/fine', refTo('/fine'));
  await pool.close();
  await assert.rejects(pool.decode('/fine', refTo('/fine')), (error) => isAppError(error, 'internal'));
});

function errorFacts(error: unknown): unknown {
  if (isAppError(error)) return [error.code, error.message, error.data];
  assert.ok(error instanceof Error);
  return [error.message, 'syscall' in error ? error.syscall : null, 'code' in error ? error.code : null];
}
