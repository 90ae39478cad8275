import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { lineBytes } from '../../../src/embedding/storeFormat.ts';
import { openStore, row, temporaryFolder } from './storeSamples.ts';

const rowBytes = 3 * 4;
const nRows = 3;

interface Files {
  readonly folder: string;
  readonly vectorsFile: string;
  readonly indexFile: string;
  readonly vectors: Buffer;
  readonly index: Buffer;
}

async function storeOfThreeRows(t: TestContext): Promise<Files> {
  const folder = temporaryFolder(t);
  const { store } = await openStore(t, folder);
  store.append([row(0), row(1), row(2)]);
  store.close();
  const vectorsFile = join(store.folder, 'vectors.f32');
  const indexFile = join(store.folder, 'index.txt');
  return {
    folder,
    vectorsFile,
    indexFile,
    vectors: readFileSync(vectorsFile),
    index: readFileSync(indexFile),
  };
}

/** Opens the store, checks that it holds rows 0 to n − 1 and no other, and that it takes the rest again. */
async function assertPrefix(t: TestContext, files: Files, n: number, isCut: boolean): Promise<void> {
  const { store, log } = await openStore(t, files.folder);
  assert.equal(store.size, n);
  for (let i = 0; i < nRows; i++) {
    if (i < n) assert.deepEqual([...store.gather([row(i).key])], [...row(i).vector]);
    else assert.equal(store.state(row(i).key), 'missing');
  }
  assert.equal(log.length, isCut ? 1 : 0, log.join('\n'));
  if (isCut) assert.match(log[0]!, new RegExp(`kept its ${n} whole rows`));
  store.append([row(0), row(1), row(2)]);
  store.close();
  assert.deepEqual(readFileSync(files.vectorsFile), files.vectors);
  assert.deepEqual(readFileSync(files.indexFile), files.index);
}

test('cut at any byte of the vectors, the store opens with the rows before it and goes on from there', async (t) => {
  const files = await storeOfThreeRows(t);
  for (let bytes = 0; bytes <= files.vectors.length; bytes++) {
    writeFileSync(files.vectorsFile, files.vectors.subarray(0, bytes));
    await assertPrefix(t, files, Math.floor(bytes / rowBytes), bytes < files.vectors.length);
  }
});

test('cut at any byte of the index, the store opens with the rows before it and goes on from there', async (t) => {
  const files = await storeOfThreeRows(t);
  for (let bytes = 0; bytes <= files.index.length; bytes++) {
    writeFileSync(files.indexFile, files.index.subarray(0, bytes));
    await assertPrefix(t, files, Math.floor(bytes / lineBytes), bytes < files.index.length);
  }
});

test('a tail that never reached the disk, zeros of the right length, is cut', async (t) => {
  const files = await storeOfThreeRows(t);
  writeFileSync(files.vectorsFile, Buffer.from(files.vectors).fill(0, 2 * rowBytes));
  await assertPrefix(t, files, 2, true);
  writeFileSync(files.indexFile, Buffer.from(files.index).fill(0, 1 * lineBytes));
  await assertPrefix(t, files, 1, true);
});

test('every changed byte of a row or its line makes this row missing, and no other', async (t) => {
  const files = await storeOfThreeRows(t);
  const places = [
    ...Array.from({ length: rowBytes }, (_, i) => [files.vectorsFile, files.vectors, rowBytes + i] as const),
    ...Array.from({ length: lineBytes }, (_, i) => [files.indexFile, files.index, lineBytes + i] as const),
  ];
  for (const [file, whole, position] of places) {
    writeFileSync(files.vectorsFile, files.vectors);
    writeFileSync(files.indexFile, files.index);
    const spoilt = Buffer.from(whole);
    spoilt[position]! ^= 1;
    writeFileSync(file, spoilt);
    const { store, log } = await openStore(t, files.folder);
    assert.deepEqual(
      [0, 1, 2].map((i) => store.state(row(i).key)),
      ['usable', 'missing', 'usable'],
      `byte ${position} of ${file}`,
    );
    assert.match(log.join(), /1 damaged rows/);
    store.close();
  }
});

test('a damaged row that was computed again is found in its new place', async (t) => {
  const files = await storeOfThreeRows(t);
  const spoilt = Buffer.from(files.vectors);
  spoilt[rowBytes]! ^= 1;
  writeFileSync(files.vectorsFile, spoilt);
  const repaired = (await openStore(t, files.folder)).store;
  repaired.append([row(1)]);
  repaired.close();
  const { store } = await openStore(t, files.folder);
  assert.deepEqual([...store.gather([row(1).key, row(2).key])], [...row(1).vector, ...row(2).vector]);
});

test('rows that changed places while their lines stayed do not count', async (t) => {
  const files = await storeOfThreeRows(t);
  const first = files.vectors.subarray(0, rowBytes);
  const second = files.vectors.subarray(rowBytes, 2 * rowBytes);
  writeFileSync(files.vectorsFile, Buffer.concat([second, first, files.vectors.subarray(2 * rowBytes)]));
  const { store } = await openStore(t, files.folder);
  assert.deepEqual(
    [0, 1, 2].map((i) => store.state(row(i).key)),
    ['missing', 'missing', 'usable'],
  );
});
