import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { test, type TestContext } from 'node:test';
import { guessDatasets } from '../../../../src/extension/views/guessDatasets.ts';

test('a sample workspace is one data set by its annotations, and nothing below it is another', async (t) => {
  const root = await tree(t, ['Anno/list_attr_celeba.txt', 'img_align_celeba/1.jpg', 'models/a.onnx']);
  assert.deepEqual(await looks(root), [['', 'celeba']]);
});

test('folders of people, of images, of LFW and of CelebA are told by their names alone', async (t) => {
  const images = (folder: string, n: number) => Array.from({ length: n }, (_, i) => `${folder}/${i}.png`);
  const root = await tree(t, [
    ...images('data/people/Ada', 1),
    ...images('data/people/Ben', 1),
    ...images('data/flat', 5),
    'data/lfw/lfw_attributes.txt',
    'celeba/identity_CelebA.txt',
    'docs/readme.md',
    ...images('docs/figures', 2),
  ]);
  assert.deepEqual(await looks(root), [
    ['celeba', 'celeba'],
    ['data/flat', 'images'],
    ['data/lfw', 'lfw'],
    ['data/people', 'people'],
  ]);
});

test('hidden folders, build folders and what lies deeper are passed over', async (t) => {
  const celeba = 'list_attr_celeba.txt';
  const root = await tree(t, [`.cache/x/${celeba}`, `node_modules/x/${celeba}`, `a/b/c/${celeba}`, 'x.txt']);
  assert.deepEqual(await looks(root), []);
});

test('at most 200 folders are looked at, however many there are', async () => {
  let listed = 0;
  const names = Array.from({ length: 5_000 }, (_, i) => `n${i}`);
  const found = await guessDatasets('/r', (folder) => {
    listed++;
    return Promise.resolve({ files: [], folders: folder === '/r' ? names : [] });
  });
  assert.deepEqual(found, []);
  assert.ok(listed <= 200 + 4, `${listed} were.`);
});

test('a folder that is not there is no data set', async () => {
  assert.deepEqual(await guessDatasets('/nowhere/at/all'), []);
});

async function tree(t: TestContext, files: readonly string[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), '');
  }
  return root;
}

async function looks(root: string): Promise<[string, string][]> {
  return (await guessDatasets(root)).map(({ folder, look }) => [relative(root, folder), look]);
}
