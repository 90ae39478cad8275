import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sampleReport } from '../support/sampleReport.ts';
import { checkPage, type Harness, startHarness, texts, type WithPage } from './harness.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const onScores: WithPage = (options, check) =>
  checkPage(harness, { ...options, state: { section: 'discriminative', ...options.state } }, check);

test('the honest score orders the lines, and keys choose one', () =>
  onScores({}, async ({ page, show, state }) => {
    await show(sampleReport());
    const scores = (await texts(page.locator('.discriminative .row .cell-value:nth-child(3)'))).map(Number);
    assert.equal(scores.length, 40);
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => b - a),
    );
    await page.locator('.discriminative .rows').focus();
    await page.keyboard.press('Home');
    assert.equal((await state())?.attribute, 'Male');
    assert.match(
      await page.locator('.discriminative .detail').innerText(),
      /C = 1, on embeddings of unit length/,
    );
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.localName'), 'h2');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate('document.activeElement.className'), 'rows');
  }));

test('leakage sorts, in the menu and in the table, and the order is kept', () =>
  onScores({ state: { view: 'table' } }, async ({ page, show, state }) => {
    await show(sampleReport());
    await page.getByRole('button', { name: 'Leakage', exact: true }).click();
    const gaps = (await texts(page.locator('.discriminative td.column-gap'))).map(Number);
    assert.equal(gaps.length, 40);
    assert.deepEqual(
      gaps,
      [...gaps].sort((a, b) => b - a),
    );
    assert.deepEqual((await state())?.scoreSort, { column: 'gap', descending: true });
  }));

test('another score has its own numbers, and of accuracy the majority as a tick', () =>
  onScores({ state: { score: 'accuracy' } }, async ({ page, show }) => {
    const report = sampleReport({ nAttributes: 3 });
    await show(report);
    assert.match(
      await page.locator('.list-legend:visible').innerText(),
      /always guesses the more frequent modality/,
    );
    assert.equal(await page.locator('.discriminative .reference').count(), 0);
    const [best] = [...report.results.discriminative[0]!.rows].sort(
      (a, b) => b.byIdentity!.accuracy - a.byIdentity!.accuracy,
    );
    assert.deepEqual(await texts(page.locator('.discriminative .row').first().locator('.cell-value')), [
      best!.byIdentity!.accuracy.toFixed(3),
      best!.stratified!.accuracy.toFixed(3),
    ]);
  }));

test('what was not possible is said in words, on the line and beside it', () =>
  onScores({ state: { attribute: 'Bald' } }, async ({ page, show }) => {
    const report = sampleReport();
    const bald = report.results.discriminative[0]!.rows.find(({ attribute }) => attribute === 'Bald')!;
    Object.assign(bald, { byIdentity: null, stratified: null, leakage: null });
    await show(report);
    assert.match(await page.locator('.discriminative .row', { hasText: 'Bald' }).innerText(), /not possible/);
    assert.match(
      await page.locator('.discriminative .detail').innerText(),
      /Neither kind of folds was possible/,
    );
  }));

test('each model has its own; one without any has no such section', () =>
  onScores({}, async ({ page, show }) => {
    const report = sampleReport({ nModels: 2 });
    report.results.discriminative.pop();
    await show(report);
    assert.equal(await page.getByRole('tab', { name: 'Discriminative power' }).count(), 1);
    report.results.discriminative = [];
    await show(report);
    assert.equal(await page.getByRole('tab', { name: 'Discriminative power' }).count(), 0);
  }));
