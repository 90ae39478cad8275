import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { digestImages } from '../../../src/embedding/contentIndex.ts';
import { readDigestCache, writeDigestCache } from '../../../src/embedding/digestCache.ts';
import { keyOf, temporaryFolder } from './storeSamples.ts';

/** Long after the files' times of change, which are in 2001. */
const later = (): number => Date.UTC(2002, 0);
const changed = new Date(Date.UTC(2001, 0));

interface Data {
  readonly root: string;
  readonly cacheFolder: string;
  write(image: string, content: string, time?: Date): void;
  digest(images: readonly string[], now?: () => number): Promise<readonly (string | null)[]>;
}

function dataIn(t: TestContext): Data {
  const root = join(temporaryFolder(t), 'faces');
  const cacheFolder = join(temporaryFolder(t), 'cache');
  mkdirSync(root);
  return {
    root,
    cacheFolder,
    write(image, content, time = changed) {
      writeFileSync(join(root, image), content);
      utimesSync(join(root, image), time, time);
    },
    digest: (images, now = later) =>
      digestImages({
        root,
        images,
        cacheFolder,
        signal: new AbortController().signal,
        onProgress: () => undefined,
        now,
      }),
  };
}

test('each image has the SHA-256 of its bytes, in the order asked for', async (t) => {
  const data = dataIn(t);
  const large = 'x'.repeat(1_000_000);
  data.write('a.jpg', 'abc');
  data.write('b.jpg', large);
  assert.deepEqual(await data.digest(['b.jpg', 'a.jpg']), [
    createHash('sha256').update(large).digest('hex'),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  ]);
});

test('what cannot be read, or is no file, has no digest', async (t) => {
  const data = dataIn(t);
  data.write('a.jpg', 'a');
  mkdirSync(join(data.root, 'folder.jpg'));
  assert.deepEqual(await data.digest(['missing.jpg', 'folder.jpg', 'a.jpg']), [null, null, keyOf('a')]);
});

test('a second run does not read the files again', async (t) => {
  const data = dataIn(t);
  data.write('a.jpg', 'one');
  await data.digest(['a.jpg']);
  // Same size and time, other content: only a run that reads would notice.
  data.write('a.jpg', 'two');
  assert.deepEqual(await data.digest(['a.jpg']), [keyOf('one')]);
});

for (const [change, content, time] of [
  ['size', 'longer', changed],
  ['time of change', 'two', new Date(changed.getTime() + 1)],
] as const) {
  test(`a file of another ${change} is read again`, async (t) => {
    const data = dataIn(t);
    data.write('a.jpg', 'one');
    await data.digest(['a.jpg']);
    data.write('a.jpg', content, time);
    assert.deepEqual(await data.digest(['a.jpg']), [keyOf(content)]);
  });
}

test('the digest of a file changed just before it was read is not trusted by the next run', async (t) => {
  const data = dataIn(t);
  data.write('a.jpg', 'one');
  await data.digest(['a.jpg'], () => changed.getTime() + 1_999);
  data.write('a.jpg', 'two');
  assert.deepEqual(await data.digest(['a.jpg']), [keyOf('two')]);
});

test('a renamed image has the same digest', async (t) => {
  const data = dataIn(t);
  data.write('a.jpg', 'one');
  const before = await data.digest(['a.jpg']);
  renameSync(join(data.root, 'a.jpg'), join(data.root, 'b.jpg'));
  assert.deepEqual(await data.digest(['b.jpg']), before);
});

test('each root has a cache of its own', async (t) => {
  const first = dataIn(t);
  const second = dataIn(t);
  first.write('a.jpg', 'one');
  second.write('a.jpg', 'two');
  await first.digest(['a.jpg']);
  const request = { images: ['a.jpg'], signal: new AbortController().signal, onProgress: () => undefined };
  assert.deepEqual(
    await digestImages({ ...request, root: second.root, cacheFolder: first.cacheFolder, now: later }),
    [keyOf('two')],
  );
  assert.equal(readdirSync(first.cacheFolder).length, 2);
});

test('a damaged cache is passed over, line by line', async (t) => {
  const data = dataIn(t);
  data.write('a.jpg', 'one');
  data.write('b.jpg', 'two');
  await data.digest(['a.jpg', 'b.jpg']);
  const file = join(data.cacheFolder, readdirSync(data.cacheFolder)[0]!);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(keyOf('one'), keyOf('one').slice(1)));
  data.write('b.jpg', 'six');
  assert.deepEqual(await data.digest(['a.jpg', 'b.jpg']), [keyOf('one'), keyOf('two')]);
  writeFileSync(file, `of a later version\n${text}`);
  assert.deepEqual(await data.digest(['b.jpg']), [keyOf('six')]);
});

test('names with quotes, line breaks and letters of any language survive the cache', async (t) => {
  const cacheFolder = temporaryFolder(t);
  const names = ['a "b".jpg', 'line\nbreak.jpg', 'Zoë/ż.jpg'];
  const cache = new Map(names.map((name) => [name, { sha256: keyOf(name), size: 3, mtimeMs: 1.25 }]));
  await writeDigestCache(cacheFolder, '/faces', cache, []);
  assert.deepEqual(await readDigestCache(cacheFolder, '/faces'), cache);
});

test('the cache keeps the images of the latest run first where not all fit', async (t) => {
  const cacheFolder = temporaryFolder(t);
  const cache = new Map(
    ['old', 'older', 'new'].map((name) => [name, { sha256: keyOf(name), size: 3, mtimeMs: 1 }]),
  );
  await writeDigestCache(cacheFolder, '/faces', cache, ['new'], 2);
  assert.deepEqual([...(await readDigestCache(cacheFolder, '/faces')).keys()], ['new', 'old']);
});

test('a cancel ends it, keeps what was read, and leaves the rest unread', async (t) => {
  const data = dataIn(t);
  const images = Array.from({ length: 100 }, (_, i) => `${i}.jpg`);
  for (const image of images) data.write(image, image);
  const controller = new AbortController();
  const seen: number[] = [];
  const run = digestImages({
    root: data.root,
    images,
    cacheFolder: data.cacheFolder,
    signal: controller.signal,
    now: later,
    onProgress: (done) => {
      seen.push(done);
      if (done === 10) controller.abort();
    },
  });
  await assert.rejects(run, (error) => isAppError(error, 'cancelled'));
  const kept = (await readDigestCache(data.cacheFolder, data.root)).size;
  assert.equal(kept, seen.length);
  // Files already in flight are finished.
  assert.ok(kept >= 10 && kept < 10 + 16, `kept ${kept}`);
});

test('progress counts every image once, up to the total', async (t) => {
  const data = dataIn(t);
  data.write('a.jpg', 'a');
  const seen: string[] = [];
  await digestImages({
    root: data.root,
    images: ['a.jpg', 'missing.jpg'],
    cacheFolder: data.cacheFolder,
    signal: new AbortController().signal,
    onProgress: (done, total, image) => seen.push(`${done}/${total} ${image}`),
  });
  assert.deepEqual(
    seen.map((text) => text.slice(0, 3)),
    ['1/2', '2/2'],
  );
  assert.deepEqual(seen.map((text) => text.slice(4)).sort(), ['a.jpg', 'missing.jpg']);
});

test('a cache folder that cannot be written is a write error with its path', async (t) => {
  const data = dataIn(t);
  data.write('a.jpg', 'a');
  writeFileSync(data.cacheFolder, 'a file in its place');
  await assert.rejects(data.digest(['a.jpg']), (error) => {
    assert.ok(isAppError(error, 'writeFailed'));
    assert.ok(error.message.includes(data.cacheFolder));
    return true;
  });
});
