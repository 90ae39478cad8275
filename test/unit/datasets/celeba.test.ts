import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import {
  celebaTable,
  countOf,
  imageFiles,
  itemsOf,
  open,
  peopleOf,
  temporaryFolder,
  valuesOf,
} from './temporaryFolder.ts';

const attributes = celebaTable('Male Smiling ', ['1.jpg -1  1', '2.jpg  1 -1', '3.jpg  1  1']);
const identities = '1.jpg 20\r\n2.jpg 7\r\n3.jpg 20\r\n';
const images = ['1.jpg', '2.jpg', '3.jpg'];

describe('layouts of CelebA', () => {
  const layouts = {
    'annotations in Anno, images in Img/img_align_celeba': {
      anno: 'Anno/',
      img: 'Img/img_align_celeba/',
    },
    'all in one folder': { anno: '', img: '' },
    'images in img_align_celeba beside the tables': { anno: '', img: 'img_align_celeba/' },
    'images in a folder of a folder of the same name': {
      anno: '',
      img: 'img_align_celeba/img_align_celeba/',
    },
    'in the wild': { anno: 'Anno/', img: 'img_celeba/' },
    'everything one folder further down': { anno: 'CelebA/Anno/', img: 'CelebA/Img/img_align_celeba/' },
  };
  for (const [name, { anno, img }] of Object.entries(layouts)) {
    test(`${name} is found`, async (t) => {
      const folder = await temporaryFolder(t, {
        [`${anno}list_attr_celeba.txt`]: attributes,
        [`${anno}identity_CelebA.txt`]: identities,
        ...imageFiles(...images.map((image) => img + image)),
      });
      const table = await open(folder);
      assert.equal(table.kind, 'celeba');
      assert.equal(table.root, resolve(folder, img));
      assert.deepEqual(table.images, images);
      assert.deepEqual(valuesOf(table, 'Male'), [-1, 1, 1]);
      assert.deepEqual(valuesOf(table, 'Smiling'), [1, -1, 1]);
      assert.deepEqual(peopleOf(table), ['20', '7', '20']);
      assert.equal(table.identities.known, true);
      assert.equal(table.attributesFromImages, false);
      assert.deepEqual(table.diagnostics, []);
    });
  }

  test('annotations elsewhere are read from their folder and from the file itself', async (t) => {
    const folder = await temporaryFolder(t, {
      'labels/list_attr_celeba.txt': attributes,
      'labels/identity_CelebA.txt': identities,
      ...imageFiles(...images.map((image) => `faces/${image}`)),
    });
    for (const annotations of ['labels', 'labels/list_attr_celeba.txt']) {
      const table = await open(join(folder, 'faces'), { annotations: join(folder, annotations) });
      assert.deepEqual(table.images, images);
      assert.deepEqual(peopleOf(table), ['20', '7', '20']);
    }
  });

  test('the table itself may be opened; from Anno the images are looked for beside it', async (t) => {
    const folder = await temporaryFolder(t, {
      'Anno/list_attr_celeba.txt': attributes,
      'Anno/identity_CelebA.txt': identities,
      ...imageFiles(...images.map((image) => `Img/img_align_celeba/${image}`)),
    });
    const table = await open(join(folder, 'Anno/list_attr_celeba.txt'));
    assert.deepEqual(table.images, images);
    assert.deepEqual(peopleOf(table), ['20', '7', '20']);
  });

  test('the CSV of the mirrors is CelebA too', async (t) => {
    const folder = await temporaryFolder(t, {
      'list_attr_celeba.csv': 'image_id,Male,Smiling\n1.jpg,-1,1\n2.jpg,1,-1\n3.jpg,1,1\n',
      'list_eval_partition.csv': 'image_id,partition\n1.jpg,0\n',
      'list_bbox_celeba.csv': 'image_id,x_1\n1.jpg,0\n',
      'identity_CelebA.txt': identities,
      ...imageFiles(...images.map((image) => `img_align_celeba/${image}`)),
    });
    const table = await open(folder);
    assert.equal(table.kind, 'celeba');
    assert.deepEqual(valuesOf(table, 'Male'), [-1, 1, 1]);
    assert.deepEqual(peopleOf(table), ['20', '7', '20']);
  });

  test('of a text and a CSV table in one folder the text is taken, and it is said', async (t) => {
    const folder = await temporaryFolder(t, {
      'list_attr_celeba.csv': 'image_id,Other\n1.jpg,-1\n',
      'list_attr_celeba.txt': attributes,
      ...imageFiles(...images),
    });
    const table = await open(folder);
    assert.deepEqual(
      table.attributes.map(({ name }) => name),
      ['Male', 'Smiling'],
    );
    assert.match(itemsOf(table, 'dataSetNote')!.join(), /list_attr_celeba\.csv/);
  });

  test('tables in two folders are no choice to make', async (t) => {
    const folder = await temporaryFolder(t, {
      'a/list_attr_celeba.txt': attributes,
      'b/list_attr_celeba.txt': attributes,
      ...imageFiles(...images),
    });
    await assert.rejects(open(folder), { code: 'dataSetInvalid', message: /a\/list_attr.*b\/list_attr/ });
  });

  test('aligned images are never mixed with namesakes in the wild, though these are more', async (t) => {
    const folder = await temporaryFolder(t, {
      'list_attr_celeba.txt': attributes,
      'identity_CelebA.txt': identities,
      ...imageFiles('img_align_celeba/2.jpg', ...images.map((image) => `img_celeba/${image}`)),
    });
    const table = await open(folder);
    assert.equal(table.root, join(folder, 'img_align_celeba'));
    assert.deepEqual(table.images, ['2.jpg']);
    assert.deepEqual(itemsOf(table, 'imageNotFound'), ['1.jpg', '3.jpg']);
    assert.match(itemsOf(table, 'dataSetNote')![0]!, /img_celeba/);
  });

  test('PNG images of a table that says JPG are matched by their stem, and it is said', async (t) => {
    const folder = await temporaryFolder(t, {
      'list_attr_celeba.txt': attributes,
      ...imageFiles('1.png', '2.png', '3.png'),
    });
    const table = await open(folder);
    assert.deepEqual(table.images, ['1.png', '2.png', '3.png']);
    assert.match(itemsOf(table, 'dataSetNote')![0]!, /^3 images have another extension/);
  });
});

describe('trouble in CelebA annotations', () => {
  async function openTable(t: Parameters<typeof temporaryFolder>[0], text: string, more = {}) {
    const folder = await temporaryFolder(t, {
      'list_attr_celeba.txt': text,
      'identity_CelebA.txt': identities,
      ...imageFiles(...images),
      ...more,
    });
    return open(folder);
  }

  test('a row with too few or too many values is left out, and later rows keep their place', async (t) => {
    const table = await openTable(t, celebaTable('A B', ['1.jpg 1', '2.jpg 1 1 1', '3.jpg -1 1']));
    assert.deepEqual(table.images, ['3.jpg']);
    assert.deepEqual(itemsOf(table, 'rowInvalid'), [
      '1.jpg: 1 values instead of 2',
      '2.jpg: 3 values instead of 2',
    ]);
    assert.deepEqual([...table.annotationRow], [2]);
    assert.equal(table.nAnnotationRows, 3);
  });

  test('values that are no −1, 0 or 1 count as unknown', async (t) => {
    const table = await openTable(t, celebaTable('A B', ['1.jpg x 2', '2.jpg -1 1', '3.jpg 1 -']));
    assert.deepEqual(valuesOf(table, 'A'), [0, -1, 1]);
    assert.deepEqual(valuesOf(table, 'B'), [0, 1, 0]);
    assert.deepEqual(itemsOf(table, 'valueInvalid'), ['1.jpg: A «x»', '1.jpg: B «2»', '3.jpg: B «-»']);
  });

  test('0 is unknown beside −1 and negative without it', async (t) => {
    const table = await openTable(t, celebaTable('A B C', ['1.jpg 0 0 0', '2.jpg -1 1 0', '3.jpg 1 x 0']));
    assert.deepEqual(valuesOf(table, 'A'), [0, -1, 1]);
    assert.deepEqual(valuesOf(table, 'B'), [-1, 1, 0]);
    assert.deepEqual(itemsOf(table, 'attributeRule'), ['A: 0 is unknown', 'B: 0 is negative']);
    assert.deepEqual(itemsOf(table, 'attributeIgnored'), ['C: holds only 0']);
  });

  test('a first line that promises another number of rows is named with both numbers', async (t) => {
    const table = await openTable(t, celebaTable('A', ['1.jpg 1', '2.jpg -1'], 202599));
    assert.deepEqual(itemsOf(table, 'rowCountMismatch'), [
      'list_attr_celeba.txt: 202599 rows promised, 2 found',
    ]);
    assert.deepEqual(table.images, ['1.jpg', '2.jpg']);
  });

  test('a second row for an image is left out', async (t) => {
    const table = await openTable(t, celebaTable('A', ['1.jpg 1', '1.jpg -1', '2.jpg -1']));
    assert.deepEqual(valuesOf(table, 'A'), [1, -1]);
    assert.deepEqual(itemsOf(table, 'imageRepeatedInTable'), ['1.jpg']);
    assert.deepEqual([...table.annotationRow], [0, 2]);
  });

  test('an attribute that comes twice is used once', async (t) => {
    const table = await openTable(t, celebaTable('A A', ['1.jpg 1 -1', '2.jpg -1 1']));
    assert.deepEqual(valuesOf(table, 'A'), [1, -1]);
    assert.deepEqual(itemsOf(table, 'attributeIgnored'), ['A: another attribute has this name']);
  });

  test('images without a row and rows without an image are named', async (t) => {
    const table = await openTable(t, celebaTable('A', ['9.jpg 1', '2.jpg -1', '1.jpg 1']));
    assert.deepEqual(table.images, ['2.jpg', '1.jpg'], 'in the order of the table');
    assert.deepEqual(itemsOf(table, 'imageNotFound'), ['9.jpg']);
    assert.deepEqual(itemsOf(table, 'imageNotInTable'), ['3.jpg']);
  });

  test('blank lines and a byte order mark do no harm', async (t) => {
    const table = await openTable(t, '\uFEFF2\r\nA\r\n\r\n1.jpg 1\r\n  \r\n2.jpg\t-1');
    assert.deepEqual(valuesOf(table, 'A'), [1, -1]);
    assert.equal(countOf(table, 'rowCountMismatch'), 0);
  });

  test('without an identity file each image is a person of its own', async (t) => {
    const folder = await temporaryFolder(t, { 'list_attr_celeba.txt': attributes, ...imageFiles(...images) });
    const table = await open(folder);
    assert.equal(table.identities.known, false);
    assert.deepEqual(peopleOf(table), images);
    assert.equal(countOf(table, 'identityFileMissing'), 1);
  });

  test('an image without an identity is a person of its own; faulty identity lines are named', async (t) => {
    const table = await openTable(t, attributes, {
      'identity_CelebA.txt': '1.jpg 20\n3.jpg 20\n3.jpg 7\n2.jpg\n',
    });
    assert.deepEqual(peopleOf(table), ['20', '2.jpg', '20']);
    assert.deepEqual(itemsOf(table, 'identityUnknown'), ['2.jpg']);
    assert.deepEqual(itemsOf(table, 'rowInvalid'), ['identity_CelebA.txt: 2.jpg']);
    assert.deepEqual(itemsOf(table, 'imageRepeatedInTable'), ['identity_CelebA.txt: 3.jpg']);
  });

  for (const [what, text, message] of [
    ['an empty table', '', /is empty/],
    ['a table without a count', 'A B\n1.jpg 1 1\n', /number of images alone on line 1, not with «A»/],
    ['a table of one line', '3\n', /no names of attributes on line 2/],
    ['a table of headers only', '3\nA B\n', /holds no row/],
    ['a git-LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:1\n', /git lfs pull/],
    ['UTF-16', Buffer.from('1\nA\n1.jpg 1\n', 'utf16le').toString('latin1'), /UTF-8/],
  ] as const) {
    test(`${what} is refused with its path`, async (t) => {
      await assert.rejects(openTable(t, text), (error: { code: string; message: string }) => {
        assert.equal(error.code, 'annotationsInvalid');
        assert.match(error.message, message);
        assert.match(error.message, /list_attr_celeba\.txt/);
        return true;
      });
    });
  }

  test('an identity file without a single identity is refused', async (t) => {
    await assert.rejects(openTable(t, attributes, { 'identity_CelebA.txt': '1.jpg\n' }), {
      code: 'annotationsInvalid',
      message: /identity_CelebA\.txt/,
    });
  });

  test('a table none of whose images is there is refused with both paths and a remedy', async (t) => {
    const folder = await temporaryFolder(t, { 'list_attr_celeba.txt': attributes, ...imageFiles('x.jpg') });
    await assert.rejects(open(folder), {
      code: 'dataSetNotFound',
      message: /3 images.*«1\.jpg».*1 images.*Pass/,
    });
  });
});

test('without images being required all rows stay, and those on disk keep their folder', async (t) => {
  const folder = await temporaryFolder(t, {
    'list_attr_celeba.txt': attributes,
    'identity_CelebA.txt': identities,
    ...imageFiles('img_align_celeba/2.jpg'),
  });
  const table = await open(folder, { requireImages: false });
  assert.deepEqual(table.images, images);
  assert.deepEqual([...table.annotationRow], [0, 1, 2]);
  assert.equal(table.root, join(folder, 'img_align_celeba'));
  assert.equal(countOf(table, 'imageNotFound'), 0);
  await rename(join(folder, 'img_align_celeba'), join(folder, '.gone'));
  const bare = await open(folder, { requireImages: false });
  assert.deepEqual(bare.images, images);
  assert.deepEqual(valuesOf(bare, 'Male'), [-1, 1, 1]);
});
