import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator } from 'playwright-core';
import type { PageMessage } from '../../src/protocol/webviewMessages.ts';
import { pageMessageSchema } from '../../src/protocol/webviewMessages.ts';
import { reportFigures } from '../../webview-ui/figures/reportFigures.ts';
import { viewMacroscale } from '../../webview-ui/macroscaleState.ts';
import { sampleProjection } from '../support/sampleProjection.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { elementsOf } from '../support/wellFormed.ts';
import { checkPage, type Harness, type ReportPage, startHarness } from './harness.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

type SaveFile = Extract<PageMessage, { type: 'saveFile' }>;

/** Presses «Save…» and an entry of its menu; what the page then posts. */
async function saved({ page, posted }: ReportPage, menu: Locator, entry: RegExp): Promise<SaveFile> {
  await menu.getByRole('button').click();
  await menu.getByRole('menuitem', { name: entry }).click();
  await page.evaluate(`new Promise((resolve) => {
    const look = () =>
      window.harness.posted.some(({ type }) => type === 'saveFile') ? resolve() : requestAnimationFrame(look);
    look();
  })`);
  const messages = await posted();
  const found = messages.filter((message) => message.type === 'saveFile');
  assert.equal(found.length, 1);
  await page.evaluate('window.harness.posted.length = 0');
  // As the host sees it.
  const message = pageMessageSchema.parse(found[0]);
  assert.equal(message.type, 'saveFile');
  return message;
}

const report = sampleReport({ nModels: 2, nAttributes: 8, verification: true, microscale: true });
const projection = sampleProjection({ nPoints: 400, nAttributes: 8, nModels: 2, report });

test('a chart is saved as the same SVG that Node draws, on paper’s white whatever the theme', () =>
  checkPage(harness, { theme: 'dark' }, async (open) => {
    await open.show(report);
    const list = open.page.locator('.master .save-menu').first();
    const { name, encoding, content } = await saved(open, list, /SVG/);
    assert.deepEqual([name, encoding], ['macroscale-arcface-r50.svg', 'utf8']);
    assert.equal(
      content,
      reportFigures(report)
        .find((one) => `${one.name}.svg` === name)
        ?.svg(),
    );
    const ground = elementsOf(content).find(({ tag }) => tag === 'rect');
    assert.equal(ground?.attributes['fill'], '#ffffff');
  }));

test('a PNG has three pixels for one of the figure, white in its corner and colours of paper inside', () =>
  checkPage(harness, { theme: 'hc-dark' }, async (open) => {
    await open.show(report);
    const { name, encoding, content } = await saved(
      open,
      open.page.locator('.distance-chart .save-menu'),
      /PNG/,
    );
    assert.match(name, /^distances-.*\.png$/);
    assert.equal(encoding, 'base64');
    const bytes = Buffer.from(content, 'base64');
    assert.equal(bytes.subarray(1, 4).toString('latin1'), 'PNG');
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [3 * 420, 3 * 304]);
    const [corner, blues] = await pixelsOf(open, content);
    assert.deepEqual(corner, [255, 255, 255, 255]);
    assert.ok(blues > 500, `${blues} pixels of a curve`);
  }));

test('every «Save…» of every section says of which chart it is, and posts what its entries promise', () =>
  checkPage(harness, {}, async (open) => {
    await open.show(report);
    await open.send({ type: 'projection', projection, running: null, failure: null });
    const names: string[] = [];
    for (const section of await open.page.getByRole('tab').all()) {
      await section.click();
      for (const menu of await open.page.locator('.save-menu:visible').all()) {
        const label = await menu.getByRole('button').getAttribute('aria-label');
        assert.match(label ?? '', /^Save: .{3,}/);
        const csv = await saved(open, menu, /CSV/);
        assert.ok(csv.content.split('\r\n').length > 2, csv.name);
        names.push(csv.name);
        await menu.getByRole('button').click();
        const isDrawn = await menu.getByRole('menuitem', { name: /SVG/ }).isVisible();
        await open.page.keyboard.press('Escape');
        if (isDrawn) elementsOf((await saved(open, menu, /SVG/)).content);
      }
    }
    assert.equal(new Set(names).size, names.length, names.join(' '));
    assert.ok(
      names.some((name) => name.startsWith('projection-')),
      names.join(' '),
    );
    assert.ok(names.length >= 16, names.join(' '));
  }));

const { attribute } = viewMacroscale(report, report.results.macroscale[0]!, {}).ranking[0]!;

test('the map is saved as an export draws it, in the colouring that is chosen, its CSV with all points', () =>
  checkPage(
    harness,
    { theme: 'dark', state: { section: 'projection', projectionColour: `attribute:${attribute}` } },
    async (open) => {
      await open.show(report);
      await open.send({ type: 'projection', projection, running: null, failure: null });
      const menu = open.page.locator('.projection .save-menu');
      const { name, content } = await saved(open, menu, /SVG/);
      const figures = reportFigures(report, projection);
      assert.equal(content, figures.find((one) => `${one.name}.svg` === name)?.svg());
      await open.page.evaluate(`(() => {
      const colour = document.querySelector('.colouring vscode-single-select');
      colour.value = 'number:brightness';
      colour.dispatchEvent(new Event('change'));
    })()`);
      assert.equal((await saved(open, menu, /SVG/)).name, 'projection-arcface-r50-umap-brightness.svg');
      const png = await saved(open, menu, /PNG/);
      assert.equal(Buffer.from(png.content, 'base64').toString('latin1', 1, 4), 'PNG');
      await open.page.keyboard.press('t');
      const lines = (await saved(open, menu, /CSV/)).content.split('\r\n');
      assert.equal(lines.length, 1 + 400 + 1);
      assert.match(lines[0]!, /^image,identity,x,y,.*,brightness,embeddingNorm,imagesOfPerson$/);
    },
  ));

test('keys open the menu, go round in it, and close it with the focus where it was', () =>
  checkPage(harness, {}, async ({ page, show, posted }) => {
    await show(report);
    const menu = page.locator('.master .save-menu').first();
    const toggle = menu.getByRole('button');
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    await toggle.focus();
    await page.keyboard.press('Enter');
    assert.equal(await toggle.getAttribute('aria-expanded'), 'true');
    assert.match(await focused(), /^SVG/);
    await page.keyboard.press('ArrowUp');
    assert.match(await focused(), /^CSV/);
    await page.keyboard.press('ArrowDown');
    assert.match(await focused(), /^SVG/);
    await page.keyboard.press('End');
    assert.match(await focused(), /^CSV/);
    await page.keyboard.press('Escape');
    assert.equal(await toggle.getAttribute('aria-expanded'), 'false');
    assert.equal(await focused(), 'Save…');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    assert.equal(await toggle.getAttribute('aria-expanded'), 'false', 'leaving closes it');
    assert.ok(!(await posted()).some(({ type }) => type === 'saveFile'));
  }));

test('a filtered list is saved as it is shown', () =>
  checkPage(harness, { state: { filter: 'bald' } }, async (open) => {
    await open.show(sampleReport());
    const { content } = await saved(open, open.page.locator('.master .save-menu').first(), /SVG/);
    const names = elementsOf(content).flatMap(({ text }) => /^\u2068(.*)\u2069$/.exec(text)?.[1] ?? []);
    assert.deepEqual(names, ['Bald']);
  }));

/** The first pixel, and how many are of the blue of the positive modality. */
async function pixelsOf({ page }: ReportPage, base64: string): Promise<[corner: number[], blues: number]> {
  return page.evaluate(`(async () => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(base64)}), (character) => character.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    let blues = 0;
    for (let i = 0; i < data.length; i += 4) if (data[i] === 0 && data[i + 1] === 114 && data[i + 2] === 178) blues++;
    return [[...data.subarray(0, 4)], blues];
  })()`);
}
