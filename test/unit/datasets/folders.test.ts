import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { maxFolderDepth } from '../../../src/datasets/walkFolder.ts';
import {
  celebaTable,
  countOf,
  imageFiles,
  itemsOf,
  open,
  peopleOf,
  temporaryFolder,
} from './temporaryFolder.ts';

describe('folders without annotations', () => {
  test('a folder for each person gives identities, and asks for computed attributes', async (t) => {
    const folder = await temporaryFolder(
      t,
      imageFiles('Bob/Bob_0001.jpg', 'Ann/Ann_0002.jpg', 'Ann/Ann_0001.jpg'),
    );
    const table = await open(folder);
    assert.equal(table.kind, 'identityFolders');
    assert.equal(table.root, folder);
    assert.deepEqual(table.images, ['Ann/Ann_0001.jpg', 'Ann/Ann_0002.jpg', 'Bob/Bob_0001.jpg']);
    assert.deepEqual(peopleOf(table), ['Ann', 'Ann', 'Bob']);
    assert.deepEqual(table.attributes, []);
    assert.equal(table.attributesFromImages, true);
    assert.deepEqual([...table.annotationRow], [0, 1, 2]);
    assert.equal(table.nAnnotationRows, 3);
    assert.equal(table.annotationFile, null);
    assert.deepEqual(table.diagnostics, []);
  });

  test('lfw and lfw/images are read the same', async (t) => {
    const folder = await temporaryFolder(t, {
      'pairs.txt': '10\t300\n',
      ...imageFiles('images/Ann/1.jpg', 'images/Bob/1.jpg'),
    });
    const outer = await open(folder);
    const inner = await open(join(folder, 'images'));
    assert.equal(outer.root, inner.root);
    assert.deepEqual(outer.images, ['Ann/1.jpg', 'Bob/1.jpg']);
    assert.deepEqual(peopleOf(outer), peopleOf(inner));
  });

  test('a person in train and in test is one person; races above persons stay in the name', async (t) => {
    const split = await temporaryFolder(t, imageFiles('train/Ann/1.jpg', 'test/Ann/2.jpg', 'test/Bob/3.jpg'));
    assert.deepEqual(peopleOf(await open(split)), ['Ann', 'Bob', 'Ann']);
    const nested = await temporaryFolder(t, imageFiles('data/African/m.1/1.jpg', 'data/Asian/m.1/1.jpg'));
    assert.deepEqual(peopleOf(await open(nested)), ['African/m.1', 'Asian/m.1']);
  });

  test('train and test alone are no people', async (t) => {
    const folder = await temporaryFolder(t, imageFiles('train/1.jpg', 'test/2.jpg'));
    const table = await open(folder);
    assert.equal(table.kind, 'imageFolder');
    assert.equal(table.identities.known, false);
  });

  test('a stray image beside many people is a person of its own; among few it makes a plain folder', async (t) => {
    const people = Array.from({ length: 9 }, (_, i) => `p${String(i)}/1.jpg`);
    const many = await open(await temporaryFolder(t, imageFiles('stray.jpg', ...people)));
    assert.equal(many.kind, 'identityFolders');
    assert.deepEqual(itemsOf(many, 'identityUnknown'), ['stray.jpg']);
    assert.equal(new Set(many.identities.index).size, 10);
    const few = await open(await temporaryFolder(t, imageFiles('stray.jpg', ...people.slice(0, 8))));
    assert.equal(few.kind, 'imageFolder');
    assert.equal(few.images.length, 9);
  });

  test('a plain folder of images says that nobody is known', async (t) => {
    const folder = await temporaryFolder(t, imageFiles('b.PNG', 'a.jpeg', 'c.webp'));
    const table = await open(folder);
    assert.equal(table.kind, 'imageFolder');
    assert.deepEqual(table.images, ['a.jpeg', 'b.PNG', 'c.webp']);
    assert.equal(table.identities.known, false);
    assert.equal(countOf(table, 'identityFileMissing'), 1);
  });

  test('one folder with images in it is a plain folder, whichever of both is opened', async (t) => {
    const folder = await temporaryFolder(t, imageFiles('faces/a.jpg', 'faces/b.jpg'));
    const table = await open(folder);
    assert.equal(table.root, join(folder, 'faces'));
    assert.deepEqual(table.images, ['a.jpg', 'b.jpg']);
  });

  test('a folder without readable images is refused with what was ignored', async (t) => {
    const empty = await temporaryFolder(t, { 'notes.md': '' });
    await assert.rejects(open(empty), { code: 'dataSetEmpty', message: /holds no images.*Pass a folder/ });
    const foreign = await temporaryFolder(t, imageFiles('1.pgm', '2.pgm'));
    await assert.rejects(open(foreign), { code: 'dataSetEmpty', message: /2 ignored, such as «1\.pgm»/ });
    const annotated = await temporaryFolder(t, { 'list_attr_celeba.txt': celebaTable('A', ['1.jpg 1']) });
    await assert.rejects(open(annotated), { code: 'dataSetEmpty' });
  });

  test('a path that does not exist, or is no table, is refused', async (t) => {
    const folder = await temporaryFolder(t, { 'x.bin': 'x', 'a.jpg': '' });
    await assert.rejects(open(join(folder, 'nowhere')), { code: 'dataSetNotFound', message: /nowhere/ });
    await assert.rejects(open(folder, { annotations: join(folder, 'gone') }), {
      code: 'dataSetNotFound',
      message: /annotations «.*gone»/,
    });
    await assert.rejects(open(join(folder, 'x.bin')), { code: 'dataSetInvalid', message: /x\.bin/ });
  });
});

describe('listing of folders', () => {
  test('hidden files, AppleDouble files and foreign formats are counted and left out', async (t) => {
    const folder = await temporaryFolder(
      t,
      imageFiles('a.jpg', '._a.jpg', '.b.jpg', 'c.bmp', '.git/d.jpg', '__MACOSX/a.jpg', 'readme.html'),
    );
    const table = await open(folder);
    assert.deepEqual(table.images, ['a.jpg']);
    assert.deepEqual(itemsOf(table, 'fileIgnored'), ['._a.jpg', '.b.jpg', 'c.bmp']);
  });

  test('another order of files on disk gives the same table', async (t) => {
    const paths = ['b/2.jpg', 'b/10.jpg', 'a b/1.jpg', 'a/1.jpg', 'Z/1.jpg', 'ä/1.jpg', 'a.b/1.jpg'];
    const tables = [];
    for (const order of [paths, paths.toReversed(), [...paths.slice(3), ...paths.slice(0, 3)]]) {
      const folder = await temporaryFolder(t, imageFiles(...order));
      tables.push({ ...(await open(folder)), root: '', name: '' });
    }
    assert.deepEqual(tables[1], tables[0]);
    assert.deepEqual(tables[2], tables[0]);
    assert.deepEqual(tables[0]!.images, [
      'Z/1.jpg',
      'a b/1.jpg',
      'a.b/1.jpg',
      'a/1.jpg',
      'b/10.jpg',
      'b/2.jpg',
      'ä/1.jpg',
    ]);
  });

  test('a loop of links ends, and an image keeps its real path', async (t) => {
    const folder = await temporaryFolder(t, imageFiles('real/Ann/1.jpg', 'real/Bob/1.jpg'));
    await symlink(folder, join(folder, 'real/Ann/loop'));
    await symlink(join(folder, 'real/Ann'), join(folder, 'alias'));
    await symlink(join(folder, 'nowhere.jpg'), join(folder, 'broken.jpg'));
    const table = await open(folder);
    assert.deepEqual(table.images, ['Ann/1.jpg', 'Bob/1.jpg']);
  });

  test('links to images and to folders elsewhere are followed', async (t) => {
    const elsewhere = await temporaryFolder(t, imageFiles('x.jpg', 'Ann/1.jpg', 'Ann/2.jpg'));
    const folder = await temporaryFolder(t, imageFiles('Bob/1.jpg'));
    await symlink(join(elsewhere, 'Ann'), join(folder, 'Ann'));
    await symlink(join(elsewhere, 'x.jpg'), join(folder, 'Bob/2.jpg'));
    const table = await open(folder);
    assert.deepEqual(table.images, ['Ann/1.jpg', 'Ann/2.jpg', 'Bob/1.jpg', 'Bob/2.jpg']);
  });

  test('folders beyond the greatest depth are named and not entered', async (t) => {
    const deep = Array.from({ length: maxFolderDepth + 1 }, (_, i) => `d${String(i)}`).join('/');
    const folder = await temporaryFolder(t, imageFiles('a.jpg', `${deep}/b.jpg`));
    const table = await open(folder);
    assert.deepEqual(table.images, ['a.jpg']);
    assert.match(itemsOf(table, 'dataSetNote')![0]!, /d12» lies more than 12 folders deep/);
  });

  test('an aborted signal ends the listing, and also a table being read', async (t) => {
    const folder = await temporaryFolder(t, {
      't.csv': 'file,A\na.jpg,1\nb.jpg,-1\n',
      ...imageFiles('a.jpg', 'b.jpg'),
    });
    await assert.rejects(open(folder, { signal: AbortSignal.abort() }), { code: 'cancelled' });
    const controller = new AbortController();
    const onProgress = (done: number) => {
      if (done === 1) controller.abort();
    };
    await assert.rejects(open(folder, { signal: controller.signal, onProgress }), { code: 'cancelled' });
  });

  test('progress never falls and ends at its total', async (t) => {
    for (const files of [
      imageFiles('a.jpg'),
      { 't.csv': 'file,A\na.jpg,1\nb.jpg,-1\n', ...imageFiles('a.jpg', 'b.jpg') },
    ]) {
      const steps: number[] = [];
      const folder = await temporaryFolder(t, files);
      await open(folder, {
        onProgress: (done, total) => {
          assert.equal(total, 3);
          steps.push(done);
        },
      });
      assert.deepEqual(
        steps,
        steps.toSorted((a, b) => a - b),
      );
      assert.equal(steps.at(-1), 3);
    }
  });
});
