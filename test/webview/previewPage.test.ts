import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { readRgbPng } from '../support/png.ts';
import { samplePreview } from '../support/samplePreview.ts';
import { editorThemes, type ThemeName } from '../support/vscodeThemes.ts';
import {
  checkPreview,
  type Harness,
  type PreviewPage,
  sidewaysFree,
  startHarness,
  texts,
} from './harness.ts';

/** For people to look at; git ignores the folder. */
const folder = resolve('artifacts', 'webview');
const landmarkPicture = join(folder, 'preview-landmark.png');

let harness: Harness;
before(async () => {
  harness = await startHarness();
  await mkdir(folder, { recursive: true });
});
after(() => harness.close());

function withPreview(
  options: Parameters<Harness['openPreview']>[0],
  check: (open: PreviewPage) => Promise<void>,
): Promise<void> {
  return checkPreview(harness, options ?? {}, check);
}

test('the page says ready with its version and that images are being aligned', () =>
  withPreview({}, async ({ page, posted }) => {
    assert.deepEqual(await posted(), [{ type: 'ready', version: 1 }]);
    assert.equal(await page.getByRole('status').innerText(), 'Aligning images…');
  }));

test('how many were checked and how they were aligned stands first, then what was left out and why', () =>
  withPreview({}, async ({ page, show }) => {
    await show(samplePreview());
    assert.equal(await page.locator('h1').innerText(), 'Alignment of lfw');
    assert.match(
      await page.locator('.summary').innerText(),
      /^10 images checked, 3 left out\. Aligned by the landmarks that det_10g\.onnx found/,
    );
    assert.deepEqual(await texts(page.locator('h2')), ['Left out: 3', 'What the model will see: 7']);
    assert.deepEqual(await texts(page.locator('.failure span:last-child')), [
      'Several faces were found.',
      'No face was found.',
      'The image could not be decoded: Input buffer contains unsupported image format.',
    ]);
    assert.deepEqual(await texts(page.locator('.card-line')).then((lines) => lines.slice(0, 4)), [
      'Group/Group_0001.jpg 3 faces',
      'Wall/Wall_0001.jpg no face',
      'Broken/Broken_0001.jpg',
      'Person_1/Person_1_0001.jpg score 0.87',
    ]);
    assert.deepEqual(await texts(page.locator('.no-picture')), [
      'left out',
      'left out',
      'cannot be decoded',
      'left out',
    ]);
  }));

test('boxes and landmarks lie on the picture where the numbers say, the taken face solid, others dashed', () =>
  withPreview({}, async ({ page, show }) => {
    const preview = samplePreview();
    await show(preview);
    const dashes = await page.evaluate<string[]>(
      `[...document.querySelectorAll('rect.over')].map((box) => getComputedStyle(box).strokeDasharray)`,
    );
    for (const [index, image] of preview.images.entries()) {
      const card = page.locator('.card').nth(index);
      if (image.original === null) continue;
      const img = (await card.locator('.canvas img').boundingBox())!;
      assert.ok(
        Math.abs(img.width / img.height - image.width / image.height) < 0.02 * (image.width / image.height),
        `${image.name} keeps its proportions: ${img.width} × ${img.height}`,
      );
      assert.ok(img.width > 20 && img.height > 20, image.name);
      const boxes = card.locator('rect.over');
      assert.equal(await boxes.count(), image.faces.length);
      for (const [n, face] of image.faces.entries()) {
        const drawn = (await boxes.nth(n).boundingBox())!;
        const scale = img.width / image.width;
        assert.ok(
          Math.abs(drawn.x + drawn.width / 2 - (img.x + (face.box!.x + face.box!.width / 2) * scale)) < 1.5,
        );
        assert.ok(
          Math.abs(drawn.y + drawn.height / 2 - (img.y + (face.box!.y + face.box!.height / 2) * scale)) < 1.5,
        );
        const dash = dashes.shift();
        assert.equal(dash === 'none', face.chosen);
      }
    }
    const marks = await page.locator('path.marks.over').first().getAttribute('d');
    assert.equal(marks?.match(/M/g)?.length, 5);
  }));

test('a landmark is a dot where the picture has it, of one size whatever the image', () =>
  withPreview({ theme: 'light' }, async ({ page, show }) => {
    const preview = samplePreview();
    await show(preview);
    const effects = await page.evaluate<string[]>(
      `[...document.querySelectorAll('path.marks.over')].map((marks) => getComputedStyle(marks).vectorEffect)`,
    );
    assert.ok(effects.length === 10 && effects.every((effect) => effect === 'non-scaling-stroke'));
    const { faces, width } = preview.images[3]!;
    const img = (await page.locator('.card').nth(3).locator('.canvas img').boundingBox())!;
    await page.screenshot({
      path: landmarkPicture,
      clip: {
        x: Math.round(img.x + (faces[0]!.landmarks![0]! * img.width) / width) - 1,
        y: Math.round(img.y + (faces[0]!.landmarks![1]! * img.width) / width) - 1,
        width: 2,
        height: 2,
      },
    });
    const { pixels } = readRgbPng(pathToFileURL(landmarkPicture));
    assert.deepEqual([...pixels.subarray(0, 3)], [0xff, 0xd8, 0x4d]);
  }));

test('failures only hides the others, by keyboard too, and stays over a reload', () =>
  withPreview({}, async ({ page, show, state }) => {
    await show(samplePreview());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    assert.deepEqual(await texts(page.locator('h2')), ['Left out: 3']);
    assert.equal(await page.locator('.count').innerText(), '3 of 10 shown');
    assert.deepEqual(await state(), { failuresOnly: true });
    await page.reload();
    await show(samplePreview({ failures: false }));
    assert.equal(await page.locator('.nothing').innerText(), 'None of 7 images is left out.');
    await page.getByText('Failures only').click();
    assert.deepEqual(await texts(page.locator('h2')), ['What the model will see: 7']);
  }));

test('a click on an original, or Enter, asks the host to open the image', () =>
  withPreview({}, async ({ page, show, posted }) => {
    await show(samplePreview());
    await page.locator('.original').nth(3).click();
    assert.deepEqual((await posted()).at(-1), {
      type: 'openImage',
      path: '/data/lfw/Person_1/Person_1_0001.jpg',
    });
    await page.getByRole('button', { name: /^Open .Broken/ }).press('Enter');
    assert.deepEqual((await posted()).at(-1), {
      type: 'openImage',
      path: '/data/lfw/Broken/Broken_0001.jpg',
    });
  }));

test('a new preview takes the place of the old one', () =>
  withPreview({}, async ({ page, show }) => {
    await show(samplePreview());
    await show({
      ...samplePreview({ nPassed: 1, failures: false }),
      alignment: { kind: 'none' },
      dataset: 'else',
    });
    assert.equal(await page.locator('h1').innerText(), 'Alignment of else');
    assert.equal(await page.locator('.card').count(), 1);
    assert.match(await page.locator('.summary').innerText(), /Whole images, resized/);
  }));

test('an empty preview, a failure and another version say what is the case', () =>
  withPreview({}, async ({ page, show, send, posted }) => {
    await show(samplePreview({ nPassed: 0, failures: false }));
    assert.equal(await page.locator('.nothing').innerText(), 'The data set has no images.');
    await send({ type: 'failed', message: 'The detector could not be opened.' });
    assert.match(await page.getByRole('alert').innerText(), /There is no preview\s+The detector could not/);
    await page.getByText('Show Log').click();
    assert.deepEqual((await posted()).at(-1), { type: 'showLog' });
    await send({ type: 'versionMismatch', hostVersion: 7 });
    assert.match(await page.getByRole('alert').innerText(), /the extension version 7/);
  }));

const hostile = ['<img src=x onerror="globalThis.hacked=1">', 'x'.repeat(300), '\u202Edetrever'];

for (const width of [400, 1400]) {
  test(`hostile names, reasons and numbers are harmless, at ${width} px`, () =>
    withPreview({ width }, async ({ page, show }) => {
      const preview = samplePreview({ nPassed: 3 });
      const images = preview.images.map((image, i) => ({
        ...image,
        name: hostile[i % 3]!,
        failure: image.failure === null ? null : hostile[i % 3]!,
        faces: [
          {
            box: { x: Number.NaN, y: -1e9, width: Infinity, height: -5 },
            landmarks: [Number.NaN, 1, -1e6, 1e6, 3],
            score: null,
            chosen: true,
          },
          {
            box: { x: -5000, y: -5000, width: 1, height: -1 },
            landmarks: null,
            score: Number.NaN,
            chosen: false,
          },
        ],
      }));
      await show({ ...preview, dataset: hostile[0]!, images });
      assert.equal(await page.evaluate('globalThis.hacked'), undefined);
      assert.deepEqual(
        await page
          .locator('.card-name')
          .allTextContents()
          .then((names) => new Set(names)),
        new Set(hostile),
      );
      assert.equal(await sidewaysFree(page), true);
    }));
}

for (const theme of Object.keys(editorThemes) as ThemeName[]) {
  test(`in ${theme} the text stands out and the focus can be seen`, () =>
    withPreview({ theme, width: 600 }, async ({ page, show }) => {
      await show(samplePreview());
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
      assert.notEqual(outline, 'none');
      assert.equal(await sidewaysFree(page), true);
    }));
}
