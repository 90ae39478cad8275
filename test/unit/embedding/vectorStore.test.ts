import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { description, keyOf, openStore, row, temporaryFolder } from './storeSamples.ts';
import { VectorStore } from '../../../src/embedding/vectorStore.ts';

test('rows come back in the order asked for, after the store was closed and opened again', async (t) => {
  const folder = temporaryFolder(t);
  const first = await openStore(t, folder);
  first.store.append([row(1), row(2)]);
  first.store.append([row(3)]);
  first.store.close();
  const { store, log } = await openStore(t, folder);
  assert.equal(store.size, 3);
  assert.deepEqual([...store.gather([row(3).key, row(1).key])], [3, 3.5, -3, 1, 1.5, -1]);
  assert.deepEqual([...store.usableKeys()], [row(1).key, row(2).key, row(3).key]);
  assert.deepEqual(log, []);
});

test('a key that has a row keeps it, in one call and over several', async (t) => {
  const { store } = await openStore(t, temporaryFolder(t));
  const other = row(1, { vector: Float32Array.of(9, 9, 9) });
  store.append([row(1), other]);
  store.append([other, row(2)]);
  assert.equal(store.size, 2);
  assert.deepEqual([...store.gather([row(1).key, row(2).key])], [1, 1.5, -1, 2, 2.5, -2]);
  assert.equal(readFileSync(join(store.folder, 'vectors.f32')).length, 2 * 3 * 4);
});

test('a row that is not usable is kept, known as such, and left out of the usable keys', async (t) => {
  const folder = temporaryFolder(t);
  const { store } = await openStore(t, folder);
  store.append([row(1), row(2, { vector: Float32Array.of(NaN, 0, 0), usable: false })]);
  store.close();
  const again = (await openStore(t, folder)).store;
  assert.deepEqual(
    [row(1), row(2), row(3)].map(({ key }) => again.state(key)),
    ['usable', 'unusable', 'missing'],
  );
  assert.deepEqual([...again.usableKeys()], [row(1).key]);
});

test('norms lie beside the vectors and come back apart from them', async (t) => {
  const { store } = await openStore(t, temporaryFolder(t), { hasNorms: true });
  store.append([row(1, { norm: 21.5 }), row(2, { norm: 18.25 })]);
  const keys = [row(2).key, row(1).key];
  assert.deepEqual([...store.gather(keys)], [2, 2.5, -2, 1, 1.5, -1]);
  assert.deepEqual([...store.gatherNorms(keys)!], [18.25, 21.5]);
});

test('a store without norms says so, and refuses rows of another shape', async (t) => {
  const { store } = await openStore(t, temporaryFolder(t));
  store.append([row(1)]);
  assert.equal(store.gatherNorms([row(1).key]), null);
  assert.throws(() => store.append([row(2, { norm: 1 })]), isAppErrorOf('internal', /norm/));
  assert.throws(
    () => store.append([row(2, { vector: new Float32Array(4) })]),
    isAppErrorOf('internal', /4 numbers/),
  );
  assert.equal(store.size, 1);
});

test('a vector that is a view into a larger array is stored as the view', async (t) => {
  const { store } = await openStore(t, temporaryFolder(t));
  const batch = Float32Array.of(1, 2, 3, 4, 5, 6);
  store.append([row(1, { vector: batch.subarray(3, 6) })]);
  assert.deepEqual([...store.gather([row(1).key])], [4, 5, 6]);
});

test('asking for an image without a row, or by something that is no digest, is an error', async (t) => {
  const { store } = await openStore(t, temporaryFolder(t));
  assert.throws(() => store.gather([keyOf('unknown')]), isAppErrorOf('internal', /no row/));
  assert.throws(() => store.state('images/1.jpg'), isAppErrorOf('internal', /images\/1\.jpg/));
});

test('stores of different descriptions never share a folder', async (t) => {
  const folder = temporaryFolder(t);
  const first = await openStore(t, folder);
  const second = await openStore(t, folder, { parts: { model: 'other' } });
  first.store.append([row(1)]);
  assert.notEqual(first.store.folder, second.store.folder);
  assert.equal(second.store.state(row(1).key), 'missing');
});

for (const [name, spoil] of [
  ['cut in the middle', (text: string) => text.slice(0, 30)],
  ['of another model', (text: string) => text.replace('"m"', '"n"')],
  ['empty', () => ''],
] as const) {
  test(`a meta file that is ${name} makes the store invalid, with its path and the remedy`, async (t) => {
    const folder = temporaryFolder(t);
    const { store } = await openStore(t, folder);
    store.append([row(1)]);
    store.close();
    const meta = join(store.folder, 'meta.json');
    writeFileSync(meta, spoil(readFileSync(meta, 'utf8')));
    await assert.rejects(openStore(t, folder), (error) => {
      assert.ok(isAppError(error, 'storeInvalid'));
      assert.ok(error.message.includes(store.folder));
      assert.match(error.message, /Delete this folder/);
      return true;
    });
    // The refusal must not keep the lock.
    writeFileSync(meta, JSON.stringify({ format: 'x' }));
    await assert.rejects(openStore(t, folder), isAppErrorOf('storeInvalid', /meta\.json/));
  });
}

test('rows without a meta file are of no known model: invalid', async (t) => {
  const folder = temporaryFolder(t);
  const { store } = await openStore(t, folder);
  store.append([row(1)]);
  store.close();
  rmSync(join(store.folder, 'meta.json'));
  await assert.rejects(openStore(t, folder), isAppErrorOf('storeInvalid', /no meta\.json/));
});

test('a folder that cannot be made is a write error that names the setting', async (t) => {
  const file = join(temporaryFolder(t), 'file');
  writeFileSync(file, '');
  await assert.rejects(
    VectorStore.open({ storeFolder: file, description: description(), log: () => undefined }),
    isAppErrorOf('writeFailed', /attributeLens\.storeFolder/),
  );
});

test('openings in one process share the store, and the last one to close it gives it back', async (t) => {
  const folder = temporaryFolder(t);
  const [first, second] = await Promise.all([openStore(t, folder), openStore(t, folder)]);
  first.store.append([row(1)]);
  assert.equal(second.store.state(row(1).key), 'usable');
  first.store.close();
  second.store.append([row(2)]);
  assert.ok(existsSync(join(second.store.folder, 'lock')));
  second.store.close();
  assert.equal(existsSync(join(second.store.folder, 'lock')), false);
  assert.equal((await openStore(t, folder)).store.size, 2);
});

test('a closed store refuses to work', async (t) => {
  const { store } = await openStore(t, temporaryFolder(t));
  store.close();
  store.close();
  assert.throws(() => store.append([row(1)]), isAppErrorOf('internal', /closed/));
});

function isAppErrorOf(code: Parameters<typeof isAppError>[1], message: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(isAppError(error, code), String(error));
    assert.match(error.message, message);
    return true;
  };
}
