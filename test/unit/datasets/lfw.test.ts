import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import type { DatasetTable } from '../../../src/domain/datasetTable.ts';
import {
  countOf,
  imageFiles,
  itemsOf,
  open,
  peopleOf,
  temporaryFolder,
  valuesOf,
} from './temporaryFolder.ts';

type T = Parameters<typeof temporaryFolder>[0];

const paths = [
  'Ann/Ann_0001.jpg',
  'Ann/Ann_0002.jpg',
  'Bob_X/Bob_X_0001.jpg',
  'Bob_X/Bob_X_0010.jpg',
  'Cy/Cy_0001.jpg',
];

async function openLfw(t: T, files: Record<string, string>, images: readonly string[] = paths) {
  return open(await temporaryFolder(t, { ...files, ...imageFiles(...images) }));
}

/** Pairs as text: «Ann_0001 Ann_0002 same 0». */
function pairsOf({ pairs, images }: DatasetTable): string[] {
  const name = (row: number) => images[row]!.replace(/^.*\//, '').replace(/\.\w+$/, '');
  return Array.from(pairs!.left, (left, i) =>
    [name(left), name(pairs!.right[i]!), pairs!.same[i] === 1 ? 'same' : 'other', pairs!.fold[i]].join(' '),
  );
}

describe('pairs.txt', () => {
  const twoFolds = ['2\t1', 'Ann\t1\t2', 'Ann\t1\tBob_X\t10', 'Bob_X\t1\t10', 'Bob_X\t1\tCy\t1', ''].join(
    '\n',
  );
  const expected = [
    'Ann_0001 Ann_0002 same 0',
    'Ann_0001 Bob_X_0010 other 0',
    'Bob_X_0001 Bob_X_0010 same 1',
    'Bob_X_0001 Cy_0001 other 1',
  ];

  for (const [what, text] of [
    ['with the counts of folds and pairs', twoFolds],
    ['with CRLF and spaces for tabs', twoFolds.replaceAll('\t', ' ').replaceAll('\n', '\r\n')],
    ['without a first line, folds told by the turn from two people to one', twoFolds.replace('2\t1\n', '')],
  ] as const) {
    test(`${what} gives pairs, labels and folds`, async (t) => {
      const table = await openLfw(t, { 'pairs.txt': text });
      assert.equal(table.kind, 'lfw');
      assert.deepEqual(pairsOf(table), expected);
      assert.equal(table.pairs!.nMissing, 0);
      assert.deepEqual(table.diagnostics, []);
    });
  }

  test('another order of files on disk gives the same pairs', async (t) => {
    const table = await openLfw(t, { 'pairs.txt': twoFolds }, paths.toReversed());
    assert.deepEqual(pairsOf(table), expected);
  });

  test('folds follow the counts also where matched pairs follow each other', async (t) => {
    const text =
      '2\t2\nAnn\t1\t2\nBob_X\t1\t10\nAnn\t1\tCy\t1\nAnn\t2\tCy\t1\nAnn\t1\t2\nBob_X\t1\t10\nAnn\t1\tBob_X\t1\nAnn\t2\tBob_X\t1\n';
    assert.deepEqual([...(await openLfw(t, { 'pairs.txt': text })).pairs!.fold], [0, 0, 0, 0, 1, 1, 1, 1]);
  });

  test('View 1 has one count and one fold; pairs.txt comes before it, and the test before the training', async (t) => {
    const view1 = '1\nBob_X\t1\t10\nAnn\t2\tCy\t1\n';
    const train = '1\nAnn\t1\t2\nAnn\t2\tCy\t1\n';
    const table = await openLfw(t, { 'pairsDevTest.txt': view1, 'pairsDevTrain.txt': train });
    assert.deepEqual(pairsOf(table), ['Bob_X_0001 Bob_X_0010 same 0', 'Ann_0002 Cy_0001 other 0']);
    const both = await openLfw(t, { 'pairsDevTest.txt': view1, 'pairs.txt': twoFolds });
    assert.deepEqual(pairsOf(both), expected);
  });

  test('pairs of images that are not on disk are counted and named, and the fold of the others stays', async (t) => {
    const table = await openLfw(
      t,
      { 'pairs.txt': twoFolds },
      paths.filter((path) => !path.includes('Ann_0002')),
    );
    assert.deepEqual(pairsOf(table), expected.slice(1));
    assert.equal(table.pairs!.nMissing, 1);
    assert.deepEqual(itemsOf(table, 'pairMissing'), ['Ann_0001 Ann_0002']);
  });

  test('malformed lines, an image beside itself and another number of lines are named', async (t) => {
    const table = await openLfw(t, {
      'pairs.txt': '1\t3\nAnn\t1\t2\nAnn\t1\nAnn\tx\t2\nAnn\t1\t1\nAnn\t1\tCy\t1\n',
    });
    assert.deepEqual(pairsOf(table), ['Ann_0001 Ann_0002 same 0', 'Ann_0001 Cy_0001 other 0']);
    assert.deepEqual(itemsOf(table, 'rowInvalid'), [
      'pairs.txt: «Ann\t1»',
      'pairs.txt: «Ann\tx\t2»',
      'pairs.txt: «Ann\t1\t1»',
    ]);
    assert.deepEqual(itemsOf(table, 'rowCountMismatch'), ['pairs.txt: 6 pairs promised, 5 found']);
  });

  test('pairs of other images altogether are not used, and it is said', async (t) => {
    const table = await openLfw(t, { 'pairs.txt': '1\t1\nZoe\t1\t2\nZoe\t1\tYan\t1\n' });
    assert.equal(table.pairs, null);
    assert.equal(countOf(table, 'pairMissing'), 0);
    assert.match(itemsOf(table, 'dataSetNote')!.join(), /«pairs\.txt» was not used/);
  });

  test('more folds than a byte holds are refused with a note, not wrapped around', async (t) => {
    const lines = Array.from({ length: 257 }, () => 'Ann\t1\t2\nAnn\t1\tCy\t1');
    const table = await openLfw(t, { 'pairs.txt': ['257\t1', ...lines].join('\n') });
    assert.equal(table.pairs, null);
    assert.match(itemsOf(table, 'dataSetNote')!.join(), /more than 256 folds/);
  });

  test('is found above the folder of images, and it is said without an absolute path', async (t) => {
    const folder = await temporaryFolder(t, {
      'pairs.txt': twoFolds,
      ...imageFiles(...paths.map((path) => `images/${path}`)),
    });
    const table = await open(join(folder, 'images'));
    assert.deepEqual(pairsOf(table), expected);
    assert.deepEqual(itemsOf(table, 'dataSetNote'), ['Annotations were found outside the folder, in «..».']);
  });

  test('is found in a folder passed as annotations', async (t) => {
    const folder = await temporaryFolder(t, {
      'view2/pairs.txt': twoFolds,
      ...imageFiles(...paths.map((path) => `images/${path}`)),
    });
    const table = await open(join(folder, 'images'), { annotations: join(folder, 'view2') });
    assert.deepEqual(pairsOf(table), expected);
  });
});

describe('lists of men and women', () => {
  test('give the attribute Male; unlisted images and those in both lists are unknown', async (t) => {
    const table = await openLfw(t, {
      'male_names.txt': 'Bob_X_0001.jpg\r\nBob_X_0010.jpg\r\nAnn_0002.jpg\r\nZoe_0001.jpg\r\n\r\n',
      'female_names.txt': 'Ann_0001.jpg\r\nAnn_0002.jpg\r\n',
    });
    assert.deepEqual(valuesOf(table, 'Male'), [-1, 0, 1, 1, 0]);
    assert.equal(table.attributesFromImages, false);
    assert.deepEqual(peopleOf(table), ['Ann', 'Ann', 'Bob_X', 'Bob_X', 'Cy']);
    assert.match(itemsOf(table, 'valueInvalid')!.join(), /Ann_0002\.jpg: both in the list of men/);
  });

  test('yield to a table that has the attribute, whose pairs come all the same', async (t) => {
    const table = await openLfw(t, {
      'labels.csv': `file,identity,male\n${paths.map((path, i) => `${path},${path.split('/')[0]!},${i % 2 === 0 ? 1 : -1}`).join('\n')}\n`,
      'male_names.txt': 'Ann_0002.jpg\n',
      'pairs.txt': '1\t1\nAnn\t1\t2\nAnn\t1\tCy\t1\n',
    });
    assert.equal(table.kind, 'table');
    assert.deepEqual(
      table.attributes.map(({ name }) => name),
      ['male'],
    );
    assert.deepEqual(valuesOf(table, 'male'), [1, -1, 1, -1, 1]);
    assert.equal(table.pairs!.left.length, 2);
  });
});

describe('lfw_attributes.txt', () => {
  const text = [
    '# LFW Attributes v1.1',
    '#\tperson\timagenum\tMale\tNo Eyewear',
    'Ann\t2\t-1.5\t0.25\t',
    'Bob X\t1\t2.5e-1\t0',
    'Bob X\t10\tx\t-3',
    'Cy\t1\t1',
    'Bob X\t1\t-9\t-9',
    'Zoe\t1\t1\t1',
    '',
  ].join('\n');

  test('is a table whose scores are split at zero, and the rule is recorded', async (t) => {
    const table = await openLfw(t, { 'lfw_attributes.txt': text });
    assert.equal(table.kind, 'lfw');
    assert.deepEqual(table.images, ['Ann/Ann_0002.jpg', 'Bob_X/Bob_X_0001.jpg', 'Bob_X/Bob_X_0010.jpg']);
    assert.deepEqual(valuesOf(table, 'Male'), [-1, 1, 0]);
    assert.deepEqual(valuesOf(table, 'No Eyewear'), [1, -1, -1], 'a score of zero is not above it');
    assert.deepEqual(table.attributes[1]!.rule, { kind: 'threshold', column: 'No Eyewear', threshold: 0 });
    assert.deepEqual(peopleOf(table), ['Ann', 'Bob_X', 'Bob_X']);
    assert.deepEqual([...table.annotationRow], [0, 1, 2]);
    assert.equal(table.nAnnotationRows, 6);
    assert.equal(basename(table.annotationFile ?? ''), 'lfw_attributes.txt');
    assert.deepEqual(itemsOf(table, 'valueInvalid'), ['Bob_X/Bob_X_0010.jpg: Male «x»']);
    assert.deepEqual(itemsOf(table, 'rowInvalid'), ['lfw_attributes.txt: Cy 1: 1 values instead of 2']);
    assert.deepEqual(itemsOf(table, 'imageRepeatedInTable'), ['Bob_X/Bob_X_0001.jpg']);
    assert.deepEqual(itemsOf(table, 'imageNotFound'), ['Zoe/Zoe_0001.jpg']);
  });

  test('adds to a CSV table what this lacks; images without a row are unknown', async (t) => {
    const table = await openLfw(t, {
      'lfw_attributes.txt': text,
      'labels.csv': `file,identity,Male\n${paths.map((path, i) => `${path},x,${i % 2 === 0 ? 1 : -1}`).join('\n')}\n`,
    });
    assert.deepEqual(valuesOf(table, 'Male'), [1, -1, 1, -1, 1], 'the table comes first');
    assert.deepEqual(valuesOf(table, 'No Eyewear'), [0, 1, -1, -1, 0]);
    assert.match(itemsOf(table, 'dataSetNote')!.join(), /no row for 2 of the images/);
  });

  test('may be opened itself, and needs no images where none are required', async (t) => {
    const folder = await temporaryFolder(t, { 'lfw_attributes.txt': text });
    const table = await open(join(folder, 'lfw_attributes.txt'), { requireImages: false });
    assert.equal(table.images.length, 4);
    assert.equal(table.nAnnotationRows, 6);
  });

  for (const [what, content] of [
    ['no header', 'Ann\t1\t0.5\n'],
    ['no valid row', '#\tperson\timagenum\tMale\nAnn\tx\t1\n'],
  ] as const) {
    test(`with ${what} is refused with its path`, async (t) => {
      await assert.rejects(openLfw(t, { 'lfw_attributes.txt': content }), {
        code: 'annotationsInvalid',
        message: /lfw_attributes\.txt/,
      });
    });
  }
});

describe('people.txt', () => {
  test('is compared with the people on disk', async (t) => {
    const table = await openLfw(t, {
      'people.txt': '2\n2\nAnn\t2\nBob_X\t4\n1\nCy\t1\n',
    });
    assert.deepEqual(itemsOf(table, 'dataSetNote'), [
      '«people.txt» promises another number of images of 1 of 3 people than the data set holds, such as 4 of «Bob_X», of whom there are 2.',
    ]);
  });

  test('of View 1 parts people for training from those for the test', async (t) => {
    const table = await openLfw(t, {
      'peopleDevTrain.txt': '1\nAnn\t2\n',
      'peopleDevTest.txt': '1\nCy\t1\n',
    });
    assert.deepEqual([...table.split!], [0, 0, -1, -1, 2]);
  });
});
