import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchImages } from '../../../src/datasets/matchImages.ts';

const anyFolder = { severalFolders: true, prefers: () => false };

function filesOf(names: readonly string[], files: readonly string[], options = anyFolder) {
  const { fileOf } = matchImages(names, files, options);
  return Array.from(fileOf, (file) => (file < 0 ? null : files[file]!));
}

test('an exact name wins over the same stem', () => {
  assert.deepEqual(filesOf(['a.jpg'], ['a.jpg', 'a.png']), ['a.jpg']);
});

test('a stem that two files share matches neither', () => {
  assert.deepEqual(filesOf(['a.webp', 'b.jpg'], ['a.jpg', 'a.png', 'b.jpg']), [null, 'b.jpg']);
});

test('a stem that two names share matches neither, unless exactly', () => {
  assert.deepEqual(filesOf(['a.webp', 'a.png'], ['a.jpg']), [null, null]);
  assert.deepEqual(filesOf(['a.webp', 'a.png'], ['a.png']), [null, 'a.png']);
});

test('a name ends at a folder’s border: b.jpg is not the end of ab.jpg', () => {
  assert.deepEqual(filesOf(['b.jpg'], ['ab.jpg']), [null]);
});

test('an image is never taken for its namesake in another folder', () => {
  const match = matchImages(['1.jpg', '2.jpg'], ['x/1.jpg', 'y/1.jpg', 'y/2.jpg'], anyFolder);
  assert.deepEqual([...match.fileOf], [1, 2]);
  assert.deepEqual([match.folders, match.otherFolders], [['y'], ['x']]);
});

test('of equal folders the shallower is taken, then the first in order', () => {
  assert.deepEqual(filesOf(['1.jpg'], ['a/b/1.jpg', 'c/1.jpg', 'd/1.jpg']), ['c/1.jpg']);
});

test('a single folder is taken where only one may be', () => {
  const files = ['x/1.jpg', 'x/2.jpg', 'y/3.jpg'];
  const options = { severalFolders: false, prefers: () => false };
  assert.deepEqual(filesOf(['1.jpg', '2.jpg', '3.jpg'], files, options), ['x/1.jpg', 'x/2.jpg', null]);
});

test('one file is not taken for two names', () => {
  const matched = filesOf(['x/a.jpg', 'a.jpg'], ['x/a.jpg']);
  assert.equal(matched.filter((file) => file !== null).length, 1);
});

test('leading folders are dropped only where nothing matches as it is written', () => {
  const names = ['old/a.jpg', 'old/b.jpg'];
  assert.equal(matchImages(names, ['new/a.jpg', 'old/b.jpg'], anyFolder).nDropped, 0);
  const dropped = matchImages(names, ['new/a.jpg', 'new/b.jpg'], anyFolder);
  assert.deepEqual([...dropped.fileOf], [0, 1]);
  assert.equal(dropped.nDropped, 1);
});

test('names that dropping makes equal match nothing', () => {
  assert.deepEqual(filesOf(['x/1.jpg', 'y/1.jpg', 'y/2.jpg'], ['1.jpg', '2.jpg']), [null, null, '2.jpg']);
});
