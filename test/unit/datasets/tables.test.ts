import assert from 'node:assert/strict';
import { join } from 'node:path';
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

type T = Parameters<typeof temporaryFolder>[0];

const abc = imageFiles('a.jpg', 'b.jpg', 'c.jpg');

async function openCsv(t: T, csv: string, images = abc) {
  return open(await temporaryFolder(t, { 'table.csv': csv, ...images }));
}

describe('columns of a table', () => {
  test('image, identity and attributes are told apart', async (t) => {
    const table = await openCsv(
      t,
      'file,identity,Male,age\na.jpg,Ann,-1,30\nb.jpg,Bob,1,40\nc.jpg,Ann,-1,50\n',
    );
    assert.equal(table.kind, 'table');
    assert.deepEqual(table.images, ['a.jpg', 'b.jpg', 'c.jpg']);
    assert.equal(table.annotationFile, join(table.root, 'table.csv'));
    assert.deepEqual(peopleOf(table), ['Ann', 'Bob', 'Ann']);
    assert.deepEqual(valuesOf(table, 'Male'), [-1, 1, -1]);
    assert.deepEqual(valuesOf(table, 'age'), [-1, -1, 1]);
    assert.deepEqual(itemsOf(table, 'attributeRule'), ['age above its median 40']);
  });

  for (const header of ['image_id', 'Filename', 'Image Path', 'img']) {
    test(`«${header}» names the images`, async (t) => {
      const table = await openCsv(t, `Male,${header}\n1,a.jpg\n-1,b.jpg\n`);
      assert.deepEqual(table.images, ['a.jpg', 'b.jpg']);
    });
  }

  test('of two columns called like images the one that holds image files is taken', async (t) => {
    const table = await openCsv(t, 'image,file,Male\n1,a.jpg,1\n2,b.jpg,-1\n');
    assert.deepEqual(table.images, ['a.jpg', 'b.jpg']);
  });

  test('a column under any other name is the image column if its cells are image files', async (t) => {
    const table = await openCsv(t, 'Male,what\n1,a.jpg\n-1,b.jpg\n');
    assert.deepEqual(table.images, ['a.jpg', 'b.jpg']);
  });

  test('names without an extension are matched to the files they are the stem of', async (t) => {
    const table = await openCsv(t, 'image_id,Male\na,1\nb,-1\n');
    assert.deepEqual(table.images, ['a.jpg', 'b.jpg']);
  });

  test('«id» names people where it repeats, and rows where it does not', async (t) => {
    const people = await openCsv(t, 'file,id,Male\na.jpg,7,1\nb.jpg,7,-1\nc.jpg,9,1\n');
    assert.deepEqual(peopleOf(people), ['7', '7', '9']);
    const rows = await openCsv(t, 'file,id,Male\na.jpg,7,1\nb.jpg,3,-1\nc.jpg,9,1\n');
    assert.equal(rows.identities.known, false);
    assert.deepEqual(
      rows.attributes.map(({ name }) => name),
      ['Male'],
    );
    assert.match(itemsOf(rows, 'attributeIgnored')![0]!, /^id: a value of its own/);
    assert.equal(countOf(rows, 'identityFileMissing'), 1);
  });

  test('indices without a name and parts of the data set are no attributes', async (t) => {
    const table = await openCsv(t, ',file,split,Male\n0,a.jpg,train,1\n5,b.jpg,test,-1\n3,c.jpg,test,-1\n');
    assert.deepEqual(
      table.attributes.map(({ name }) => name),
      ['Male'],
    );
    assert.deepEqual(itemsOf(table, 'attributeIgnored'), [
      'column 1: has no name',
      'split: parts the data set',
    ]);
  });

  test('a table without attributes asks for computed ones', async (t) => {
    const table = await openCsv(t, 'file,identity\na.jpg,Ann\nb.jpg,Ann\n');
    assert.deepEqual(table.attributes, []);
    assert.equal(table.attributesFromImages, true);
    assert.deepEqual(peopleOf(table), ['Ann', 'Ann']);
  });

  test('a row without an identity is a person of its own', async (t) => {
    const table = await openCsv(t, 'file,identity,Male\na.jpg,Ann,1\nb.jpg,,-1\nc.jpg,Ann,1\n');
    assert.deepEqual(peopleOf(table), ['Ann', 'b.jpg', 'Ann']);
    assert.deepEqual(itemsOf(table, 'identityUnknown'), ['b.jpg']);
  });

  test('a category is split one against the rest, and missing values stay unknown', async (t) => {
    const images = imageFiles('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg');
    const table = await openCsv(t, 'file,mood\na.jpg,sad\nb.jpg,\nc.jpg,calm\nd.jpg,sad\n', images);
    assert.deepEqual(valuesOf(table, 'mood=sad'), [1, 0, -1, 1]);
    assert.deepEqual(table.attributes[0]!.rule, { kind: 'oneVsRest', column: 'mood', value: 'sad' });
  });
});

describe('text of a table', () => {
  for (const [name, csv] of [
    ['commas', 'file,Male\na.jpg,1\nb.jpg,-1\n'],
    ['semicolons', 'file;Male\na.jpg;1\nb.jpg;-1\n'],
    ['tabs', 'file\tMale\na.jpg\t1\nb.jpg\t-1\n'],
    ['CRLF, byte order mark and no newline at the end', '\uFEFFfile,Male\r\na.jpg,1\r\nb.jpg,-1'],
    ['quotes, and blank lines', '"file","Male"\n\n"a.jpg","1"\n"b.jpg","-1"\n\n'],
  ] as const) {
    test(`${name} are read`, async (t) => {
      const table = await openCsv(t, csv);
      assert.deepEqual(table.images, ['a.jpg', 'b.jpg']);
      assert.deepEqual(valuesOf(table, 'Male'), [1, -1]);
    });
  }

  test('a quoted name may hold delimiters, newlines and quotes', async (t) => {
    const table = await openCsv(t, 'file,identity,Male\na.jpg,"Ann, ""A""\nB.",1\nb.jpg,Bob,-1\n');
    assert.deepEqual(peopleOf(table), ['Ann, "A"\nB.', 'Bob']);
  });

  test('a letter that lies on the border of two chunks is whole', async (t) => {
    const start = 'file,identity\na.jpg,';
    const chunkBytes = 1 << 20;
    const name = `${'x'.repeat(chunkBytes - 1 - start.length)}ü`;
    const csv = `${start}${name}\nb.jpg,Bob\n`;
    assert.equal(Buffer.from(csv).indexOf('ü'), chunkBytes - 1, 'its second byte begins the next chunk');
    const table = await openCsv(t, csv);
    assert.equal(table.identities.names[0]!.at(-1), 'ü');
    assert.deepEqual(peopleOf(table), [name, 'Bob']);
  });

  test('rows with another number of cells, or without an image, are left out and keep their place', async (t) => {
    const table = await openCsv(t, 'file,Male\na.jpg\n,1\nb.jpg,1,1\nc.jpg,1\n');
    assert.deepEqual(table.images, ['c.jpg']);
    assert.deepEqual([...table.annotationRow], [3]);
    assert.equal(table.nAnnotationRows, 4);
    assert.deepEqual(itemsOf(table, 'rowInvalid'), [
      'row 1, a.jpg: 1 values instead of 2',
      'row 2: names no image',
      'row 3, b.jpg: 3 values instead of 2',
    ]);
  });

  test('a second row for an image is left out', async (t) => {
    const table = await openCsv(t, 'file,Male\na.jpg,1\n./a.jpg,-1\nb.jpg,-1\n');
    assert.deepEqual(valuesOf(table, 'Male'), [1, -1]);
    assert.deepEqual(itemsOf(table, 'imageRepeatedInTable'), ['a.jpg']);
  });

  test('a quotation mark that never closes is refused rather than swallowing the rest', async (t) => {
    const folder = await temporaryFolder(t, {
      'table.csv': 'file,Male\na.jpg,1\nb.jpg,"-1\nc.jpg,1\n',
      ...abc,
    });
    await assert.rejects(open(join(folder, 'table.csv')), {
      code: 'annotationsInvalid',
      message: /quotation mark/,
    });
  });

  for (const [what, csv, message] of [
    ['an empty table', '', /is empty/],
    ['a header alone', 'file,Male\n', /holds no row with an image/],
    [
      'a table without a column of images',
      'name,Male\nAnn,1\nBob,-1\n',
      /no column that names images.*«name, Male»/,
    ],
  ] as const) {
    test(`${what} is refused with its path`, async (t) => {
      const folder = await temporaryFolder(t, { 'table.csv': csv, ...abc });
      await assert.rejects(open(join(folder, 'table.csv')), (error: { code: string; message: string }) => {
        assert.equal(error.code, 'annotationsInvalid');
        assert.match(error.message, message);
        assert.match(error.message, /table\.csv/);
        return true;
      });
    });
  }
});

describe('which table, and where its images are', () => {
  const csv = 'file,Male\na.jpg,1\nb.jpg,-1\n';

  test('a table may be opened itself, or be given apart from its images', async (t) => {
    const folder = await temporaryFolder(t, { 'labels/x.csv': csv, 'faces/a.jpg': '', 'faces/b.jpg': '' });
    const apart = await open(join(folder, 'faces'), { annotations: join(folder, 'labels/x.csv') });
    assert.deepEqual(apart.images, ['a.jpg', 'b.jpg']);
    const inFolder = await open(join(folder, 'faces'), { annotations: join(folder, 'labels') });
    assert.deepEqual(inFolder.images, ['a.jpg', 'b.jpg']);
    await assert.rejects(open(join(folder, 'labels/x.csv'), { annotations: folder }), { code: 'usage' });
  });

  test('a folder of annotations without any is refused with what it holds', async (t) => {
    const folder = await temporaryFolder(t, { 'labels/readme.txt': 'x', 'faces/a.jpg': '' });
    await assert.rejects(open(join(folder, 'faces'), { annotations: join(folder, 'labels') }), {
      code: 'annotationsInvalid',
      message: /readme\.txt/,
    });
  });

  test('two tables of attributes are no choice to make', async (t) => {
    const folder = await temporaryFolder(t, { 'train.csv': csv, 'val.csv': csv, ...abc });
    await assert.rejects(open(folder), {
      code: 'dataSetInvalid',
      message: /2 tables.*«train\.csv», «val\.csv».*Pass one of them as annotations/,
    });
  });

  test('a table with attributes comes before one with identities alone; lists and strangers do not count', async (t) => {
    const folder = await temporaryFolder(t, {
      'a_people.csv': 'file,identity\na.jpg,Ann\n',
      'b_table.csv': csv,
      'c_list.csv': 'file\na.jpg\n',
      'd_strange.csv': 'file,Male\nz.jpg,1\n',
      'e_empty.csv': '',
      'f_numbers.csv': 'x,y\n1,2\n',
      ...abc,
    });
    const table = await open(folder);
    assert.deepEqual(valuesOf(table, 'Male'), [1, -1]);
    const notes = itemsOf(table, 'dataSetNote')!;
    assert.equal(notes.length, 3);
    assert.match(notes.join('\n'), /d_strange[^]*e_empty[^]*a_people/);
  });

  test('images lie where most names match, however the table writes their folders', async (t) => {
    for (const prefix of ['', 'faces/', 'old/place/', 'C:\\data\\faces\\', '../faces/', '/mnt/x/']) {
      const folder = await temporaryFolder(t, {
        'table.csv': `file,Male\n${prefix}a.jpg,1\n${prefix}b.jpg,-1\n`,
        'faces/a.jpg': '',
        'faces/b.jpg': '',
        'other/b.jpg': '',
      });
      const table = await open(folder);
      const paths = table.images.map((image) => join(table.root, image));
      assert.deepEqual(paths, [join(folder, 'faces/a.jpg'), join(folder, 'faces/b.jpg')], prefix);
    }
  });

  test('folders that share no name are all searched, as train and test', async (t) => {
    const folder = await temporaryFolder(t, {
      'table.csv': 'file,Male\nn1/1.jpg,1\nn2/1.jpg,-1\n',
      ...imageFiles('train/n1/1.jpg', 'test/n2/1.jpg'),
    });
    const table = await open(folder);
    assert.equal(table.root, folder);
    assert.deepEqual(table.images, ['train/n1/1.jpg', 'test/n2/1.jpg']);
    assert.deepEqual(valuesOf(table, 'Male'), [1, -1]);
  });
});
