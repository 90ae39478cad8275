import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exportStore } from '../../../src/embedding/exportStore.ts';
import { openStore, row, temporaryFolder } from './storeSamples.ts';

test('the array has the rows of the images listed, the table names them', async (t) => {
  const folder = temporaryFolder(t);
  const { store } = await openStore(t, folder);
  store.append([row(1), row(2), row(3, { usable: false })]);
  const npy = join(folder, 'out.npy');
  const csv = join(folder, 'out.csv');
  const images = [
    { name: 'b, "2".jpg', key: row(2).key },
    { name: 'unusable.jpg', key: row(3).key },
    { name: 'missing.jpg', key: row(4).key },
    { name: 'a.jpg', key: row(1).key },
    { name: 'copy of a.jpg', key: row(1).key },
  ];
  assert.deepEqual(await exportStore(store, { npy, csv, images }), { nRows: 3 });
  const bytes = readFileSync(npy);
  assert.equal(bytes.toString('latin1', 0, 8), '\x93NUMPY\x01\x00');
  const start = 10 + bytes.readUInt16LE(8);
  assert.equal(start % 64, 0);
  assert.match(
    bytes.toString('latin1', 10, start),
    /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(3, 3\), \} *\n$/,
  );
  const numbers = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length),
  );
  assert.deepEqual([...numbers], [2, 2.5, -2, 1, 1.5, -1, 1, 1.5, -1]);
  assert.equal(
    readFileSync(csv, 'utf8'),
    `image,sha256\n"b, ""2"".jpg",${row(2).key}\na.jpg,${row(1).key}\ncopy of a.jpg,${row(1).key}\n`,
  );
});

test('without a list all usable rows go out, with their norms where there are any', async (t) => {
  const folder = temporaryFolder(t);
  const { store } = await openStore(t, folder, { hasNorms: true });
  store.append([row(1, { norm: 21.5 }), row(2, { norm: 3, usable: false })]);
  const csv = join(folder, 'out.csv');
  assert.deepEqual(await exportStore(store, { npy: join(folder, 'out.npy'), csv }), { nRows: 1 });
  assert.equal(readFileSync(csv, 'utf8'), `image,sha256,norm\n,${row(1).key},21.5\n`);
});
