import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sampleLatticePreview } from '../support/sampleLattice.ts';
import {
  checkLattice,
  type Harness,
  type LatticePage,
  sidewaysFree,
  startHarness,
  texts,
} from './harness.ts';

/** For people to look at; git ignores the folder. */
const folder = 'artifacts/webview';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

function withLattice(
  options: Parameters<Harness['openLattice']>[0],
  check: (open: LatticePage) => Promise<void>,
): Promise<void> {
  return checkLattice(harness, options ?? {}, check);
}

test('each attribute says its step and shows three crops of each image with their values', () =>
  withLattice({}, async ({ page, show, posted }) => {
    assert.deepEqual(await posted(), [{ type: 'ready', version: 1 }]);
    assert.equal(await page.getByRole('status').innerText(), 'Moving images…');
    await show(sampleLatticePreview());
    assert.equal(await page.locator('h1').innerText(), 'Lattice of lfw');
    assert.match(await page.locator('.summary').innerText(), /^3 images; crops of 112 × 112 pixels/);
    assert.deepEqual(await texts(page.locator('h2')), ['brightness', 'roll', 'blur']);
    const roll = page.getByRole('region', { name: 'roll' });
    assert.equal(
      await roll.locator('.muted').first().innerText(),
      'a step is 10°: turns the face in the image plane',
    );
    assert.deepEqual(await texts(roll.locator('figcaption')), [
      ...['−10', '0', '+10'],
      ...['−9.9', '+0.1', '+10.1'],
      ...['−9.8', '+0.2', '+10.2'],
    ]);
    assert.equal(
      await roll.locator('img').nth(2).getAttribute('alt'),
      '\u2068Person_1/Person_1_0001.jpg\u2069, roll +10°',
    );
    const widths = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.step-crop img')].map((image) => image.naturalWidth)`,
    );
    assert.equal(widths.length, 27);
    assert.ok(widths.every((width) => width === 112));
  }));

test('a new lattice takes the place of the old one; an attribute without images says so', () =>
  withLattice({}, async ({ page, show }) => {
    await show(sampleLatticePreview());
    const [first] = sampleLatticePreview(1).attributes;
    await show({ ...sampleLatticePreview(), nFailed: 3, attributes: [{ ...first!, rows: [] }] });
    assert.equal(await page.locator('section').count(), 1);
    assert.match(await page.locator('section').innerText(), /None of the images could be moved along it\./);
    assert.match(await page.locator('.summary').innerText(), /^0 images, 3 left out/);
  }));

test('another version is told, and opens the log', () =>
  withLattice({}, async ({ page, send, posted }) => {
    await send({ type: 'versionMismatch', hostVersion: 7 });
    assert.match(await page.getByRole('alert').innerText(), /the extension version 7/);
    await page.getByText('Show Log').click();
    assert.deepEqual((await posted()).at(-1), { type: 'showLog' });
  }));

test('hostile names are text, and a crop that is no picture leaves its place', () =>
  withLattice({ width: 400 }, async ({ page, show }) => {
    const preview = sampleLatticePreview(1);
    const hostile = '<img src=x onerror="globalThis.hacked=1">'.repeat(9);
    const attributes = preview.attributes.map((one) => ({
      ...one,
      rows: one.rows.map((row) => ({
        ...row,
        image: hostile,
        crops: row.crops.map(() => 'data:text/plain,x'),
      })),
    }));
    await show({ ...preview, dataset: hostile, attributes });
    await page.locator('.no-picture').nth(8).waitFor();
    assert.equal(await page.evaluate('globalThis.hacked'), undefined);
    assert.equal(await sidewaysFree(page), true);
  }));

for (const theme of ['dark', 'light'] as const) {
  for (const width of [600, 1400]) {
    test(`in ${theme}, at ${width} px, nothing is wider than the page`, () =>
      withLattice({ theme, width }, async ({ page, show }) => {
        await show(sampleLatticePreview(6));
        assert.equal(await sidewaysFree(page), true);
        await page.screenshot({ path: `${folder}/lattice-${theme}-${width}.png` });
      }));
  }
}
