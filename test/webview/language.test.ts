import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { pseudoBundle, untranslated } from '../support/pseudoLanguage.ts';
import { compared } from '../support/sampleComparison.ts';
import { sampleLatticePreview } from '../support/sampleLattice.ts';
import { samplePreview } from '../support/samplePreview.ts';
import { sampleProjection } from '../support/sampleProjection.ts';
import { sampleReport } from '../support/sampleReport.ts';
import {
  checkLattice,
  checkPage,
  checkPreview,
  type Harness,
  type OpenOptions,
  startHarness,
  type WithPage,
} from './harness.ts';

let harness: Harness;
let bundle: Readonly<Record<string, string>>;
before(async () => {
  bundle = await pseudoBundle();
  harness = await startHarness();
});
after(() => harness.close());

const withPage: WithPage = (options, check) => checkPage(harness, { ...options, bundle }, check);

const report = sampleReport({
  nModels: 2,
  nAttributes: 24,
  verification: true,
  microscale: true,
  diagnostics: [{ code: 'imageUnreadable', message: 'Broken.', count: 1, items: ['a.jpg'] }],
});

/** Without all that a report may lack, and of images that nobody knows the people of. */
const bare = sampleReport({ nAttributes: 4, inference: false, data: false, discriminative: false });
bare.inputs.dataset.identitiesKnown = false;
bare.inputs.models[0]!.provider = {
  requested: 'cuda',
  ran: 'webgpu',
  nodeShare: 0.9,
  nodeTimeShare: 0.8,
  agreement: 1 - 1e-5,
  refused: [{ provider: 'cuda', reason: 'No driver.' }],
};

for (const [what, shown, state] of [
  ['charts', report, { view: 'chart', other: 'Bald' }],
  ['tables', report, { view: 'table', byModel: true }],
  ['other measures', report, { association: 'phiOfPeople', score: 'accuracy', pKind: 'permutation' }],
  ['a report with hardly anything', bare, {}],
] as const) {
  test(`no word is outside of the translations: sections with ${what}`, () =>
    withPage({ state }, async ({ page, show, send }) => {
      await show(shown, 'faces.attrlens.json');
      await send({ type: 'freshness', freshness: { state: 'stale', changes: ['Broken.'] } });
      const tabs = page.getByRole('tab');
      for (const tab of await tabs.all()) {
        await tab.click();
        const name = (await tab.textContent()) ?? '';
        const others = name === '⟦Run⟧' ? settingValues : [];
        assert.deepEqual(untranslated(await read(page), shown, others), [], name);
      }
    }));
}

test('no word is outside of the translations: projection', () =>
  withPage({ state: { section: 'projection' } }, async ({ page, show, send }) => {
    await show(report);
    const projection = sampleProjection({ nPoints: 300, nAttributes: 4, nModels: 2, report });
    const idle = { type: 'projection', projection: null, running: null, failure: null } as const;
    for (const message of [
      idle,
      { ...idle, running: { message: 'Broken.', percent: 40 } },
      { ...idle, projection },
      { ...idle, projection: { ...projection, datasetDigest: 'f'.repeat(64) } },
    ]) {
      await send(message);
      assert.deepEqual(untranslated(await read(page), report), []);
    }
  }));

test('no word is outside of the translations: comparison', () =>
  withPage({}, async ({ page, showComparison }) => {
    const comparison = compared(report, { ...report, inputs: { ...report.inputs, seed: 3 } }, [
      'first-run',
      'second-run',
    ]);
    await showComparison(comparison, 'pair.attrlens.json');
    const names = [
      ...settingValues,
      ...[
        'pair.attrlens.json',
        'first-run.attrlens.json',
        'second-run.attrlens.json',
        'first-run',
        'second-run',
        '/study/attribute-lens',
      ],
      ...comparison.notes,
      ...comparison.changes.map(({ input }) => input),
    ];
    const tabs = page.getByRole('tab');
    for (const tab of await tabs.all()) {
      await tab.click();
      assert.deepEqual(untranslated(await read(page), report, names), [], (await tab.textContent()) ?? '');
    }
  }));

test('no word is outside of the translations: waiting, failure, another version', () =>
  withPage({}, async ({ page, send }) => {
    assert.deepEqual(untranslated(await read(page), report), []);
    await send({ type: 'failed', message: 'Broken.' });
    assert.deepEqual(untranslated(await read(page), report), []);
    await send({ type: 'versionMismatch', hostVersion: 99 });
    assert.deepEqual(untranslated(await read(page), report), []);
  }));

test('no word is outside of the translations: previews', async () => {
  const options: OpenOptions = { bundle };
  await checkPreview(harness, options, async ({ page, show }) => {
    const preview = samplePreview();
    await show(preview);
    const failures = preview.images.map(({ failure }) => failure ?? '');
    assert.deepEqual(untranslated(await read(page), report, [...previewNames, ...failures]), []);
  });
  await checkLattice(harness, options, async ({ page, show }) => {
    await show(sampleLatticePreview());
    assert.deepEqual(untranslated(await read(page), report, previewNames), []);
  });
});

test('a word that was not translated is found, in text and in attributes', () =>
  withPage({}, async ({ page, show }) => {
    await show(report);
    await page.evaluate(`
      document.querySelector('h1').append(' found here');
      document.querySelector('h1').setAttribute('aria-label', 'and here');
    `);
    assert.deepEqual(untranslated(await read(page), report).sort(), ['and here', 'found here']);
  }));

test('what is in brackets is translated, names and symbols need not be', () => {
  assert.deepEqual(untranslated(['⟦a⟧ 3 ⟦b⟧', 'u ⟦y⟧ w', 'KS 0.1', 'Bald 3'], report), ['u', 'w']);
});

function read(page: Page): Promise<readonly string[]> {
  return page.evaluate(readPage);
}

/** Every text of the page, shown or not, then its labels. */
const readPage = `(() => {
  const said = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.closest('script, style')) said.push(node.textContent);
  }
  const names = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'placeholder', 'alt'];
  for (const element of document.querySelectorAll('body *')) {
    for (const name of names) {
      const text = element.getAttribute(name);
      if (text) said.push(text);
    }
  }
  return said;
})()`;

/** As a person writes them in the settings. */
const settingValues = ['auto', 'random', 'exclude', 'single', 'knn:10'];

/** Data sets and attributes of the previews. */
const previewNames = ['lfw', 'det_10g.onnx', 'scrfd', 'brightness', 'roll', 'blur'];
