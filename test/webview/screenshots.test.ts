import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { sampleReport } from '../support/sampleReport.ts';
import { editorThemes, type ThemeName } from '../support/vscodeThemes.ts';
import { samplePreview } from '../support/samplePreview.ts';
import {
  checkPage,
  checkPreview,
  type Harness,
  type ReportPage,
  sidewaysFree,
  startHarness,
  untilAsked,
} from './harness.ts';

/** For people to look at; git ignores the folder. */
const folder = 'artifacts/webview';

let harness: Harness;
before(async () => {
  harness = await startHarness();
  await mkdir(folder, { recursive: true });
});
after(() => harness.close());

const report = sampleReport({
  nModels: 2,
  verification: true,
  diagnostics: [
    {
      code: 'imageUnreadable',
      message: '12 images could not be decoded and were left out.',
      count: 12,
      items: ['000012.jpg', '000077.jpg'],
    },
    {
      code: 'imageNotFound',
      message: '2 images named in the annotations are not on disk.',
      count: 2,
      items: ['000013.jpg', '000078.jpg'],
    },
  ],
});

const fields = sampleReport({ nModels: 2, microscale: true });

/** Answers what was asked for; every fifth picture is not to be had. */
async function sendPictures({ page, send, posted }: ReportPage): Promise<void> {
  await untilAsked(page, 1);
  for (const message of await posted()) {
    if (message.type !== 'requestThumbnails') continue;
    const { id, images, model } = message;
    const thumbnails = images.map((image, i) => ({
      image,
      model,
      uri: i % 5 === 3 ? null : samplePreview().images.at(3 + (i % 7))!.original,
    }));
    await send({ type: 'thumbnails', id, thumbnails });
  }
}

for (const theme of Object.keys(editorThemes) as ThemeName[]) {
  for (const width of [600, 1400]) {
    test(`the page in ${theme} at ${width} px is whole, and its picture is kept`, () =>
      checkPage(harness, { theme, width }, async ({ page, show }) => {
        await show(report);
        await page.screenshot({ path: `${folder}/${theme}-${width}.png` });
        await page.locator('.rows').focus();
        await page.keyboard.press('t');
        await page.screenshot({ path: `${folder}/${theme}-${width}-table.png` });
        const sizes = await page.evaluate<number[]>(
          `[...document.querySelectorAll('canvas')].flatMap((canvas) => [canvas.width, canvas.height])`,
        );
        assert.ok(sizes.length === 4 && sizes.every((size) => size > 0), sizes.join());
      }));

    for (const section of ['significance', 'models']) {
      test(`${section} in ${theme} at ${width} px is whole, and its picture is kept`, () =>
        checkPage(harness, { theme, width, state: { section } }, async ({ page, show }) => {
          await show(report);
          await page.locator(`.${section} tbody tr`).nth(3).click();
          await page.screenshot({ path: `${folder}/${section}-${theme}-${width}.png`, fullPage: true });
          assert.equal(await sidewaysFree(page), true);
        }));
    }

    test(`the numbers of an attribute in ${theme} at ${width} px are whole, and their picture is kept`, () =>
      checkPage(harness, { theme, width, state: { attribute: 'Male' } }, async ({ page, show }) => {
        await show(report);
        await page.locator('.confounders').scrollIntoViewIfNeeded();
        await page.screenshot({ path: `${folder}/attribute-${theme}-${width}.png` });
        assert.equal(await sidewaysFree(page), true);
      }));

    test(`faces and pairs of an attribute in ${theme} at ${width} px are whole, and their picture is kept`, () =>
      checkPage(harness, { theme, width, state: { attribute: 'Male' } }, async (open) => {
        await open.show(report);
        await open.page.evaluate(`document.querySelector('.show-me').scrollIntoView()`);
        await sendPictures(open);
        await open.page.screenshot({ path: `${folder}/faces-${theme}-${width}.png` });
        assert.equal(await sidewaysFree(open.page), true);
      }));

    test(`verification in ${theme} at ${width} px is whole, and its pictures are kept`, () =>
      checkPage(harness, { theme, width, state: { section: 'verification' } }, async (open) => {
        const { page, show } = open;
        await show(report);
        await page.screenshot({ path: `${folder}/verification-${theme}-${width}.png` });
        await page.locator('.verification .rows').scrollIntoViewIfNeeded();
        await page.screenshot({ path: `${folder}/verification-${theme}-${width}-attributes.png` });
        await page.locator('.examples').scrollIntoViewIfNeeded();
        await sendPictures(open);
        await page.screenshot({ path: `${folder}/verification-${theme}-${width}-pairs.png` });
        const sizes = await page.evaluate<number[]>(
          `[...document.querySelectorAll('canvas')].flatMap((canvas) => [canvas.width, canvas.height])`,
        );
        assert.ok(sizes.length === 6 && sizes.every((size) => size > 0), sizes.join());
      }));

    test(`the data set in ${theme} at ${width} px is whole, and its pictures are kept`, () =>
      checkPage(
        harness,
        { theme, width, state: { section: 'data', attribute: 'Male', other: 'Heavy_Makeup' } },
        async ({ page, show }) => {
          await show(report);
          await page.screenshot({ path: `${folder}/data-${theme}-${width}.png` });
          for (const [part, selector] of [
            ['attributes', '.data .master'],
            ['correlations', '.correlation-parts'],
            ['map', '.heat'],
          ]) {
            await page.evaluate(`document.querySelector('${selector}').scrollIntoView()`);
            await page.screenshot({ path: `${folder}/data-${theme}-${width}-${part}.png` });
          }
          assert.equal(await sidewaysFree(page), true);
          const sizes = await page.evaluate<number[]>(
            `[...document.querySelectorAll('.data canvas')].flatMap((canvas) => [canvas.width, canvas.height])`,
          );
          assert.equal(sizes.length, 2 * (1 + 3 + 1 + 1 + 9), 'people, bars, circles, map and its scale');
          assert.ok(
            sizes.every((size) => size > 0),
            sizes.join(),
          );
        },
      ));

    test(`discriminative power in ${theme} at ${width} px is whole, and its picture is kept`, () =>
      checkPage(
        harness,
        { theme, width, state: { section: 'discriminative', attribute: 'Smiling' } },
        async ({ page, show }) => {
          await show(report);
          await page.screenshot({ path: `${folder}/discriminative-${theme}-${width}.png` });
          await page.locator('.discriminative .rows').focus();
          await page.keyboard.press('t');
          await page.screenshot({ path: `${folder}/discriminative-${theme}-${width}-table.png` });
          assert.equal(await sidewaysFree(page), true);
        },
      ));

    test(`the microscale in ${theme} at ${width} px is whole, and its pictures are kept`, () =>
      checkPage(harness, { theme, width, state: { section: 'microscale' } }, async ({ page, show }) => {
        await show(fields);
        await page.screenshot({ path: `${folder}/microscale-${theme}-${width}.png` });
        await page.getByText('By model').click();
        await page.screenshot({ path: `${folder}/microscale-${theme}-${width}-models.png` });
        await page.locator('.validation-parts').scrollIntoViewIfNeeded();
        await page.screenshot({ path: `${folder}/microscale-${theme}-${width}-validation.png` });
        const sizes = await page.evaluate<number[]>(
          `[...document.querySelectorAll('.energy-plot canvas, .validation-parts canvas')]
            .flatMap((canvas) => [canvas.width, canvas.height])`,
        );
        assert.ok(sizes.length === 6 && sizes.every((size) => size > 0), sizes.join());
      }));

    test(`the microscale in ${theme} at ${width} px is whole, and its picture is kept`, () =>
      checkPage(
        harness,
        { theme, width, state: { section: 'microscale', latticeAttribute: 'blur' } },
        async ({ page, show }) => {
          await show(sampleReport({ nModels: 2, nAttributes: 3, microscale: true }));
          await page.screenshot({ path: `${folder}/microscale-${theme}-${width}.png`, fullPage: true });
          assert.equal(await sidewaysFree(page), true);
        },
      ));

    test(`the alignment preview in ${theme} at ${width} px is whole, and its picture is kept`, () =>
      checkPreview(harness, { theme, width }, async ({ page, show }) => {
        await show(samplePreview());
        await page.screenshot({ path: `${folder}/preview-${theme}-${width}.png` });
        const loaded = await page.evaluate(
          `Promise.all([...document.images].map((image) => image.decode())).then((all) => all.length)`,
        );
        assert.equal(loaded, 16, 'all originals but one, all crops that there are');
      }));
  }
}
