import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  celebaTable,
  countOf,
  imageFiles,
  itemsOf,
  open,
  peopleOf,
  temporaryFolder,
} from './temporaryFolder.ts';

type T = Parameters<typeof temporaryFolder>[0];

const attributes = celebaTable('Male', ['1.jpg -1', '2.jpg  1', '3.jpg  1']);
const identities = '1.jpg 20\r\n2.jpg 7\r\n3.jpg 20\r\n';
const images = ['1.jpg', '2.jpg', '3.jpg'];

const names =
  'lefteye_x lefteye_y righteye_x righteye_y nose_x nose_y leftmouth_x leftmouth_y rightmouth_x rightmouth_y ';
/** Where all aligned images have their eyes, nose and corners of the mouth, on average. */
const fixedPoints = [69, 111, 108, 111, 88, 136, 72, 152, 105, 152];
const aligned = celebaTable(names, [
  `1.jpg ${fixedPoints.join('  ')} `,
  '2.jpg 68  112  109  110   86  135   70  151  107  153',
  '3.jpg 70  110  106  112   90  137   74  153  104  151',
]);
const wild = celebaTable(names, [
  '3.jpg 310 10 11 12 13 14 15 16 17 18',
  '1.jpg 110 10 11 12 13 14 15 16 17 18',
  '2.jpg 210 10 11 12 13 14 15 16 17 18',
]);
const boxes = celebaTable('image_id x_1 y_1 width height', [
  '1.jpg  95  71 226 313',
  '2.jpg  72  94 0 0',
  '3.jpg  -4  59 91 126',
]);

async function openWith(t: T, more: Record<string, string>, folder = 'Img/img_align_celeba') {
  return open(
    await temporaryFolder(t, {
      'Anno/list_attr_celeba.txt': attributes,
      'Anno/identity_CelebA.txt': identities,
      ...more,
      ...imageFiles(...images.map((image) => `${folder}/${image}`)),
    }),
  );
}

describe('landmarks and boxes of CelebA', () => {
  const tables = {
    'Anno/list_landmarks_celeba.txt': wild,
    'Anno/list_landmarks_align_celeba.txt': aligned,
    'Anno/list_bbox_celeba.txt': boxes,
  };

  test('aligned images get the aligned landmarks, in the frame of the aligned images, and no boxes', async (t) => {
    const table = await openWith(t, tables);
    assert.equal(table.landmarks!.length, 30);
    assert.deepEqual([...table.landmarks!.subarray(0, 10)], fixedPoints);
    assert.deepEqual([...table.landmarks!.subarray(20, 22)], [70, 110]);
    assert.deepEqual(table.landmarkFrame, { width: 178, height: 218 });
    assert.equal(table.boxes, null);
    assert.deepEqual(table.diagnostics, []);
  });

  test('the first eye and corner of the mouth are those on the left of the image', async (t) => {
    const { landmarks } = await openWith(t, tables);
    for (let row = 0; row < 3; row++) {
      const [leftEye, , rightEye, , , , leftMouth, , rightMouth] = landmarks!.subarray(row * 10);
      assert.ok(leftEye! < rightEye! && leftMouth! < rightMouth!);
    }
  });

  test('images in the wild get the other landmarks, in any order of rows, and boxes, in their own pixels', async (t) => {
    const table = await openWith(t, tables, 'Img/img_celeba');
    assert.deepEqual(
      [0, 10, 20].map((at) => table.landmarks![at]),
      [110, 210, 310],
    );
    assert.deepEqual([...table.boxes!.subarray(0, 4)], [95, 71, 226, 313]);
    assert.deepEqual([...table.boxes!.subarray(8)], [-4, 59, 91, 126], 'a box may begin outside the image');
    assert.equal(table.landmarkFrame, null);
  });

  test('a box without an area is none, and is named', async (t) => {
    const table = await openWith(t, tables, 'Img/img_celeba');
    assert.deepEqual([...table.boxes!.subarray(4, 8)], [NaN, NaN, NaN, NaN]);
    assert.deepEqual(itemsOf(table, 'valueInvalid'), ['list_bbox_celeba.txt: 2.jpg: 72 94 0 0']);
  });

  test('in a folder of another name no landmarks are used, and it is said', async (t) => {
    const table = await openWith(t, tables, 'faces');
    assert.equal(table.landmarks, null);
    assert.equal(table.boxes, null);
    assert.match(itemsOf(table, 'dataSetNote')!.join(), /list_landmarks_celeba.*«faces» is neither/);
  });

  test('the CSV mirrors are read the same', async (t) => {
    const csv = (text: string) => {
      const [, header, ...rows] = text.trim().split('\r\n');
      const cells = (line: string) => line.trim().split(/ +/).join(',');
      const head = cells(header!);
      return [head.startsWith('image_id') ? head : `image_id,${head}`, ...rows.map(cells)].join('\n');
    };
    const folder = await temporaryFolder(t, {
      'list_attr_celeba.csv': 'image_id,Male\n1.jpg,-1\n2.jpg,1\n3.jpg,1\n',
      'identity_CelebA.csv': 'image_id,identity\n1.jpg,20\n2.jpg,7\n3.jpg,20\n',
      'list_landmarks_align_celeba.csv': csv(aligned),
      'list_bbox_celeba.csv': csv(boxes),
      'list_eval_partition.csv': 'image_id,partition\n1.jpg,0\n2.jpg,2\n3.jpg,1\n',
      ...imageFiles(...images.map((image) => `img_align_celeba/${image}`)),
    });
    const table = await open(folder);
    assert.deepEqual([...table.landmarks!.subarray(0, 10)], fixedPoints);
    assert.deepEqual([...table.split!], [0, 2, 1]);
    assert.deepEqual(peopleOf(table), ['20', '7', '20']);
    assert.deepEqual(table.diagnostics, []);
  });

  test('an identity CSV without a header is read too', async (t) => {
    const table = await open(
      await temporaryFolder(t, {
        'list_attr_celeba.csv': 'image_id,Male\n1.jpg,-1\n2.jpg,1\n3.jpg,1\n',
        'identity_CelebA.csv': '1.jpg,20\n2.jpg,7\n3.jpg,20\n',
        ...imageFiles(...images),
      }),
    );
    assert.deepEqual(peopleOf(table), ['20', '7', '20']);
  });

  test('malformed, repeated and absent rows are named; their images have no landmarks', async (t) => {
    const table = await openWith(t, {
      'Anno/list_landmarks_align_celeba.txt': celebaTable(
        names,
        ['1.jpg 1 2 3', '2.jpg 1 2 3 4 5 6 7 8 x 10', '9.jpg 1 2 3 4 5 6 7 8 9 10'],
        202599,
      ),
    });
    assert.ok(table.landmarks!.every(Number.isNaN));
    const name = 'list_landmarks_align_celeba.txt';
    assert.deepEqual(itemsOf(table, 'rowInvalid'), [`${name}: 1.jpg: 3 values instead of 10`]);
    assert.deepEqual(itemsOf(table, 'valueInvalid'), [`${name}: 2.jpg: 1 2 3 4 5 6 7 8 x 10`]);
    assert.deepEqual(itemsOf(table, 'rowCountMismatch'), [`${name}: 202599 rows promised, 3 found`]);
    assert.match(itemsOf(table, 'dataSetNote')!.join(), /no row for 2 of the images, such as «1\.jpg»/);
    const repeated = await openWith(t, {
      'Anno/list_landmarks_align_celeba.txt': `${aligned}1.jpg 9 9 9 9 9 9 9 9 9 9\r\n`,
    });
    assert.deepEqual([...repeated.landmarks!.subarray(0, 10)], fixedPoints);
    assert.deepEqual(itemsOf(repeated, 'imageRepeatedInTable'), [`${name}: 1.jpg`]);
  });

  test('a file of another form is not used, and it is said', async (t) => {
    const table = await openWith(t, { 'Anno/list_landmarks_align_celeba.txt': '1.jpg 1 2 3\n' });
    assert.equal(table.landmarks, null);
    assert.match(
      itemsOf(table, 'dataSetNote')!.join(),
      /was not used: it has no line of the columns lefteye_x/,
    );
  });
});

describe('the split of CelebA', () => {
  test('is read from Eval, −1 where a row is absent or faulty', async (t) => {
    const table = await openWith(t, { 'Eval/list_eval_partition.txt': '2.jpg 2\n1.jpg 3\n3.jpg 1 1\n' });
    assert.deepEqual([...table.split!], [-1, 2, -1]);
    assert.deepEqual(itemsOf(table, 'valueInvalid'), ['list_eval_partition.txt: 1.jpg: «3»']);
    assert.deepEqual(itemsOf(table, 'rowInvalid'), ['list_eval_partition.txt: 3.jpg: 2 values instead of 1']);
  });

  test('is null without such a file', async (t) => {
    assert.equal((await openWith(t, {})).split, null);
  });
});

describe('opening a folder of images of CelebA itself', () => {
  for (const [where, anno, img] of [
    ['in the folder above', '', 'img_align_celeba'],
    ['in Anno beside it', 'Anno/', 'img_align_celeba'],
    ['in Anno beside Img', 'Anno/', 'Img/img_align_celeba'],
    ['above a folder in a folder of the same name', '', 'img_align_celeba/img_align_celeba'],
  ] as const) {
    test(`finds the annotations ${where}, and says so`, async (t) => {
      const folder = await temporaryFolder(t, {
        [`${anno}list_attr_celeba.txt`]: attributes,
        [`${anno}identity_CelebA.txt`]: identities,
        [`${anno}list_landmarks_align_celeba.txt`]: aligned,
        ...imageFiles(...images.map((image) => `${img}/${image}`)),
      });
      const table = await open(join(folder, img));
      assert.equal(table.kind, 'celeba');
      assert.equal(table.root, join(folder, img));
      assert.deepEqual(peopleOf(table), ['20', '7', '20']);
      assert.equal(table.landmarks!.length, 30);
      assert.match(
        itemsOf(table, 'dataSetNote')!.join(),
        /outside the folder, in «\.\.\/.*list_attr_celeba\.txt»/,
      );
    });
  }

  test('leaves a folder of another name alone', async (t) => {
    const folder = await temporaryFolder(t, {
      'list_attr_celeba.txt': attributes,
      ...imageFiles(...images.map((image) => `faces/${image}`)),
    });
    const table = await open(join(folder, 'faces'));
    assert.equal(table.kind, 'imageFolder');
    assert.equal(countOf(table, 'dataSetNote'), 0);
  });

  test('is a plain folder where no annotations lie around it', async (t) => {
    const folder = await temporaryFolder(t, imageFiles('img_align_celeba/1.jpg', 'img_align_celeba/2.jpg'));
    assert.equal((await open(join(folder, 'img_align_celeba'))).kind, 'imageFolder');
  });
});
