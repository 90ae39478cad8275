import assert from 'node:assert/strict';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scenario } from './stage.ts';

/** What a person does with reports that are there. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'two reports are compared from the menu of one; what differs is shown beside',
    play: async (stage) => {
      const folder = stage.analysed('compared', ['1', '2']);
      const workbench = await stage.openWorkbench(folder);
      await workbench.explorerItem('seed1.attrlens.json').waitFor();
      await workbench.runFromMenu('seed1.attrlens.json', 'Compare Reports…');
      await workbench.pick('Reports to compare', 'seed2');
      await workbench.tab('seed1-vs-seed2.attrlens.json').waitFor();
      await workbench.webview.getByRole('heading', { level: 1 }).waitFor();
      await workbench.webview.getByRole('option').first().waitFor();
      await workbench.screenshot('30-compared');
    },
  },
  {
    name: 'everything is exported from the page of a report into a folder of its own',
    play: async (stage) => {
      const folder = stage.analysed('exported', ['1']);
      const workbench = await stage.openWorkbench(folder);
      await workbench.explorerItem('seed1.attrlens.json').waitFor();
      await workbench.openReport('seed1.attrlens.json');
      await workbench.webview.getByRole('button', { name: 'Export all…' }).first().click();
      await workbench.answerFileDialog(`${folder}/`);
      await workbench.notification(/files/).waitFor({ timeout: 120_000 });
      await workbench.screenshot('31-exported');
      const made = (await readdir(folder)).find((name) => name.includes('seed1'));
      assert.ok(made, 'No folder was made.');
      const files = await readdir(join(folder, made));
      for (const name of ['README.txt', 'report.html', 'table.tex', 'methods.txt', 'tables', 'figures'])
        assert.ok(files.includes(name), `${name} is not among ${files.join(', ')}`);
    },
  },
  {
    name: 'a report whose images changed says so, and one click runs it again',
    play: async (stage) => {
      const folder = stage.analysed('changed', ['1']);
      const images = join(folder, 'img_align_celeba');
      const [first] = (await readdir(images)).sort();
      // Behind the end of a JPEG: the same picture in another file.
      await appendFile(join(images, first!), '\n');
      const workbench = await stage.openWorkbench(folder);
      await workbench.explorerItem('seed1.attrlens.json').waitFor();
      await workbench.openReport('seed1.attrlens.json');
      const again = workbench.webview.getByRole('button', { name: 'Run again' });
      await again.waitFor();
      await workbench.screenshot('32-stale');
      await again.click();
      await again.waitFor({ state: 'hidden', timeout: 120_000 });
      await workbench.screenshot('33-run-again');
      const report = JSON.parse(await readFile(join(folder, 'seed1.attrlens.json'), 'utf8')) as {
        readonly inputs: { readonly seed: number };
      };
      assert.equal(report.inputs.seed, 1);
    },
  },
  {
    name: 'a lasso around points of the projection selects them, and the selection is saved as CSV',
    play: async (stage) => {
      const folder = stage.analysed('projected', ['1']);
      stage.commandLine('project', join(folder, 'seed1.attrlens.json'));
      const workbench = await stage.openWorkbench(folder);
      await workbench.explorerItem('seed1.attrlens.json').waitFor();
      await workbench.openReport('seed1.attrlens.json');
      const page = workbench.webview;
      await page.getByRole('tab', { name: 'Projection' }).click();
      const field = page.locator('.plot-field');
      await field.waitFor();
      await page.getByRole('button', { name: 'Lasso' }).click();
      const box = (await field.boundingBox())!;
      const { mouse } = workbench.page;
      const corners = [
        [0.02, 0.02],
        [0.98, 0.02],
        [0.98, 0.98],
        [0.02, 0.98],
      ] as const;
      const at = ([x, y]: readonly [number, number]) =>
        [box.x + x * box.width, box.y + y * box.height] as const;
      await mouse.move(...at(corners[0]));
      await mouse.down();
      for (const corner of corners) await mouse.move(...at(corner), { steps: 5 });
      await mouse.up();
      const save = page.getByRole('button', { name: 'Export selection as CSV' });
      await save.scrollIntoViewIfNeeded();
      await workbench.screenshot('34-lasso');
      await save.click();
      // The dialog proposes a name beside the report.
      await workbench.input.waitFor();
      await workbench.page.keyboard.press('Enter');
      const saved = workbench.explorerItem('selection.csv');
      await saved.waitFor();
      const file = join(folder, (await saved.innerText()).trim());
      const lines = (await readFile(file, 'utf8')).trim().split(/\r?\n/);
      assert.match(lines[0]!, /^image,identity/);
      assert.ok(lines.length > 10, `${lines.length} lines were saved.`);
    },
  },
];
