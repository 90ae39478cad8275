import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { readReport } from '../../src/protocol/readReport.ts';
import type { Report } from '../../src/protocol/report.ts';
import { addSettings, quickSettings, settingsFile } from './settings.ts';
import type { Scenario } from './stage.ts';
import type { Workbench } from './workbench.ts';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a newcomer goes through the walkthrough: sample, analysis, report; each step is ticked when it is done',
    play: async (stage) => {
      const folder = join(stage.folder, 'newcomer');
      await mkdir(folder);
      const first = await stage.openWorkbench(folder);
      await first.runCommand('Attribute Lens: Get Started');
      await step(first, 'Make a sample workspace').click();
      await first.page.getByRole('button', { name: 'Create Sample Workspace…' }).click();
      await first.answerFileDialog(`${folder}/`);
      await first.notification('The sample workspace holds 2,000 faces').waitFor({ timeout: 120_000 });
      await ticked(first, 'Make a sample workspace').waitFor();
      assert.equal(await ticked(first, 'Bring your own').count(), 0);
      await first.screenshot('40-walkthrough-sample');
      await first.close();

      await addSettings(folder, quickSettings);
      const workbench = await stage.openWorkbench(folder);
      await workbench.explorerItem('img_align_celeba').waitFor();
      await workbench.runCommand('Attribute Lens: Get Started');
      await step(workbench, 'Analyze it').click();
      await workbench.page.getByRole('button', { name: 'Analyze Attributes…' }).click();
      await workbench.tab('.attrlens.json').waitFor({ timeout: 120_000 });
      await workbench.webview.getByRole('option').first().waitFor();
      await ticked(workbench, 'Analyze it').waitFor();
      await ticked(workbench, 'Read the report').waitFor();
      await workbench.screenshot('41-walkthrough-report');
    },
  },
  {
    name: 'the views list model, data set and report; reports are checked there, a stale one is marked and run again',
    play: async (stage) => {
      const folder = stage.sample('listed', 20, 6);
      await addSettings(folder, quickSettings);
      stage.commandLine('analyze', '--settings', settingsFile(folder));
      const workbench = await stage.openWorkbench(folder);
      await openViews(workbench);
      await row(workbench, 'fisherfaces.onnx').waitFor();
      await row(workbench, /listed.*CelebA/).waitFor();
      const report = row(workbench, /fisherfaces on listed/);
      await report.waitFor();
      await workbench.screenshot('42-views');

      await rm(join(folder, 'img_align_celeba', '000001.jpg'));
      await report.hover();
      await workbench.page.getByRole('button', { name: 'Check Reports for Changes' }).click();
      await row(workbench, /fisherfaces on listed.*stale/).waitFor();
      await report.hover();
      await workbench.screenshot('43-stale');
      await report.getByRole('button', { name: 'Run Report Again' }).click();
      await row(workbench, /Running listed-fisherfaces again.*Done/).waitFor({ timeout: 120_000 });
      await row(workbench, /fisherfaces on listed(?!.*stale)/).waitFor();
      assert.equal((await onlyReport(folder)).inputs.dataset.nImages, 20 * 6 - 1);
      await workbench.screenshot('44-run-again');
    },
  },
  {
    name: 'of two roots each has the data set, the model and the options of its own settings',
    play: async (stage) => {
      const roots = [stage.sample('north', 10, 4), stage.sample('south', 12, 4)] as const;
      await addSettings(roots[0], { ...quickSettings, 'attributeLens.seed': 11 });
      await addSettings(roots[1], { ...quickSettings, 'attributeLens.seed': 12 });
      const file = join(stage.folder, 'both.code-workspace');
      await writeFile(file, JSON.stringify({ folders: roots.map((path) => ({ path })) }));
      const workbench = await stage.openWorkbench(file);
      await workbench.waitForRoot('north');
      await openViews(workbench);
      for (const [i, name] of ['north', 'south'].entries()) {
        const dataset = row(workbench, new RegExp(`^${name}.*CelebA`));
        await dataset.hover();
        await dataset.getByRole('button', { name: 'Analyze Attributes…' }).click();
        await row(workbench, new RegExp(`fisherfaces on ${name}`)).waitFor({ timeout: 120_000 });
        const { inputs } = await onlyReport(roots[i]!);
        assert.deepEqual([inputs.dataset.name, inputs.seed], [name, 11 + i]);
      }
      await workbench.screenshot('45-two-roots');

      await workbench.runCommand('Attribute Lens: Describe Data Set…');
      await workbench.quickPickRow('south').click();
      await row(workbench, /^south.*data set · /).waitFor();
    },
  },
];

function step(workbench: Workbench, title: string): Locator {
  return workbench.page.locator('.getting-started-step').filter({ hasText: title });
}

function ticked(workbench: Workbench, title: string): Locator {
  return step(workbench, title).locator('.codicon-getting-started-step-checked');
}

async function openViews({ page }: Workbench): Promise<void> {
  await page.locator('.activitybar').getByRole('tab', { name: 'Attribute Lens' }).click();
}

/** Of one of the views. */
function row(workbench: Workbench, text: string | RegExp): Locator {
  return workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();
}

async function onlyReport(root: string): Promise<Report> {
  const folder = join(root, 'attribute-lens');
  const [name] = (await readdir(folder)).filter((one) => one.endsWith('.attrlens.json'));
  return readReport(JSON.parse(await readFile(join(folder, name!), 'utf8')));
}
