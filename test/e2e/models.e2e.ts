import assert from 'node:assert/strict';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { settingsFile } from './settings.ts';
import type { Scenario } from './stage.ts';
import { eventually, type Workbench } from './workbench.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a model is verified from the menu of a folder; the report shows the worst pairs as images that open',
    play: async (stage) => {
      const workbench = await stage.openWorkbench(stage.sample('verified', 12, 6));
      await workbench.runFromMenu('img_align_celeba', 'Verify Model…');
      await workbench.tab('img_align_celeba-fisherfaces-verification.attrlens.json').waitFor();
      const page = workbench.webview;
      await page.getByRole('heading', { name: 'Worst pairs' }).scrollIntoViewIfNeeded();
      const pictures = page.getByRole('region', { name: 'Worst pairs' }).locator('.picture');
      // Pictures come when they are near.
      for (const one of await pictures.all()) {
        await one.scrollIntoViewIfNeeded();
        await one.locator('img').waitFor();
      }
      await allDrawn(pictures.locator('img'), workbench);
      await pictures.first().scrollIntoViewIfNeeded();
      await workbench.screenshot('17-worst-pairs');

      const name = await pictures.first().innerText();
      await pictures.first().click();
      await workbench.tab(name).waitFor();
      await workbench.webview.locator('body.image.ready img').waitFor();
      await workbench.screenshot('18-image-opened');
    },
  },
  {
    name: 'a model with a hostile name is inspected from its menu, and its name is text in the preview',
    play: async (stage) => {
      const folder = stage.sample('inspected', 6, 4);
      const name = 'a|b <img src=x onerror=alert(1)> *c* ![d](e).onnx';
      await copyFile(join(folder, 'models', 'fisherfaces.onnx'), join(folder, name));
      const workbench = await stage.openWorkbench(folder);
      await workbench.runFromMenu(name, 'Inspect Model');
      const document = workbench.webview;
      const heading = document.getByRole('heading', { level: 1 });
      await heading.filter({ hasText: name.replace('.onnx', '') }).waitFor();
      await document.getByRole('cell', { name: 'eigenfaces', exact: true }).waitFor();
      await document.getByRole('cell', { name: 'cpu', exact: true }).first().waitFor();
      assert.equal(await document.locator('h1 img, h1 em, h1 a').count(), 0);
      await workbench.screenshot('19-inspected');
    },
  },
  {
    name: 'what a model will see of each image is previewed in a page of its own, and an image opens from it',
    play: async (stage) => {
      const folder = stage.sample('previewed', 6, 4);
      await writeFile(join(folder, 'img_align_celeba', '000003.jpg'), 'This is no image.');
      const workbench = await stage.openWorkbench(folder);
      await workbench.runCommand('Attribute Lens: Preview Alignment…');
      await workbench.tab('Alignment of previewed').waitFor();
      const page = workbench.webview;
      await allDrawn(page.locator('.crop img'), workbench);
      assert.equal(await page.locator('.crop img').count(), 6 * 4 - 1);
      assert.match(await page.locator('.card').first().innerText(), /000003\.jpg/);
      await workbench.screenshot('20-alignment');

      await originalOf(page, '000002.jpg').click();
      await workbench.tab('000002.jpg').waitFor();
      await workbench.webview.locator('body.image.ready img').waitFor();
      await workbench.screenshot('21-original-opened');
    },
  },
  {
    name: 'where faces are to be detected and no detector is set, it is asked for',
    play: async (stage) => {
      const folder = stage.sample('detected', 4, 3);
      const settings = {
        'attributeLens.dataset': '.',
        'attributeLens.models': ['models/fisherfaces.onnx'],
        'attributeLens.alignment': 'detect',
      };
      await writeFile(settingsFile(folder), JSON.stringify(settings));
      const workbench = await stage.openWorkbench(folder);
      await workbench.runCommand('Attribute Lens: Preview Alignment…');
      await workbench.quickPickTitle.filter({ hasText: 'Face detector' }).waitFor();
      await workbench.screenshot('22-ask-for-detector');
      await workbench.pick('Face detector', 'fisherfaces.onnx');
      await workbench.notification('no face detector').hover();
      await workbench.screenshot('23-no-detector');
    },
  },
];

function originalOf(page: FrameLocator, name: string): Locator {
  return page.locator('.card').filter({ hasText: name }).locator('.original');
}

interface HasPixels {
  readonly naturalWidth: number;
}

/** Waits until the images are there and have pixels. */
async function allDrawn(images: Locator, { page }: Workbench): Promise<void> {
  await images.first().waitFor();
  await eventually(
    () => images.evaluateAll((all: readonly HasPixels[]) => all.map(({ naturalWidth }) => naturalWidth)),
    (widths) => widths.every((width) => width > 0),
    page,
  );
}
