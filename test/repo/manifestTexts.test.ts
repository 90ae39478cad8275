import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText, repositoryFiles } from '../support/repository.ts';

type Texts = Readonly<Record<string, string>>;

const manifest = JSON.parse(readText('package.json')) as Readonly<Record<string, unknown>>;
const english = JSON.parse(readText('package.nls.json')) as Texts;

/** Fields of the manifest that a person reads; a chat's model reads others, in English. */
const read = new Set([
  'displayName',
  'description',
  'title',
  'shortTitle',
  'category',
  'name',
  'contextualTitle',
  'contents',
  'altText',
  'placeholder',
  'userDescription',
  'markdownDescription',
  'enumDescriptions',
  'markdownEnumDescriptions',
  'enumItemLabels',
  'deprecationMessage',
  'markdownDeprecationMessage',
]);
const ofModels = /^contributes\.languageModelTools\.\d+\.(name|inputSchema\.)/;

/** Every string of the manifest that a person reads, with where it stands. */
function textsOf(value: unknown, path: string, isRead = false): (readonly [path: string, text: string])[] {
  if (typeof value === 'string') return isRead ? [[path, value]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const inner = path === '' ? key : `${path}.${key}`;
    const isText = Array.isArray(value) ? isRead : read.has(key) && inner !== 'name' && !ofModels.test(inner);
    return textsOf(child, inner, isText);
  });
}

test('the manifest holds keys in place of all texts that a person reads', () => {
  const texts = textsOf(manifest, '');
  assert.ok(texts.length > 100);
  assert.deepEqual(
    texts.filter(([, text]) => !/^%[\w.]+%$/.test(text)),
    [],
  );
});

test('every key of the manifest has its text in package.nls.json, and none is there in vain', () => {
  const used = new Set([...readText('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key!));
  assert.deepEqual([...used].sort(), Object.keys(english).sort());
  assert.ok(Object.values(english).every((text) => text.trim() !== ''));
});

for (const path of repositoryFiles().filter((one) => /^package\.nls\.[\w-]+\.json$/.test(one))) {
  test(`${path} says all of it, with the same commands, settings and code`, () => {
    const translation = JSON.parse(readText(path)) as Texts;
    assert.deepEqual(Object.keys(translation).sort(), Object.keys(english).sort());
    for (const [key, text] of Object.entries(english)) {
      assert.deepEqual(marks(translation[key]!), marks(text), key);
    }
  });
}

/** What of a text means something to the editor: targets of links, names of settings. */
function marks(text: string): string[] {
  return [...text.matchAll(/\]\(([^)]+)\)|`#([^#]+)#`/g)].map(([whole]) => whole).sort();
}
