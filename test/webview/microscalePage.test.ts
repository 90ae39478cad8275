import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sampleReport } from '../support/sampleReport.ts';
import { checkPage, type Harness, sidewaysFree, startHarness, texts, type WithPage } from './harness.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const onEnergies: WithPage = (options, check) =>
  checkPage(harness, { ...options, state: { section: 'microscale', ...options.state } }, check);

test('energies order the lines, keys choose one, and the choice is the lattice’s own', () =>
  onEnergies({}, async ({ page, show, state }) => {
    await show(sampleReport({ nAttributes: 3, microscale: true }));
    const energies = await texts(page.locator('.microscale .energy-line .cell-value:not(.step)'));
    const known = energies.slice(0, -1).map(Number);
    assert.equal(known.length, 11);
    assert.deepEqual(
      known,
      [...known].sort((a, b) => a - b),
    );
    assert.equal(energies.at(-1), '—');
    await page.locator('.microscale .rows').focus();
    await page.keyboard.press('End');
    assert.equal((await state())?.latticeAttribute, 'hue');
    assert.equal((await state())?.attribute, undefined);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.localName'), 'h2');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate('document.activeElement.className'), 'rows');
  }));

test('what does not move says so on its line and beside it, and has no tests', () =>
  onEnergies({ state: { latticeAttribute: 'hue' } }, async ({ page, show }) => {
    await show(sampleReport({ nAttributes: 3, microscale: true }));
    assert.match(await page.locator('.microscale .row', { hasText: 'hue' }).innerText(), /does not move/);
    const detail = await page.locator('.microscale .detail').innerText();
    assert.match(detail, /does not move the embedding/);
    assert.doesNotMatch(detail, /Against the other attributes/);
  }));

test('names of strangers are text, and a name from right to left turns nothing round', () =>
  onEnergies({ width: 600 }, async ({ page, show }) => {
    const names = ['<img src=x onerror=alert(1)>', 'שמאל\u202Eright', 'x'.repeat(300)];
    await show(sampleReport({ nModels: 2, nAttributes: 3, microscale: { names } }));
    assert.equal(await page.locator('.microscale img').count(), 0);
    assert.equal(await page.locator('.microscale bdi', { hasText: '<img' }).first().isVisible(), true);
    assert.equal(await sidewaysFree(page), true);
  }));

test('all models stand side by side where that is asked for, and are compared', () =>
  onEnergies({ state: { byModel: true } }, async ({ page, show }) => {
    await show(sampleReport({ nModels: 2, nAttributes: 3, microscale: true }));
    assert.equal(await page.locator('.microscale .energy-line').count(), 24);
    assert.match(await page.locator('.energy-differences').innerText(), /of 11 intervals exclude zero/);
  }));

test('the copied table is that of the shown rule', () =>
  onEnergies({ state: { neighbours: 'ball:0.5' } }, async ({ page, show, posted }) => {
    await show(sampleReport({ nAttributes: 3, microscale: true }));
    await page.locator('.microscale .master').getByText('Copy as CSV').click();
    const [copied] = (await posted()).filter(({ type }) => type === 'copy');
    assert.ok(copied?.type === 'copy');
    const lines = copied.text.trimEnd().split('\r\n');
    assert.equal(lines.length, 1 + 12 * 41);
    assert.ok(lines.slice(1).every((line) => line.startsWith('arcface-r50,cosine,ball:0.5,')));
  }));

test('validations stand below, each with what is known', () =>
  onEnergies({}, async ({ page, show }) => {
    const report = sampleReport({ nAttributes: 3, microscale: true });
    await show(report);
    assert.equal(
      await page.locator('.validation-table tbody tr').count(),
      report.results.energyValidations.length,
    );
  }));
