import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { readReadyEmbeddings } from '../../../src/datasets/readyEmbeddings.ts';
import { imageFiles, itemsOf, open, peopleOf, temporaryFolder, valuesOf } from './temporaryFolder.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/datasets');
const fixture = (name: string) => readFile(join(fixtures, name));
const images = imageFiles('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg');

describe('a Parquet table', () => {
  for (const codec of ['none', 'snappy', 'gzip', 'brotli', 'zstd', 'lz4']) {
    test(`compressed by ${codec} is read like a CSV table`, async (t) => {
      const bytes = await fixture(`table.${codec}.parquet`);
      const table = await open(await temporaryFolder(t, { 'labels.parquet': bytes, ...images }));
      assert.equal(table.kind, 'table');
      assert.deepEqual(table.images, ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']);
      assert.deepEqual([...table.annotationRow], [0, 1, 2, 5]);
      assert.equal(table.nAnnotationRows, 6);
      assert.deepEqual(peopleOf(table), ['Ann', 'Bob', 'Ann', 'Bob']);
      assert.deepEqual(valuesOf(table, 'Male'), [-1, 1, -1, 1]);
      assert.deepEqual(valuesOf(table, 'Smiling'), [1, -1, 0, 1]);
      assert.deepEqual(valuesOf(table, 'age=30.5'), [1, -1, 0, 0], 'NaN and null are unknown');
      assert.deepEqual(valuesOf(table, 'race=2'), [-1, -1, 1, 0], '−1 beside codes is unknown');
      assert.deepEqual([...table.split!], [0, 1, 2, -1]);
      assert.deepEqual(itemsOf(table, 'rowInvalid'), ['row 4: names no image']);
      assert.deepEqual(itemsOf(table, 'imageRepeatedInTable'), ['a.jpg']);
      assert.deepEqual(itemsOf(table, 'attributeIgnored'), [
        'embedding: holds lists or structures',
        'tags: holds lists or structures',
        'split: parts the data set',
      ]);
    });
  }

  test('may be the data set itself, or the annotations', async (t) => {
    const folder = await temporaryFolder(t, {
      'x/labels.parquet': await fixture('table.snappy.parquet'),
      ...imageFiles('x/a.jpg', 'y/a.jpg', 'y/b.jpg'),
    });
    assert.deepEqual((await open(join(folder, 'x/labels.parquet'))).images, ['a.jpg']);
    const table = await open(join(folder, 'y'), { annotations: join(folder, 'x/labels.parquet') });
    assert.deepEqual(table.images, ['a.jpg', 'b.jpg']);
  });

  test('of hundreds of values in several row groups keeps each row its own', async (t) => {
    const rows = Array.from({ length: 700 }, (_, i) => i);
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: 'file', data: rows.map((i) => `${String(i)}.jpg`), type: 'STRING' },
        { name: 'person', data: rows.map((i) => `p${String((i * 3) % 500)}`), type: 'STRING' },
        { name: 'weight', data: rows.map((i) => (i * 7) % 700), type: 'INT32' },
      ],
      rowGroupSize: 64,
    });
    const folder = await temporaryFolder(t, { 'labels.parquet': new Uint8Array(bytes) });
    const table = await open(folder, { requireImages: false });
    assert.deepEqual(
      peopleOf(table),
      rows.map((i) => `p${String((i * 3) % 500)}`),
    );
    assert.deepEqual(
      valuesOf(table, 'weight'),
      rows.map((i) => ((i * 7) % 700 > 349.5 ? 1 : -1)),
    );
  });

  test('that is none, or is cut short, is refused with its path', async (t) => {
    const whole = await fixture('table.snappy.parquet');
    for (const bytes of [Buffer.from('PAR1 not really PAR1'), whole.subarray(0, 900), Buffer.alloc(0)]) {
      const folder = await temporaryFolder(t, { 'labels.parquet': bytes, ...images });
      await assert.rejects(open(join(folder, 'labels.parquet')), {
        code: 'annotationsInvalid',
        message: /labels\.parquet» could not be read as Parquet/,
      });
      const note = itemsOf(await open(folder), 'dataSetNote')!.join();
      assert.match(note, /«labels\.parquet» was not used as annotations/);
    }
  });

  test('an aborted signal ends the reading', async (t) => {
    const folder = await temporaryFolder(t, {
      'labels.parquet': await fixture('table.snappy.parquet'),
      ...images,
    });
    const controller = new AbortController();
    const onProgress = (done: number) => {
      if (done === 1) controller.abort();
    };
    await assert.rejects(open(join(folder, 'labels.parquet'), { signal: controller.signal, onProgress }), {
      code: 'cancelled',
    });
  });
});

describe('embeddings in Parquet', () => {
  const csv = 'file,Male\na.jpg,1\nb.jpg,-1\nc.jpg,1\n';

  for (const type of ['float', 'double', 'fixed']) {
    test(`as lists of ${type} follow the rows of the table where they name no images`, async (t) => {
      const bytes = await fixture(`vectors.${type}.parquet`);
      const folder = await temporaryFolder(t, { 'labels.csv': csv, 'x.parquet': bytes });
      const ready = await readReadyEmbeddings(
        join(folder, 'x.parquet'),
        null,
        await open(folder, { requireImages: false }),
      );
      assert.deepEqual(ready.matrix, { rows: 3, dim: 2, data: Float32Array.of(1, 10, 2, 20, 3, 30) });
      assert.equal(ready.sha256, createHash('sha256').update(bytes).digest('hex'));
      assert.deepEqual(ready.diagnostics, []);
    });
  }

  for (const pages of ['1plain', '1dictionary', '2plain', '2dictionary']) {
    test(`keep each row its own over many pages and row groups, of kind ${pages}`, async (t) => {
      const names = Array.from({ length: 60 }, (_, i) => `${String(i)}.jpg`);
      const folder = await temporaryFolder(t, {
        'labels.csv': `file,Male\n${names.map((name, i) => `${name},${String(i % 2)}`).join('\n')}\n`,
        'x.parquet': await fixture(`vectors.pages${pages}.parquet`),
      });
      const table = await open(folder, { requireImages: false });
      const ready = await readReadyEmbeddings(join(folder, 'x.parquet'), null, table);
      assert.deepEqual(itemsOf(ready, 'embeddingInvalid'), ['0.jpg', '20.jpg']);
      const rows = [...names.keys()].filter((i) => i !== 0 && i !== 20);
      assert.deepEqual(
        [...ready.matrix.data],
        rows.flatMap((i) => Array.from({ length: 8 }, (_, j) => 8 * i + j)),
      );
    });
  }

  test('are found by their column of images, whatever the order, and null is none', async (t) => {
    const folder = await temporaryFolder(t, {
      'labels.csv': 'file,Male\nd.jpg,1\nc.jpg,-1\nx.jpg,1\na.jpg,-1\n',
      'x/x.parquet': await fixture('table.zstd.parquet'),
    });
    const table = await open(join(folder, 'labels.csv'), { requireImages: false });
    const ready = await readReadyEmbeddings(join(folder, 'x/x.parquet'), null, table);
    assert.deepEqual(ready.table.images, ['c.jpg', 'a.jpg']);
    assert.deepEqual([...ready.matrix.data], [5, 6, 1, 2]);
    assert.deepEqual(itemsOf(ready, 'embeddingMissing'), ['x.jpg']);
    assert.deepEqual(itemsOf(ready, 'embeddingInvalid'), ['d.jpg']);
    assert.deepEqual(itemsOf(ready, 'imageRepeatedInTable'), ['a.jpg']);
    assert.deepEqual(itemsOf(ready, 'embeddingImageUnknown'), ['row 4 names no image', 'b.jpg']);
  });

  test('may be the data set as well: one file of images, attributes and vectors', async (t) => {
    const folder = await temporaryFolder(t, { 'x.parquet': await fixture('table.snappy.parquet') });
    const path = join(folder, 'x.parquet');
    const ready = await readReadyEmbeddings(path, null, await open(path, { requireImages: false }));
    assert.deepEqual(ready.table.images, ['a.jpg', 'b.jpg', 'c.jpg']);
    assert.deepEqual([...ready.matrix.data], [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(valuesOf(ready.table, 'Male'), [-1, 1, -1]);
  });

  test('a list of images comes before the column of images', async (t) => {
    const folder = await temporaryFolder(t, {
      'labels.csv': csv,
      'x/x.parquet': await fixture('vectors.float.parquet'),
      'x/list.csv': 'c.jpg\nb.jpg\na.jpg\n',
    });
    const table = await open(join(folder, 'labels.csv'), { requireImages: false });
    const ready = await readReadyEmbeddings(join(folder, 'x/x.parquet'), join(folder, 'x/list.csv'), table);
    assert.deepEqual([...ready.matrix.data], [3, 30, 2, 20, 1, 10]);
  });

  for (const [type, message] of [
    ['ragged', /vector of 1 numbers in row 1, and others of 2/],
    ['holes', /null in the vector of row 1/],
    ['large', /1e\+39 in row 1, too large for float32/],
    ['integers', /no column of vectors: its columns are vec/],
    ['empty', /holds no vector/],
    ['two', /2 columns of vectors, a, b, none of which is called embedding/],
  ] as const) {
    test(`${type} are refused with what is wrong`, async (t) => {
      const folder = await temporaryFolder(t, {
        'labels.csv': csv,
        'x.parquet': await fixture(`vectors.${type}.parquet`),
      });
      const table = await open(folder, { requireImages: false });
      await assert.rejects(readReadyEmbeddings(join(folder, 'x.parquet'), null, table), {
        code: 'embeddingsInvalid',
        message,
      });
    });
  }

  test('with damaged pages are refused with their path', async (t) => {
    const bytes = Buffer.from(await fixture('vectors.pages1plain.parquet'));
    bytes.fill(0, 4, 40);
    const folder = await temporaryFolder(t, { 'labels.csv': csv, 'x/x.parquet': bytes });
    const table = await open(folder, { requireImages: false });
    await assert.rejects(readReadyEmbeddings(join(folder, 'x/x.parquet'), null, table), {
      code: 'embeddingsInvalid',
      message: /x\.parquet/,
    });
  });

  test('an aborted signal ends the reading of vectors', async (t) => {
    const folder = await temporaryFolder(t, {
      'labels.csv': csv,
      'x/x.parquet': await fixture('vectors.float.parquet'),
    });
    const table = await open(folder, { requireImages: false });
    await assert.rejects(readReadyEmbeddings(join(folder, 'x/x.parquet'), null, table, AbortSignal.abort()), {
      code: 'cancelled',
    });
  });

  test('that are no Parquet are refused with their path', async (t) => {
    const folder = await temporaryFolder(t, { 'labels.csv': csv, 'x/x.parquet': 'nothing' });
    const table = await open(folder, { requireImages: false });
    await assert.rejects(readReadyEmbeddings(join(folder, 'x/x.parquet'), null, table), {
      code: 'embeddingsInvalid',
      message: /x\.parquet» could not be read as Parquet/,
    });
  });
});
