import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Association } from '../../src/protocol/report.ts';
import { handReport } from '../support/handReport.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { checkPage, type Harness, sidewaysFree, startHarness, texts, type WithPage } from './harness.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const onData: WithPage = (options, check) =>
  checkPage(harness, { ...options, state: { section: 'data', ...options.state } }, check);

const folder = 'artifacts/webview';
const columns: Association[] = ['hair', 'skin', 'age'].map((a, i) => ({
  kind: 'column',
  a,
  b: 'Male',
  nImages: 6000,
  phi: null,
  cramersV: i === 2 ? null : 0.2 + 0.3 * i,
  phiOfPeople: null,
}));

test('a description opens on its data: no model, no KS, nothing that says that something is missing', () =>
  checkPage(harness, {}, async ({ page, show }) => {
    const report = sampleReport({ nModels: 0 });
    report.results.associations.push(...columns);
    await show(report);
    assert.deepEqual(await texts(page.getByRole('tab')), ['Data', 'Run']);
    assert.equal(await page.locator('h1').innerText(), 'CelebA');
    assert.equal(await page.locator('.message').isVisible(), false);
    assert.equal(await page.locator('.data .row').count(), 40);
    assert.equal(await page.locator('.scatter').isVisible(), false);
    assert.equal(await page.getByText('Show in Macroscale').isVisible(), false);
    assert.match(
      await page.locator('.data figcaption').first().innerText(),
      /2\s360 people have from 20 to 35/,
    );
    assert.deepEqual(await texts(page.locator('.pair-table tbody tr td:first-child')), [
      'skin',
      'hair',
      'age',
    ]);
    await page.screenshot({ path: `${folder}/data-description.png` });
    await page.locator('.pair-table').scrollIntoViewIfNeeded();
    await page.screenshot({ path: `${folder}/data-description-columns.png` });
    assert.equal(await sidewaysFree(page), true);
  }));

test('a report of before version 3 has its attributes, and says why it has no people', () =>
  onData({}, async ({ page, show }) => {
    await show(handReport());
    assert.equal(await page.locator('.data .row').count(), 5);
    assert.match(await page.locator('.people').innerText(), /does not say how many images each person has/);
    assert.equal(await page.locator('.heat').isVisible(), false);
    assert.equal(await page.getByText('Goes together with').isVisible(), false);
  }));

test('arrow keys go through the attributes, T changes to the table, and its heads sort', () =>
  onData({}, async ({ page, show, state }) => {
    await show(sampleReport());
    const title = page.locator('.data .detail h2');
    const first = await title.innerText();
    await page.locator('.data .rows').focus();
    await page.keyboard.press('ArrowDown');
    assert.notEqual(await title.innerText(), first);
    await page.keyboard.press('t');
    assert.equal(await page.locator('.data .attribute-table').isVisible(), true);
    await page.getByRole('button', { name: 'Inter-entropy', exact: true }).first().click();
    const sorted = page.locator('.data th[aria-sort="descending"]');
    assert.match(await sorted.innerText(), /^Inter-entropy/);
    const values = (await texts(page.locator('.data tbody td.column-inter'))).map(Number);
    assert.equal(values.length, 40);
    assert.deepEqual(
      values,
      [...values].sort((a, b) => b - a),
    );
    assert.deepEqual((await state())?.dataSort, { column: 'inter', descending: true });
    await page.keyboard.press('/');
    await page.keyboard.type('eye');
    assert.deepEqual([...(await texts(page.locator('.data .attribute-table tbody th')))].sort(), [
      'Arched_Eyebrows',
      'Bags_Under_Eyes',
      'Bushy_Eyebrows',
      'Eyeglasses',
      'Narrow_Eyes',
    ]);
  }));

test('the copied table is what is shown', () =>
  onData({ state: { filter: 'Bald' } }, async ({ page, show, posted }) => {
    await show(sampleReport());
    await page.getByText('Copy as CSV').first().click();
    const message = (await posted()).at(-1);
    assert.ok(message?.type === 'copy');
    assert.match(message.text, /^attribute,n_positive,.*\r\nBald,\d+,/);
  }));

test('keys go through the map: its words name the pair, both names are marked, the state keeps it', () =>
  onData({}, async ({ page, show, state }) => {
    await show(sampleReport());
    const words = page.locator('.heat .readout');
    assert.match(await words.innerText(), /^Point at a cell/);
    await page.locator('.heat-field').focus();
    await page.keyboard.press('ArrowRight');
    assert.match(
      await words.innerText(),
      /^(Male and Wearing_Lipstick|Wearing_Lipstick and Male): φ = −0\.8\d, n = 6\d\s\d{3} images \(of people −0\.9\d\)$/,
      'the first key goes to the strongest pair',
    );
    const before = await state();
    await page.keyboard.press('ArrowDown');
    const kept = await state();
    assert.equal(kept?.other, before?.other, 'the column stays');
    assert.notEqual(kept?.attribute, before?.attribute);
    assert.deepEqual(
      [...(await texts(page.locator('.heat-name.marked')))].sort(),
      [kept!.attribute!, kept!.other!].sort(),
    );
    assert.equal(await page.locator('.data .detail h2').innerText(), kept!.attribute);
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.tab[aria-selected="true"]').innerText(), 'Macroscale');
    assert.equal(await page.locator('.detail h2:visible').innerText(), kept!.attribute);
  }));

test('the pointer names a cell without choosing it, and a click chooses it', () =>
  onData({ height: 1400 }, async ({ page, show, state }) => {
    await show(sampleReport());
    const field = page.locator('.heat-field canvas');
    await field.scrollIntoViewIfNeeded();
    const words = page.locator('.heat .readout');
    await field.hover({ position: { x: 30, y: 8 } });
    const names = await texts(page.locator('.heat-rows .name'));
    assert.ok((await words.innerText()).startsWith(`${names[0]!} and ${names[1]!}: φ = `));
    assert.equal((await state())?.other, undefined);
    await field.click({ position: { x: 30, y: 8 } });
    assert.deepEqual([(await state())?.attribute, (await state())?.other], [names[0], names[1]]);
    await page.mouse.move(0, 0);
    assert.ok((await words.innerText()).startsWith(names[0]!));
  }));

test('measure and order of the map are chosen and kept; its table comes when it is opened', () =>
  onData(
    { state: { associationOrder: 'name', association: 'phiOfPeople' } },
    async ({ page, show, posted }) => {
      await show(sampleReport());
      const names = await texts(page.locator('.heat-rows .name'));
      assert.deepEqual(names, [...names].sort(new Intl.Collator('en', { numeric: true }).compare));
      assert.match(
        await page.locator('.heat-field').getAttribute('aria-label').then(String),
        /people who show one more/,
      );
      assert.equal(await page.locator('.pair-table tbody tr').count(), 0);
      await page.getByText('The pairs as a table').focus();
      await page.keyboard.press('Enter');
      assert.equal(await page.locator('.pair-table tbody tr').count(), 780);
      await page.getByRole('button', { name: 'Phi' }).click();
      assert.deepEqual((await posted()).at(-1), { type: 'openDefinition', anchor: 'phi' });
    },
  ));

test('a circle of KS against entropy is chosen by keys and by a click', () =>
  onData({}, async ({ page, show, state }) => {
    await show(sampleReport());
    await page.locator('.correlation-parts .points').focus();
    await page.keyboard.press('Home');
    const largest = (await state())!.attribute!;
    const readout = page.locator('.correlation-parts .readout');
    assert.ok((await readout.innerText()).startsWith(`${largest}: intra-entropy`));
    await page.locator('.correlation-parts .point').nth(5).click();
    assert.notEqual((await state())!.attribute, largest);
    assert.equal(await page.locator('.data .detail h2').innerText(), (await state())!.attribute);
    await page.getByText('The circles as a table').click();
    assert.equal(
      await page.getByRole('table', { name: 'Attributes of the scatter' }).locator('tbody tr').count(),
      40,
    );
  }));

const hostile = [
  '<img src=x onerror="globalThis.hacked=1">',
  '\u202Edetrever \u05E9\u05DC\u05D5\u05DD',
  'x'.repeat(300),
  '__proto__',
  'constructor',
];

for (const width of [400, 1400]) {
  test(`hostile names are text and no wider than their place, at ${width} px`, () =>
    onData({ width }, async ({ page, show }) => {
      const report = sampleReport({ nAttributes: hostile.length, names: hostile });
      report.results.associations.push(...columns.map((one) => ({ ...one, a: hostile[2]!, b: hostile[0]! })));
      await show(report);
      assert.deepEqual([...(await texts(page.locator('.heat-rows .name')))].sort(), [...hostile].sort());
      await page.locator('.heat-field').focus();
      for (const key of ['ArrowDown', 'Home', 'End', 'PageDown']) await page.keyboard.press(key);
      for (const summary of ['The pairs as a table', 'The circles as a table'])
        await page.getByText(summary).click();
      assert.equal(await page.locator('.pair-table').count(), 2);
      assert.equal(await sidewaysFree(page), true, 'data');
      await page.getByRole('tab', { name: 'Discriminative power' }).click();
      assert.equal(await page.locator('.discriminative .row').count(), hostile.length);
      assert.equal(await sidewaysFree(page), true, 'discriminative');
      assert.equal(await page.evaluate('globalThis.hacked'), undefined);
      assert.equal(await page.locator('.page img, .page script').count(), 0);
    }));
}

test('hundreds of attributes: the bars end where they say, the map has the strongest', () =>
  onData({}, async ({ page, show }) => {
    const report = sampleReport({ nAttributes: 850, nModels: 0, discriminative: false });
    // All pairs of them would be a file of 60 MB; their names are in the order of the report.
    const some = new Set(report.results.attributes.slice(0, 150).map(({ attribute }) => attribute));
    report.results.associations = report.results.associations.filter(
      ({ a, b }) => some.has(a) && some.has(b),
    );
    await show(report);
    assert.equal(await page.locator('.data .row').count(), 800);
    assert.match(await page.locator('.data .nothing-found').innerText(), /first 800 of 850 attributes/);
    assert.equal(await page.locator('.heat-rows .heat-name').count(), 100);
    assert.match(await page.locator('.data').innerText(), /Of 150 attributes the map draws the 100/);
    await page.locator('.heat-field').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('End');
    const inSight = await page.evaluate<boolean>(`(() => {
      const mark = document.querySelector('.heat-mark').getBoundingClientRect();
      const frame = document.querySelector('.heat-frame').getBoundingClientRect();
      return mark.left >= frame.left && mark.right <= frame.right + 1;
    })()`);
    assert.equal(inSight, true, 'the chosen cell is scrolled to');
    assert.equal(await sidewaysFree(page), true);
  }));
