import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundledLanguages, bundleProblems, gatherTexts, readBundle } from '../../scripts/l10n.ts';
import { pageLanguage, pageLanguages } from '../../src/extension/pageLanguage.ts';

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
