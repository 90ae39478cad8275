import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { axeFindings } from '../support/axe.ts';
import { addSettings, quickSettings, settingsFile } from './settings.ts';
import type { Scenario } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** Themes that VS Code brings, by the class that it gives to a webview's body. */
const themes = {
  'vscode-dark': 'Default Dark Modern',
  'vscode-light': 'Default Light Modern',
  'vscode-high-contrast': 'Default High Contrast',
  'vscode-high-contrast-light': 'Default High Contrast Light',
} as const;

export const scenarios: readonly Scenario[] = [
  {
    name: 'without a mouse, from the palette over the questions and the report to a face, which opens as an image',
    play: async (stage) => {
      const folder = stage.sample('by-keys', 24, 6);
      // In place of the sample's own: data set and model are asked for.
      await writeFile(settingsFile(folder), JSON.stringify(quickSettings));
      const workbench = await stage.openWorkbench(folder);
      const { keyboard } = workbench.page;
      await workbench.runCommandByKeys('Attribute Lens: Analyze Attributes…');
      await workbench.pickByKeys('Faces to analyze', 'by-keys');
      await workbench.pickByKeys('Model to analyze', 'fisherfaces');
      await workbench.tab('by-keys-fisherfaces.attrlens.json').waitFor({ timeout: 120_000 });
      const page = workbench.webview;
      const options = page.getByRole('option');
      await options.first().waitFor();

      await tabTo(workbench, '[role="listbox"]');
      await keyboard.press('End');
      await keyboard.press('ArrowUp');
      const chosen = page.locator('[role="option"][aria-selected="true"]');
      await chosen.filter({ hasText: await options.nth(-2).locator('.cell-name').innerText() }).waitFor();
      await workbench.screenshot('50-keys-attribute');
      await page.locator('.picture').first().waitFor();
      await tabTo(workbench, '.picture');
      await keyboard.press('ArrowRight');
      const face = page.locator('.picture:focus');
      await face.locator('img').waitFor();
      await workbench.screenshot('51-keys-face');
      const name = await face.innerText();
      await keyboard.press('Enter');
      await workbench.tab(name).waitFor();
      await workbench.webview.locator('body.image.ready img').waitFor();
      await workbench.screenshot('52-keys-image');
    },
  },
  {
    name: 'in each theme of VS Code, no section of a report keeps anybody out, as axe-core finds',
    play: async (stage) => {
      const folder = stage.analysed('in-themes', ['1']);
      stage.commandLine('project', join(folder, 'seed1.attrlens.json'));
      const workbench = await stage.openWorkbench(folder);
      await workbench.explorerItem('seed1.attrlens.json').waitFor();
      await workbench.openReport('seed1.attrlens.json');
      const page = workbench.webview;
      await page.getByRole('option').first().waitFor();
      const tabs = await page.getByRole('tab').allInnerTexts();
      for (const [bodyClass, theme] of Object.entries(themes)) {
        await addSettings(folder, { 'workbench.colorTheme': theme });
        await page.locator(`body.${bodyClass}`).waitFor();
        for (const name of tabs) {
          await page.getByRole('tab', { name, exact: true }).click();
          if (name === 'Projection') await page.locator('.plot-field').waitFor();
          assert.deepEqual(await axeFindings(await frameOf(workbench)), [], `${theme}, ${name}`);
        }
        await page.getByRole('tab', { name: 'Macroscale' }).click();
        await page.getByRole('heading', { name: 'Faces', exact: true }).scrollIntoViewIfNeeded();
        await page.locator('.picture img').first().waitFor();
        assert.deepEqual(await axeFindings(await frameOf(workbench)), [], `${theme}, faces`);
        await workbench.screenshot(`53-${bodyClass}`);
      }
      // What was asked was this page.
      const frame = await frameOf(workbench);
      await frame.evaluate(`document.querySelector('h1').append(document.createElement('button'))`);
      assert.match((await axeFindings(frame)).join(), /^critical button-name: h1 > button:/);
    },
  },
];

/** Presses Tab until the focus stands on such an element of the page. */
async function tabTo({ page, webview }: Workbench, selector: string): Promise<void> {
  const reached = webview.locator(`${selector}:focus`);
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if ((await reached.count()) > 0) return;
  }
  throw new Error(`Tab does not lead to ${selector}.`);
}

async function frameOf({ webview }: Workbench): Promise<Frame> {
  const body = await webview.locator('body').elementHandle();
  const frame = await body.ownerFrame();
  assert.ok(frame, 'The webview has no frame.');
  return frame;
}
