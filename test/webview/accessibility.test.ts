import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { sampleComparison } from '../support/sampleComparison.ts';
import { sampleLatticePreview } from '../support/sampleLattice.ts';
import { samplePreview } from '../support/samplePreview.ts';
import { sampleProjection } from '../support/sampleProjection.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { sections } from '../../webview-ui/state.ts';
import { editorThemes, type ThemeName } from '../support/vscodeThemes.ts';
import { axeFindings } from '../support/axe.ts';
import { checkLattice, checkPage, checkPreview, type Harness, startHarness } from './harness.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const report = sampleReport({
  nModels: 2,
  nAttributes: 4,
  verification: true,
  microscale: true,
  diagnostics: [
    {
      code: 'imageUnreadable',
      message: '2 images could not be decoded.',
      count: 2,
      items: ['a.jpg', 'b.jpg'],
    },
  ],
});
const comparison = sampleComparison({ nModels: 2, nAttributes: 4 });
const projection = sampleProjection({ nPoints: 200, nAttributes: 4, nModels: 2, report });
const themes = Object.keys(editorThemes) as ThemeName[];

/** Everything of a page that opens is opened, then looked at; a list also as a table. */
async function assertReachable(page: Page, where: string): Promise<void> {
  await page.evaluate(`for (const details of document.querySelectorAll('details')) {
    if (!details.open && details.checkVisibility()) details.querySelector('summary').click();
  }`);
  assert.deepEqual(await axeFindings(page), [], where);
  const table = page.getByRole('button', { name: 'Table', exact: true }).first();
  if (!(await table.isVisible())) return;
  await table.click();
  assert.deepEqual(await axeFindings(page), [], `${where}, as a table`);
}

for (const theme of themes) {
  for (const section of sections) {
    test(`in ${theme}, ${section} is free of findings`, () =>
      checkPage(harness, { theme, state: { section } }, async ({ page, show, send }) => {
        await show(report);
        assert.equal(await page.getByRole('tabpanel').getAttribute('id'), `panel-${section}`);
        await send({ type: 'freshness', freshness: { state: 'stale', changes: ['12 images were added.'] } });
        if (section === 'projection') {
          await send({ type: 'projection', projection, running: null, failure: null });
          await page.locator('.plot-field').focus();
          await page.keyboard.press('ArrowRight');
          await page.keyboard.press('Enter');
        }
        await assertReachable(page, section);
      }));
  }

  test(`in ${theme}, a narrow page with an open menu is free of findings`, () =>
    checkPage(harness, { theme, width: 600 }, async ({ page, show }) => {
      await show(report);
      await page.locator('.save-button').first().click();
      assert.deepEqual(await axeFindings(page), []);
    }));

  for (const section of ['macroscale', 'microscale', 'verification', 'inputs']) {
    test(`in ${theme}, ${section} of a comparison is free of findings`, () =>
      checkPage(harness, { theme, state: { section } }, async ({ page, showComparison }) => {
        await showComparison(comparison);
        assert.equal(await page.getByRole('tabpanel').getAttribute('id'), `panel-${section}`);
        await assertReachable(page, section);
      }));
  }

  test(`in ${theme}, previews and a report that cannot be read are free of findings`, async () => {
    await checkPreview(harness, { theme }, async ({ page, show }) => {
      await show(samplePreview());
      assert.deepEqual(await axeFindings(page), [], 'alignment');
    });
    await checkLattice(harness, { theme }, async ({ page, show }) => {
      await show(sampleLatticePreview());
      assert.deepEqual(await axeFindings(page), [], 'lattice');
    });
    await checkPage(harness, { theme }, async ({ page, send }) => {
      await send({ type: 'failed', message: 'faces.attrlens.json is from version 9 of the report.' });
      assert.deepEqual(await axeFindings(page), [], 'failed');
    });
  });
}

test('what keeps somebody out is found, so that the checks above can fail', () =>
  checkPage(harness, {}, async ({ page, show }) => {
    await show(report);
    await page.evaluate(`(() => {
      const button = document.createElement('button');
      button.className = 'planted';
      const pale = document.createElement('p');
      pale.className = 'planted-text';
      pale.textContent = 'Hardly to be read';
      pale.style.color = '#333333';
      document.querySelector('.page-header').append(button, pale);
    })()`);
    const found = await axeFindings(page);
    assert.equal(found.length, 2);
    assert.ok(found.some((finding) => finding.startsWith('critical button-name: .planted:')));
    assert.ok(found.some((finding) => finding.startsWith('serious color-contrast: .planted-text:')));
  }));
