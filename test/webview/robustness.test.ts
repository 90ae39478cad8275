import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { webviewProtocolVersion } from '../../src/protocol/webviewMessages.ts';
import { handReport } from '../support/handReport.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { checkPage, type Harness, sidewaysFree, startHarness, texts, type WithPage } from './harness.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const withPage: WithPage = (options, check) => checkPage(harness, options, check);

const hostile = [
  '<img src=x onerror="globalThis.hacked=1">',
  '\u202Edetrever \u05E9\u05DC\u05D5\u05DD',
  'x'.repeat(300),
  '"><script>globalThis.hacked=1</script>',
  'two\nlines',
  '__proto__',
  'constructor',
];

for (const width of [400, 1400]) {
  test(`hostile names are text and no wider than their place, at ${width} px`, () =>
    withPage({ width }, async ({ page, show }) => {
      const report = sampleReport({ nAttributes: hostile.length, names: hostile });
      report.inputs.dataset.name = hostile[0]!;
      report.results.macroscale[0]!.model = report.inputs.models[0]!.name = hostile[2]!;
      report.diagnostics = [
        { code: 'imageUnreadable', message: hostile[0]!, count: 2, items: [hostile[0]!, hostile[2]!] },
      ];
      await show(report, hostile[3]);
      await page.getByText(/^Left out/).click();
      await page.getByRole('tab', { name: 'Run' }).click();
      assert.equal(await sidewaysFree(page), true, 'run');
      await page.getByRole('tab', { name: 'Macroscale' }).click();
      for (const view of ['Chart', 'Table']) {
        await page.getByRole('button', { name: view, exact: true }).click();
        const cells = page.locator(view === 'Chart' ? '.row .name' : '.attribute-table .name');
        const shown = await cells.allTextContents();
        assert.deepEqual([...shown].sort(), [...hostile].sort());
        for (const index of hostile.keys()) {
          await cells.nth(index).click();
          assert.equal(await page.locator('.detail h2 .name').textContent(), shown[index]);
        }
      }
      assert.equal(await page.evaluate('globalThis.hacked'), undefined);
      assert.equal(await page.locator('img, .page script').count(), 0);
      assert.equal(await sidewaysFree(page), true, 'the page does not scroll sideways');
    }));
}

test('a report that cannot be read says why, with the ways out', () =>
  withPage({}, async ({ page, send, posted }) => {
    await send({ type: 'failed', message: 'faces.attrlens.json is from version 9 of the report.' });
    assert.match(await page.getByRole('alert').innerText(), /from version 9 of the report/);
    await page.getByText('Open as Text').click();
    await page.getByText('Show Log').click();
    assert.deepEqual(
      (await posted()).map(({ type }) => type),
      ['ready', 'openAsText', 'showLog'],
    );
  }));

test('a page and a host of different versions say so, with both numbers', () =>
  withPage({}, async ({ page, send }) => {
    await send({ type: 'versionMismatch', hostVersion: 7 });
    const text = await page.getByRole('alert').innerText();
    assert.ok(text.includes(`The page speaks version ${webviewProtocolVersion}`));
    assert.match(text, /the extension version 7\. Reload the window/);
  }));

test('a report without results is not an empty page', () =>
  withPage({}, async ({ page, show }) => {
    const report = sampleReport({ nAttributes: 2 });
    report.results.macroscale = [];
    report.results.attributes = [];
    report.results.associations = [];
    report.results.people = null;
    report.results.discriminative = [];
    await show(report);
    assert.match(await page.locator('.message').innerText(), /No attribute was compared/);
    assert.equal(await page.locator('h1').innerText(), 'arcface-r50 on CelebA');
    assert.equal(await page.locator('.section').count(), 0);
  }));

test('a macroscale result without rows, and no model at all, are empty too', () =>
  withPage({}, async ({ page, show }) => {
    await show(sampleReport({ nAttributes: 0, data: false, discriminative: false }));
    assert.match(await page.locator('.message').innerText(), /No attribute was compared/);
    await show(sampleReport({ nModels: 0, nAttributes: 0, data: false }));
    assert.match(await page.locator('.message').innerText(), /No attribute was compared/);
    assert.equal(await page.locator('h1').innerText(), 'CelebA');
  }));

test('when the file breaks, the last report stays and says that it is old; a whole one takes its place', () =>
  withPage({}, async ({ page, show, send }) => {
    await show(handReport());
    await send({ type: 'failed', message: 'The file is not JSON.' });
    assert.match(
      await page.locator('.stale').innerText(),
      /cannot be read: The file is not JSON\. Below is the report as it was last read\./,
    );
    assert.equal(await page.locator('.row').count(), 5);
    await show(sampleReport());
    assert.equal(await page.locator('.stale').isVisible(), false);
    assert.equal(await page.locator('.row').count(), 40);
  }));

test('a new report keeps what the reader chose', () =>
  withPage({}, async ({ page, show }) => {
    await show(sampleReport({ seed: 1 }));
    await page.locator('.row', { hasText: 'Eyeglasses' }).click();
    await show(sampleReport({ seed: 2 }));
    assert.equal(await page.locator('.detail h2').innerText(), 'Eyeglasses');
    const expected = sampleReport({ seed: 2 }).results.macroscale[0]!.rows.find(
      ({ attribute, modality }) => attribute === 'Eyeglasses' && modality === 'positive',
    )!;
    assert.ok((await texts(page.locator('.comparison tbody tr')))[0]!.includes(expected.ks.toFixed(3)));
  }));

test('messages that are none, and a saved state that is none, are ignored', () =>
  withPage({ state: { filter: 3, sort: 'x' } }, async ({ page, show }) => {
    await page.evaluate(
      `for (const data of [null, 3, 'report', {}, { type: 'else' }]) window.postMessage(data, '*')`,
    );
    await show(handReport());
    assert.equal(await page.locator('.row').count(), 5);
  }));

test('an exception of the page is told to the host', async () => {
  const open = await harness.open();
  await open.page.evaluate(`new Promise((resolve) => {
    window.addEventListener('error', () => resolve(), { once: true });
    setTimeout(() => { throw new Error('planted'); });
  })`);
  const message = (await open.posted()).at(-1);
  assert.ok(message?.type === 'pageError');
  assert.match(message.message, /planted/);
  assert.deepEqual(open.problems, ['planted'], 'the harness sees it, so its other checks can fail');
  await open.close();
});

test('the harness sees a violation of the policy, so that its checks can fail', async () => {
  const open = await harness.open();
  await open.page.evaluate(`new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', () => resolve(), { once: true });
    document.body.insertAdjacentHTML('beforeend', '<p style="color: red">x</p>');
  })`);
  assert.ok(open.problems.some((problem) => problem.includes('style-src')));
  await open.close();
});

test('a thousand attributes: the chart says where it ends, filter and table reach all', () =>
  withPage({}, async ({ page, show }) => {
    await show(sampleReport({ nAttributes: 1000 }));
    assert.equal(await page.locator('.row').count(), 800);
    assert.match(await page.locator('.nothing-found').innerText(), /first 800 of 1\s000 attributes/);
    await page.getByRole('searchbox').fill('Attribute_950');
    assert.equal(await page.locator('.row').count(), 1);
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    assert.equal(await page.locator('.attribute-table tbody tr').count(), 1000);
  }));
