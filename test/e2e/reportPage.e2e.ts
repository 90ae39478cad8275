import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { sampleReport } from '../support/sampleReport.ts';
import type { Scenario, Stage } from './stage.ts';
import { eventually, type Workbench } from './workbench.ts';

const report = sampleReport();
const fileName = 'faces.attrlens.json';

export const scenarios: readonly Scenario[] = [
  {
    name: 'a report opened from the explorer is drawn: header, chart, and the chosen attribute beside it',
    play: async (stage) => {
      const { workbench } = await openReport(stage, 'drawn', report);
      const problems = collectProblems(workbench);
      const page = workbench.webview;
      await page.getByRole('heading', { level: 1 }).filter({ hasText: report.inputs.dataset.name }).waitFor();
      assert.equal(await page.getByRole('option').count(), report.inputs.dataset.attributes.length);
      await page.locator('canvas').first().waitFor();
      await workbench.screenshot('11-report');
      assert.deepEqual(problems, []);
    },
  },
  {
    name: 'a click and the arrow keys choose an attribute, and the detail follows',
    play: async (stage) => {
      const { workbench } = await openReport(stage, 'chosen', report);
      const page = workbench.webview;
      const third = page.getByRole('option').nth(2);
      await third.click();
      assert.equal(await third.getAttribute('aria-selected'), 'true');
      const clicked = await detailTitle(page);
      assert.ok((await third.innerText()).startsWith(clicked));
      await page.getByRole('listbox').press('ArrowDown');
      const fourth = page.getByRole('option').nth(3);
      assert.equal(await fourth.getAttribute('aria-selected'), 'true');
      assert.notEqual(await detailTitle(page), clicked);
      await workbench.screenshot('12-chosen');
    },
  },
  {
    name: 'the filter narrows the attributes, the table sorts by a column, the choice survives hiding the page',
    play: async (stage) => {
      const { workbench } = await openReport(stage, 'sorted', report);
      const page = workbench.webview;
      const name = await page.getByRole('option').first().locator('.cell-name').innerText();
      await page.locator('vscode-textfield input').fill(name);
      await page.getByText(/^1 of \d+ attributes$/).waitFor();
      await page.locator('vscode-textfield input').fill('');
      await page.getByRole('button', { name: 'Table' }).click();
      const names = page.locator('tbody th[scope="row"]');
      await page.getByRole('button', { name: 'Attribute', exact: true }).click();
      const shown = (await names.allInnerTexts()).filter((text) => text !== '');
      const attributes = report.inputs.dataset.attributes.map((attribute) => attribute.name);
      const sorted = shown.slice(0, attributes.length);
      assert.deepEqual(sorted, sorted.toSorted(new Intl.Collator('en').compare));
      await workbench.screenshot('13-table');

      await workbench.explorerItem('README.md').dblclick();
      await workbench.tab('README.md').waitFor();
      await workbench.tab(fileName).click();
      await page.locator('th[aria-sort="ascending"]').filter({ hasText: 'Attribute' }).waitFor();
    },
  },
  {
    name: 'a report that is none says so; mended on disk, it is drawn; removed, what was read stays and is marked',
    play: async (stage) => {
      const { workbench, file } = await openReport(stage, 'broken-report', { schema: 'something else' });
      const page = workbench.webview;
      await page.getByRole('alert').filter({ hasText: 'not an Attribute Lens report' }).waitFor();
      await workbench.screenshot('14-no-report');
      await writeFile(file, JSON.stringify({ ...report, version: 99 }));
      await page.getByRole('alert').filter({ hasText: 'version 99, newer than' }).waitFor();
      await writeFile(file, '{ "schema": ');
      await page.getByRole('alert').filter({ hasText: 'not JSON' }).waitFor();
      await writeFile(file, JSON.stringify(report));
      await page.getByRole('option').first().waitFor();
      await rm(file);
      await page.getByText('cannot be read').waitFor();
      await workbench.screenshot('15-removed');
    },
  },
  {
    name: 'the report opens as text from its page, and is checked against its schema there',
    play: async (stage) => {
      const { workbench } = await openReport(stage, 'text', { ...report, seed: 1 });
      const page = workbench.webview;
      await page.getByRole('button', { name: 'Open as Text' }).click();
      await workbench.page.locator('.monaco-editor .view-line').first().waitFor();
      // The window's own count of problems: the schema forbids what it does not know.
      const problems = workbench.statusBar.locator('[id="status.problems"]');
      await eventually(
        async () => (await problems.getAttribute('aria-label')) ?? '',
        (label) => /[1-9]/.test(label),
        workbench.page,
      );
      await workbench.screenshot('16-as-text');
    },
  },
];

async function openReport(
  stage: Stage,
  name: string,
  content: unknown,
): Promise<{ workbench: Workbench; file: string }> {
  const folder = join(stage.folder, name);
  const file = join(folder, fileName);
  await mkdir(folder);
  await writeFile(join(folder, 'README.md'), 'Faces');
  await writeFile(file, JSON.stringify(content));
  const workbench = await stage.openWorkbench(folder);
  await workbench.openReport(fileName);
  return { workbench, file };
}

function detailTitle(page: FrameLocator): Promise<string> {
  return page.getByRole('region', { name: 'Chosen attribute' }).getByRole('heading').first().innerText();
}

/** What the window's console says against the page's policy. */
function collectProblems({ page }: Workbench): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Report page/.test(message.text())) problems.push(message.text());
  });
  return problems;
}
