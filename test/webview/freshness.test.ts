import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sampleReport } from '../support/sampleReport.ts';
import { checkPage, type Harness, startHarness } from './harness.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const stale = {
  state: 'stale',
  changes: ['12 images were added.', 'a‮cod <img src=x onerror=alert(1)>.onnx is another file now.'],
} as const;

test('a stale report says so in view, wherever the page is scrolled to, and moves nothing', async () => {
  await checkPage(harness, { height: 500 }, async ({ page, show, send, posted }) => {
    await show(sampleReport());
    const place = () => page.locator('h1').boundingBox();
    const before = await place();
    await send({ type: 'freshness', freshness: stale });
    const strip = page.getByRole('status').filter({ hasText: 'This report is stale.' });
    assert.deepEqual(await place(), before);
    const box = await strip.boundingBox();
    assert.ok(box && box.y + box.height <= 500, 'It is not in view.');
    assert.match(await strip.innerText(), /12 images were added\..*is another file now\./s);
    assert.equal(await strip.locator('img').count(), 0);

    await strip.getByText('Run Again').click();
    assert.deepEqual((await posted()).at(-1), { type: 'rerun' });
    assert.equal(await strip.locator('vscode-button').getAttribute('disabled'), '');
    await send({ type: 'freshness', freshness: { ...stale } });
    assert.equal(await strip.locator('vscode-button').getAttribute('disabled'), null);
  });
});

test('a current report, and one that cannot be compared, say so in a quiet line with no button', async () => {
  await checkPage(harness, {}, async ({ page, show, send }) => {
    await show(sampleReport());
    const line = page.locator('.freshness');
    assert.equal(await line.innerText(), '');
    await send({ type: 'freshness', freshness: { state: 'current', changes: [] } });
    assert.equal(await line.innerText(), 'Data and models are what they were when this report was made.');
    const changes = ['/data/faces is not there any more.'];
    await send({ type: 'freshness', freshness: { state: 'unknown', changes } });
    assert.match(await line.innerText(), /cannot be told\. \/data\/faces is not there any more\.$/);
    assert.ok(!(await line.evaluate('(node) => node.classList.contains("warning")')));
    assert.equal(await line.locator('vscode-button:visible').count(), 0);
  });
});

test('a new report takes back what was known of the old one', async () => {
  await checkPage(harness, {}, async ({ page, show, send }) => {
    await show(sampleReport());
    await send({ type: 'freshness', freshness: stale });
    await show(sampleReport());
    assert.equal(await page.locator('.freshness').innerText(), '');
  });
});
