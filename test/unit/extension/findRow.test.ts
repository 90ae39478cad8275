import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findRow } from '../../../src/extension/findRow.ts';

/** The text of the line that is found. */
async function found(t: TestContext, lines: readonly string[], image: string, end = '\n') {
  const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'table.csv');
  await writeFile(file, lines.map((line) => line + end).join(''));
  const row = await findRow(file, image);
  if (row === null) return null;
  assert.equal(row.length, lines[row.line]!.length, 'without the end of the line');
  return lines[row.line];
}

test('CelebA’s row is the one that begins with the name', async (t) => {
  const lines = ['202599', 'Bald Male', '000001.jpg -1  1', '000002.jpg  1 -1', '1000001.jpg 1 1'];
  assert.equal(await found(t, lines, '000001.jpg', '\r\n'), lines[2]);
  assert.equal(await found(t, lines, '000003.jpg'), null);
  assert.equal(await found(t, lines, '00001.jpg'), null, 'a part of a name is another name');
});

test('a whole path comes before a name, wherever it stands', async (t) => {
  const lines = [
    'identity,file',
    'Ann,b/1.jpg.old',
    'Bob,1.jpg',
    'Cy,"c/1.jpg"',
    'Dora,a/1.jpg',
    'Eve,./b/1.jpg',
  ];
  assert.equal(await found(t, lines, 'a/1.jpg'), lines[4]);
  assert.equal(await found(t, lines, 'c/1.jpg'), lines[3]);
  assert.equal(await found(t, lines, 'b/1.jpg'), lines[5], 'a longer path that ends in it');
  assert.equal(await found(t, lines, 'z/1.jpg'), lines[2], 'the name, at least');
});

test('of equal names, the one whose row names the folder as well', async (t) => {
  const lines = ['person;file', 'Ann;1.jpg', 'Bob Lee;1.jpg'];
  assert.equal(await found(t, lines, 'Bob Lee/1.jpg'), lines[2]);
  assert.equal(await found(t, lines, 'Ann/1.jpg'), lines[1]);
});

test('paths with backslashes, other extensions, and LFW’s numbered persons', async (t) => {
  assert.equal(await found(t, ['x', 'faces\\a\\1.jpg,1'], 'a/1.jpg'), 'faces\\a\\1.jpg,1');
  assert.equal(await found(t, ['000001.jpg 1', '000002.jpg 1'], '000002.png'), '000002.jpg 1');
  assert.equal(await found(t, ['file,Male', '000002,1'], 'img/000002.png'), '000002,1');
  const lfw = ['# person\timagenum\tMale', 'Ann Lee\t4\t1.5', 'Ann Lee\t40\t1.5', 'Ann\t4\t1'];
  assert.equal(await found(t, lfw, 'Ann_Lee/Ann_Lee_0004.jpg'), lfw[1]);
});

test('names that mean something to a search are names', async (t) => {
  const lines = ['a+b(1).jpg,1', 'aab1.jpg,0', '.*,2'];
  assert.equal(await found(t, lines, 'a+b(1).png'), lines[0]);
  assert.equal(await found(t, lines, 'c/.*'), lines[2]);
});
