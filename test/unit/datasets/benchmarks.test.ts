import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  countOf,
  imageFiles,
  itemsOf,
  open,
  peopleOf,
  temporaryFolder,
  valuesOf,
} from './temporaryFolder.ts';

describe('RFW', () => {
  const images = ['African', 'Asian', 'Indian'].flatMap((race) =>
    ['m.1_0001', 'm.1_0002', 'm.2_0001'].map((name) => `data/${race}/${name.split('_')[0]!}/${name}.jpg`),
  );
  const pairs = 'm.1\t1\t2\nm.1\t1\tm.2\t1\n';

  test('gives races one against the rest, people of a race, and the pairs of all races in common folds', async (t) => {
    const table = await open(
      await temporaryFolder(t, {
        'txts/Asian/Asian_pairs.txt': pairs,
        'txts/African/African_pairs.txt': pairs,
        'txts/African/African_people.txt': 'm.1\t2\n',
        ...imageFiles(...images.toReversed()),
      }),
    );
    assert.equal(table.kind, 'rfw');
    assert.deepEqual(
      table.attributes.map(({ name }) => name),
      ['race=African', 'race=Asian', 'race=Indian'],
    );
    assert.deepEqual(valuesOf(table, 'race=Asian'), [-1, -1, -1, 1, 1, 1, -1, -1, -1]);
    assert.deepEqual(table.attributes[1]!.rule, { kind: 'oneVsRest', column: 'race', value: 'Asian' });
    assert.equal(table.attributesFromImages, false);
    assert.equal(new Set(peopleOf(table)).size, 6, 'm.1 of two races are two people');
    assert.deepEqual(table.pairs, {
      left: Int32Array.of(0, 0, 3, 3),
      right: Int32Array.of(1, 2, 4, 5),
      same: Uint8Array.of(1, 0, 1, 0),
      fold: Uint8Array.of(0, 0, 0, 0),
      nMissing: 0,
    });
  });

  test('of two races there is one attribute, and without txts there are no pairs', async (t) => {
    const table = await open(
      await temporaryFolder(t, imageFiles(...images.filter((path) => !path.includes('Indian')))),
    );
    assert.deepEqual(
      table.attributes.map(({ name }) => name),
      ['race=Asian'],
    );
    assert.equal(table.pairs, null);
  });

  test('one race alone, or folders of other names, are a folder for each person', async (t) => {
    for (const files of [
      images.filter((path) => path.includes('Asian')),
      images.map((path) => path.replace(/African|Asian/, 'Else')),
    ]) {
      const table = await open(await temporaryFolder(t, imageFiles(...files)));
      assert.equal(table.kind, 'identityFolders');
      assert.deepEqual(table.attributes, []);
    }
  });
});

describe('UTKFace', () => {
  const names = [
    '1_0_0_20161219140623097.jpg.chip.jpg',
    '20_1_2_20170110131953974.jpg.chip.jpg',
    '30_0_1_20170116174525125.jpg.chip.jpg',
    '40_1_3_20170109150557335.jpg.chip.jpg',
    '50_0_4_20170109142408075.jpg',
    ...Array.from({ length: 15 }, (_, i) => `60_1_0_201701091424${String(i)}.jpg`),
  ];

  test('gives sex, races and age from the names of its images, and knows nobody', async (t) => {
    const table = await open(await temporaryFolder(t, imageFiles(...names)));
    assert.equal(table.kind, 'utkface');
    assert.deepEqual(
      table.attributes.map(({ name }) => name),
      ['Male', 'race=White', 'race=Black', 'race=Asian', 'race=Indian', 'race=Others', 'age'],
    );
    assert.deepEqual(valuesOf(table, 'Male')!.slice(0, 5), [1, -1, 1, -1, 1]);
    assert.deepEqual(valuesOf(table, 'race=Asian')!.slice(0, 5), [-1, 1, -1, -1, -1]);
    assert.deepEqual(table.attributes.at(-1)!.rule, { kind: 'medianSplit', column: 'age', median: 60 });
    assert.equal(table.identities.known, false);
    assert.equal(countOf(table, 'identityFileMissing'), 1);
    assert.equal(countOf(table, 'attributeRule'), 3);
  });

  test('names without a race or an age beyond all people are unknown, counted and named', async (t) => {
    const malformed = ['61_1_20170109150557335.jpg.chip.jpg', '250_0_0_20170109142408075.jpg'];
    const table = await open(await temporaryFolder(t, imageFiles(...names, ...malformed)));
    assert.equal(table.kind, 'utkface');
    assert.deepEqual(itemsOf(table, 'imageNameInvalid'), malformed.toSorted());
    for (const name of malformed) {
      const row = table.images.indexOf(name);
      assert.ok(table.attributes.every(({ values }) => values[row] === 0));
    }
  });

  test('its parts are no people', async (t) => {
    const table = await open(
      await temporaryFolder(
        t,
        imageFiles(...names.map((name, i) => `UTKFace/part${String(1 + (i % 3))}/${name}`)),
      ),
    );
    assert.equal(table.kind, 'utkface');
    assert.equal(table.images[0]!.split('/').length, 2);
    assert.equal(table.identities.known, false);
  });

  test('a folder with other names among them is no UTKFace', async (t) => {
    const others = ['a.jpg', 'b.jpg', 'c.jpg'];
    const table = await open(await temporaryFolder(t, imageFiles(...names, ...others)));
    assert.equal(table.kind, 'imageFolder');
  });
});

describe('FairFace', () => {
  const header = 'file,age,gender,race,service_test';
  const train = [
    header,
    'train/1.jpg,50-59,Male,East Asian,True',
    'train/2.jpg,30-39,Female,Indian,False',
    'train/3.jpg,3-9,Female,Black,False',
  ].join('\n');
  const val = [header, 'val/1.jpg,3-9,Male,East Asian,False', 'val/2.jpg,50-59,Female,Black,True'].join('\n');
  const files = {
    'fairface_label_train.csv': train,
    'fairface_label_val.csv': val,
    ...imageFiles('train/1.jpg', 'train/2.jpg', 'train/3.jpg', 'val/1.jpg', 'val/2.jpg'),
  };

  test('is one table in two files, each image a person of its own', async (t) => {
    const table = await open(await temporaryFolder(t, files));
    assert.equal(table.kind, 'table');
    assert.deepEqual(table.images, ['train/1.jpg', 'train/2.jpg', 'train/3.jpg', 'val/1.jpg', 'val/2.jpg']);
    assert.deepEqual([...table.annotationRow], [0, 1, 2, 3, 4]);
    assert.deepEqual(
      table.attributes.map(({ name }) => name),
      ['age=3-9', 'age=30-39', 'age=50-59', 'gender=Male', 'race=Black', 'race=East Asian', 'race=Indian'],
    );
    assert.deepEqual(valuesOf(table, 'gender=Male'), [1, -1, -1, 1, -1]);
    assert.deepEqual([...table.split!], [0, 0, 0, 1, 1]);
    assert.equal(table.identities.known, false);
    assert.equal(countOf(table, 'identityFileMissing'), 1);
    assert.deepEqual(itemsOf(table, 'attributeIgnored'), ['service_test: parts the data set']);
    assert.match(itemsOf(table, 'dataSetNote')!.join(), /read as one table/);
  });

  test('parts with other columns are refused with both names', async (t) => {
    const other = val.replace('race', 'ethnicity');
    await assert.rejects(open(await temporaryFolder(t, { ...files, 'fairface_label_val.csv': other })), {
      code: 'annotationsInvalid',
      message: /fairface_label_val\.csv.*fairface_label_train\.csv/,
    });
  });

  test('rows are named by the file where there are several', async (t) => {
    const faulty = `${val}\nval/3.jpg,1`;
    const table = await open(await temporaryFolder(t, { ...files, 'fairface_label_val.csv': faulty }));
    assert.deepEqual(itemsOf(table, 'rowInvalid'), [
      'fairface_label_val.csv: row 3, val/3.jpg: 2 values instead of 5',
    ]);
  });
});

test('VGGFace2 with MAAD-Face: 0 is unknown, people are numbered, train and test are the split', async (t) => {
  const table = await open(
    await temporaryFolder(t, {
      'MAAD_Face.csv': [
        'Filename,Identity,Male,Young',
        'n000001/0001_01.jpg,1,1,0',
        'n000001/0002_01.jpg,1,1,-1',
        'n000002/0001_01.jpg,2,-1,1',
        'n000003/0001_01.jpg,3,-1,1',
      ].join('\n'),
      ...imageFiles('train/n000001/0001_01.jpg', 'train/n000001/0002_01.jpg', 'test/n000002/0001_01.jpg'),
    }),
  );
  assert.deepEqual(valuesOf(table, 'Male'), [1, 1, -1]);
  assert.deepEqual(valuesOf(table, 'Young'), [0, -1, 1]);
  assert.deepEqual(peopleOf(table), ['1', '1', '2']);
  assert.deepEqual([...table.split!], [0, 0, 2]);
  assert.deepEqual(itemsOf(table, 'imageNotFound'), ['n000003/0001_01.jpg']);
});

test('a split column of words or of CelebA numbers is the split, one of anything else is none', async (t) => {
  const openSplit = async (header: string, cells: readonly string[]) => {
    const rows = cells.map((cell, i) => `${String(i)}.jpg,${String(i % 2)},${cell}`);
    const folder = await temporaryFolder(t, {
      't.csv': [`file,A,${header}`, ...rows].join('\n'),
      ...imageFiles(...cells.map((_, i) => `${String(i)}.jpg`)),
    });
    const { split } = await open(folder);
    return split && [...split];
  };
  assert.deepEqual(await openSplit('subset', ['Train', 'val', 'test', '']), [0, 1, 2, -1]);
  assert.deepEqual(await openSplit('partition', ['2', '0', '1']), [2, 0, 1]);
  assert.equal(await openSplit('fold', ['1', '2', '3']), null);
});
