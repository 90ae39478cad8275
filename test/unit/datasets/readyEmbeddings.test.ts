import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { encodeNpy } from '../../../src/datasets/npy.ts';
import { readReadyEmbeddings } from '../../../src/datasets/readyEmbeddings.ts';
import { celebaTable, imageFiles, itemsOf, open, temporaryFolder } from './temporaryFolder.ts';

type T = Parameters<typeof temporaryFolder>[0];

/** Row i is [i + 1, 10 · (i + 1)], so that each row tells where it came from. */
function embeddings(rows: number): Uint8Array {
  const data = Float32Array.from({ length: rows * 2 }, (_, i) => (1 + (i >> 1)) * (i % 2 === 0 ? 1 : 10));
  return encodeNpy({ rows, dim: 2, data });
}

const attributes = celebaTable('A', ['1.jpg 1', '2.jpg 1 1', '3.jpg -1', '4.jpg 1']);

async function read(
  t: T,
  npy: Uint8Array,
  list: string | null,
  { requireImages = false, table = attributes } = {},
) {
  const folder = await temporaryFolder(t, {
    'list_attr_celeba.txt': table,
    'x.npy': npy,
    'list/list.csv': list ?? '',
    ...imageFiles('4.jpg'),
  });
  const opened = await open(folder, { requireImages });
  return readReadyEmbeddings(
    join(folder, 'x.npy'),
    list === null ? null : join(folder, 'list/list.csv'),
    opened,
  );
}

describe('without a list', () => {
  test('rows follow the annotation file, with its faulty rows counted', async (t) => {
    const npy = embeddings(4);
    const { matrix, table, diagnostics, sha256 } = await read(t, npy, null);
    assert.deepEqual(table.images, ['1.jpg', '3.jpg', '4.jpg']);
    assert.deepEqual(matrix, { rows: 3, dim: 2, data: Float32Array.of(1, 10, 3, 30, 4, 40) });
    assert.deepEqual(diagnostics, []);
    assert.equal(sha256, createHash('sha256').update(npy).digest('hex'));
  });

  test('images that are not on disk still count among the rows', async (t) => {
    const { matrix, table } = await read(t, embeddings(4), null, { requireImages: true });
    assert.deepEqual(table.images, ['4.jpg']);
    assert.deepEqual([...matrix.data], [4, 40]);
  });

  for (const rows of [1, 3, 5]) {
    test(`${String(rows)} embeddings for four rows are refused with both numbers`, async (t) => {
      await assert.rejects(read(t, embeddings(rows), null), {
        code: 'embeddingsInvalid',
        message: new RegExp(`holds ${String(rows)} embeddings, and the data set has 4 rows\\. Pass a list`),
      });
    });
  }

  test('embeddings that are zero or not finite are left out and named', async (t) => {
    const data = Float32Array.of(1, 2, 0, 0, NaN, 1, 0, 0);
    const { matrix, table, diagnostics } = await read(t, encodeNpy({ rows: 4, dim: 2, data }), null);
    assert.deepEqual(table.images, ['1.jpg']);
    assert.deepEqual([...table.attributes[0]!.values], [1]);
    assert.deepEqual([...matrix.data], [1, 2]);
    assert.deepEqual(itemsOf({ diagnostics }, 'embeddingInvalid'), ['3.jpg', '4.jpg']);
    await assert.rejects(read(t, encodeNpy({ rows: 4, dim: 1, data: new Float32Array(4) }), null), {
      code: 'embeddingsInvalid',
      message: /no embedding of any of the 3 images/,
    });
  });
});

describe('with a list', () => {
  test('rows are found by name; what either side holds alone is named', async (t) => {
    const { matrix, table, diagnostics } = await read(
      t,
      embeddings(3),
      'image,x\n4.jpg,0\n9.jpg,0\n1.jpg,0\n',
    );
    assert.deepEqual(table.images, ['1.jpg', '4.jpg']);
    assert.deepEqual([...matrix.data], [3, 30, 1, 10]);
    assert.deepEqual(itemsOf({ diagnostics }, 'embeddingImageUnknown'), ['9.jpg']);
    assert.deepEqual(itemsOf({ diagnostics }, 'embeddingMissing'), ['3.jpg']);
  });

  test('a list without a header line is read too', async (t) => {
    const { table, matrix } = await read(t, embeddings(2), '4.jpg\n3.jpg\n');
    assert.deepEqual(table.images, ['3.jpg', '4.jpg']);
    assert.deepEqual([...matrix.data], [2, 20, 1, 10]);
  });

  test('names with other folders, or other extensions, are found', async (t) => {
    const { table, matrix } = await read(t, embeddings(2), 'image\n/data/faces/4.png\n/data/faces/1.png\n');
    assert.deepEqual(table.images, ['1.jpg', '4.jpg']);
    assert.deepEqual([...matrix.data], [2, 20, 1, 10]);
  });

  test('names without extension, as the table writes them, are no header', async (t) => {
    const table = celebaTable('A', ['1 1', '3 -1', '4 1']);
    const { matrix } = await read(t, embeddings(3), '4\n3\n1\n', { table });
    assert.deepEqual([...matrix.data], [3, 30, 2, 20, 1, 10]);
  });

  test('rows of no image are named', async (t) => {
    const { matrix, diagnostics } = await read(t, embeddings(3), '4.jpg,x\n,x\n3.jpg,x\n');
    assert.deepEqual([...matrix.data], [3, 30, 1, 10]);
    assert.deepEqual(itemsOf({ diagnostics }, 'embeddingImageUnknown'), ['row 2 names no image']);
  });

  test('the second row for an image is left out and named', async (t) => {
    const { matrix, diagnostics } = await read(t, embeddings(3), '4.jpg\n3.jpg\n4.jpg\n');
    assert.deepEqual([...matrix.data], [2, 20, 1, 10]);
    assert.deepEqual(itemsOf({ diagnostics }, 'imageRepeatedInTable'), ['4.jpg']);
  });

  for (const [what, list, nNames] of [
    ['one name too many and no header', '1.jpg\n3.jpg\n4.jpg\n', 3],
    ['a header and one name too few', 'image\n1.jpg\n', 1],
  ] as const) {
    test(`${what}: refused with both numbers, for every row would be off by one`, async (t) => {
      await assert.rejects(read(t, embeddings(2), list), {
        code: 'embeddingsInvalid',
        message: new RegExp(`names ${String(nNames)} images, and .* holds 2 embeddings`),
      });
    });
  }

  test('a list of other images is refused with an example of each side', async (t) => {
    await assert.rejects(read(t, embeddings(2), '8.jpg\n9.jpg\n'), {
      code: 'embeddingsInvalid',
      message: /«8\.jpg».*3 images.*«1\.jpg»/,
    });
  });
});
