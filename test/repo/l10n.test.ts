import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundledLanguages, bundleProblems, gatherTexts, readBundle } from '../../scripts/l10n.ts';
import { pageLanguage, pageLanguages } from '../../src/extension/pageLanguage.ts';
import { readText } from '../support/repository.ts';

test('every translation is complete', async () => {
  const { page, extension } = await gatherTexts();
  for (const language of await bundledLanguages()) {
    assert.deepEqual(bundleProblems(await readBundle(language), [...new Set([...page, ...extension])]), []);
  }
});

test('the page speaks every language there is a bundle for, in all its regions', async () => {
  assert.deepEqual([...pageLanguages], await bundledLanguages());
  assert.equal(pageLanguage('it'), 'it');
  assert.equal(pageLanguage('it-CH'), 'it');
  assert.equal(pageLanguage('en'), null);
  assert.equal(pageLanguage('ita'), null);
});

/** Texts of a page that are the same in English and in Italian. */
const alike = new Set([
  '1 − cos',
  'AUC',
  'Batch',
  'Embedding',
  'FAR {0}',
  'Fold',
  'KS max',
  'KS\u00A0{0}',
  'Lasso',
  'Phi',
  'Provider',
  'ROC: {0}',
  'Zero',
  'no',
  'p, Holm',
  'zero',
  '{0} KS\u00A0{1}.',
  '{0}: p {1}, {2}; KS {3}',
  'Δ KS +',
  'Δ KS −',
  'ρ, inter',
  'ρ, intra',
]);

test('Italian differs from English but for what is listed', async () => {
  const same = Object.entries(await readBundle('it')).flatMap(([text, italian]) =>
    text === italian && /\p{L}/u.test(text) ? [text] : [],
  );
  assert.deepEqual(same.sort(), [...alike].sort());
});

test('of the manifest, only the name is the same in Italian', () => {
  const [english, italian] = ['package.nls.json', 'package.nls.it.json'].map(
    (path) => JSON.parse(readText(path)) as Readonly<Record<string, string>>,
  );
  assert.deepEqual(Object.keys(italian!).sort(), Object.keys(english!).sort());
  const same = Object.entries(english!).flatMap(([key, text]) => (italian![key] === text ? [key] : []));
  assert.deepEqual(same, ['displayName']);
});

test('Italian has the apostrophes and quotation marks of print', async () => {
  const italian = [
    ...Object.values(await readBundle('it')),
    ...Object.values(JSON.parse(readText('package.nls.it.json')) as Record<string, string>),
  ];
  const typed = /['“”]|\p{L}"|"\p{L}/u;
  assert.deepEqual(
    italian.filter((text) => typed.test(text.replaceAll(/`[^`]*`/g, ''))),
    [],
  );
});
