import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sampleProjection } from '../support/sampleProjection.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { pageMessageSchema } from '../../src/protocol/webviewMessages.ts';
import { sections } from '../../webview-ui/state.ts';
import { checkPage, type Harness, type ReportPage, sidewaysFree, startHarness } from './harness.ts';

/** Names that want to be markup, turn the line around, or push the page apart, in every section of a narrow page. */

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const markup = '<img src=x onerror="globalThis.hacked=1">';
const turning = '\u202Edetrever \u05E9\u05DC\u05D5\u05DD';
const long = 'x'.repeat(300);
const path = '../../etc/passwd\\con: "a"|b?.*';
const hostile = [markup, turning, long, path];

/** Elements whose text a name could turn around: it stands neither in a `<bdi>` nor between isolates. */
const unisolated = `(() => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('.page'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    if (parentElement.closest('bdi') || !parentElement.checkVisibility()) continue;
    const bare = data.replace(/\\u2068[^\\u2069]*\\u2069/g, '');
    if (bare.includes('\\u202E')) found.push(parentElement.outerHTML.slice(0, 160));
  }
  return found;
})()`;

async function assertInert({ page }: ReportPage, where: string): Promise<void> {
  await page.evaluate(`for (const details of document.querySelectorAll('details')) {
    if (!details.open && details.checkVisibility()) details.querySelector('summary').click();
  }`);
  assert.equal(await page.evaluate('globalThis.hacked'), undefined, where);
  assert.equal(await page.locator('img, .page script').count(), 0, where);
  assert.deepEqual(await page.evaluate(unisolated), [], where);
  assert.equal(await sidewaysFree(page), true, `${where} scrolls sideways`);
}

function hostileReport() {
  const report = sampleReport({
    nModels: 2,
    nAttributes: hostile.length,
    names: hostile,
    verification: true,
    microscale: true,
  });
  report.inputs.dataset.name = markup;
  // Models are named in every result.
  const [first, second] = report.inputs.models.map(({ name }) => name);
  const renamed = JSON.stringify(report)
    .replaceAll(JSON.stringify(first), JSON.stringify(turning))
    .replaceAll(JSON.stringify(second), JSON.stringify(long));
  return JSON.parse(renamed) as typeof report;
}

function hostileProjection(report: ReturnType<typeof hostileReport>) {
  const projection = sampleProjection({ nPoints: 40, nAttributes: hostile.length, nModels: 2, report });
  const { points } = projection;
  return {
    ...projection,
    points: {
      ...points,
      images: points.images.map((image, i) => `${hostile[i % 3]!}${image}`),
      identityNames: points.identityNames.map((name, i) => `${hostile[i % 3]!}${name}`),
    },
  };
}

const report = hostileReport();

for (const section of sections) {
  test(`hostile names in ${section} are text, and neither widen nor turn a page of 600 px`, () =>
    checkPage(harness, { width: 600, state: { section } }, async (open) => {
      const { page, show, send } = open;
      await show(report, `${turning}.attrlens.json`);
      assert.equal(await page.getByRole('tabpanel').getAttribute('id'), `panel-${section}`);
      await send({
        type: 'freshness',
        freshness: { state: 'stale', changes: hostile.map((name) => `\u2068${name}\u2069 is another file.`) },
      });
      if (section === 'projection') {
        const projection = hostileProjection(report);
        await send({ type: 'projection', projection, running: null, failure: null });
        await page.locator('.plot-field').focus();
        for (const key of ['ArrowRight', 'Enter']) await page.keyboard.press(key);
      }
      await assertInert(open, section);
      if (section !== 'macroscale') return;
      for (const name of hostile) {
        await page.locator('.row .name').getByText(name, { exact: true }).click();
        assert.equal(await page.locator('.detail h2 .name').textContent(), name);
        await assertInert(open, name);
      }
    }));
}

test('a chart of a hostile model is saved under a plain file name', () =>
  checkPage(harness, { width: 600 }, async ({ page, show, posted }) => {
    await show(report);
    await page.locator('.save-button').first().click();
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
    const saved = (await posted()).find(({ type }) => type === 'saveFile');
    const message = pageMessageSchema.parse(saved);
    assert.ok(message.type === 'saveFile');
    assert.match(message.name, /^[\p{L}\p{N} ._-]+\.csv$/u);
    assert.equal(await sidewaysFree(page), true);
  }));

test('a name that turns its line is found, so that the checks above can fail', () =>
  checkPage(harness, {}, async ({ page, show }) => {
    await show(report);
    await page.evaluate(`document.querySelector('h1').append('\\u202Eplanted')`);
    assert.equal((await page.evaluate<string[]>(unisolated)).length, 1);
  }));
