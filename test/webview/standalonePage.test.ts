import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type PageParts, standalonePage } from '../../src/engine/export/standalonePage.ts';
import type { Report } from '../../src/protocol/report.ts';
import { chromiumPath } from '../support/ensureBrowser.ts';
import { bundlePageParts } from '../support/pageParts.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { sidewaysFree, texts } from './harness.ts';

/** An exported page as a reader opens it: a file of the disk, in a browser, without an editor. */

let browser: Browser;
let parts: PageParts;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  parts = await bundlePageParts();
  browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
});
after(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

const everything = { nModels: 2, nAttributes: 6, verification: true, microscale: true } as const;

async function onPage(
  report: Report,
  check: (page: Page) => Promise<void>,
  options: { colorScheme?: 'light' | 'dark'; width?: number; title?: string } = {},
): Promise<void> {
  const { colorScheme = 'light', width = 1400, title = 'A report' } = options;
  const file = join(folder, 'report.html');
  await writeFile(
    file,
    standalonePage({ type: 'report', report, fileName: 'faces.attrlens.json' }, title, parts),
  );
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(file|data|blob):/.test(request.url())) problems.push(`fetched ${request.url()}`);
  });
  try {
    await page.goto(pathToFileURL(file).href);
    await page.locator('.report').waitFor();
    await check(page);
    assert.deepEqual(problems, []);
  } finally {
    await context.close();
  }
}

test('every section opens from the disk, by its tab', () =>
  onPage(sampleReport(everything), async (page) => {
    assert.equal(await page.title(), 'A report');
    const tabs = page.locator('[role=tab]');
    const names = await texts(tabs);
    assert.deepEqual(names, [
      'Macroscale',
      'Significance',
      'Models',
      'Microscale',
      'Discriminative power',
      'Verification',
      'Data',
      'Run',
    ]);
    for (const name of names) {
      await page.getByRole('tab', { name, exact: true }).click();
      await page.locator('.panel:not([hidden])').waitFor();
      assert.ok((await page.locator('.panel:not([hidden])').innerText()).length > 100, name);
    }
  }));

test('what only an editor can do has no control', () =>
  onPage(sampleReport(everything), async (page) => {
    for (const text of ['Open as Text', 'Export all…', 'Show Log', 'Run Again']) {
      assert.equal(await page.getByText(text, { exact: true }).filter({ visible: true }).count(), 0, text);
    }
    assert.equal(await page.locator('.definition:enabled').count(), 0);
    for (const name of ['Macroscale', 'Verification', 'Run']) {
      await page.getByRole('tab', { name, exact: true }).click();
      for (const text of ['Open as Text', 'Export all…']) {
        assert.equal(await page.getByText(text, { exact: true }).filter({ visible: true }).count(), 0, text);
      }
    }
    assert.equal(await page.locator('button.picture').count(), 0);
  }));

test('the methods are copied, and tables too', () =>
  onPage(sampleReport(everything), async (page) => {
    await page.getByRole('tab', { name: 'Run', exact: true }).click();
    await page.getByText('Copy Methods').click();
    await page.waitForFunction(
      `navigator.clipboard.readText().then((text) => /^Attributes were analysed with Attribute Lens .*The seed was 1/.test(text))`,
    );
    await page.getByRole('tab', { name: 'Macroscale', exact: true }).click();
    await page.getByText('Copy as CSV').click();
    await page.waitForFunction(
      `navigator.clipboard.readText().then((text) => text.startsWith('model,metric,attribute,'))`,
    );
  }));

test('a saved chart is a download with the name that the page gave it', () =>
  onPage(sampleReport(everything), async (page) => {
    await page.getByText('Save…').first().click();
    const download = page.waitForEvent('download');
    await page.getByText(/SVG/).first().click();
    const saved = await download;
    assert.match(saved.suggestedFilename(), /\.svg$/);
    assert.match(await readFile(await saved.path(), 'utf8'), /^<svg xmlns=/);
  }));

test('hostile names are inert, in the report, in the title, and as the end of a script', async () => {
  const names = [
    '</script><script>window.pwned = 1</script>',
    '<!--<script>',
    '<img src=x onerror="window.pwned = 2">',
    '\u202Eevil\u2028',
  ];
  const title = '</title><script>window.pwned = 3</script>';
  const report = sampleReport({ nAttributes: 4, names });
  await onPage(
    { ...report, inputs: { ...report.inputs, dataset: { ...report.inputs.dataset, name: names[0]! } } },
    async (page) => {
      assert.equal(await page.title(), title);
      assert.equal(await page.evaluate('window.pwned'), undefined);
      assert.ok((await page.locator('h1').innerText()).includes(names[0]!));
      assert.equal(await page.locator('img').count(), 0);
    },
    { title },
  );
});

test('a script that speaks of scripts, and line ends of another system, run as they are', async () => {
  const spoken =
    'window.spoken = ["<!--", "<script>", "<\\/script>", /<script/u.source];\r\nwindow.after = 1;\r\n';
  const file = join(folder, 'spoken.html');
  const page = await browser.newPage();
  await writeFile(
    file,
    standalonePage({ type: 'report', report: sampleReport({ nAttributes: 1 }), fileName: '' }, '', {
      ...parts,
      reportScript: spoken,
      reportStyle: 'body::after { content: "</style>"; }\r\n',
    }),
  );
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(pathToFileURL(file).href);
  assert.deepEqual(await page.evaluate('window.spoken.slice(0, 3)'), ['<!--', '<script>', '</script>']);
  assert.equal(await page.evaluate('window.after'), 1);
  assert.equal(await page.evaluate(`getComputedStyle(document.body, '::after').content`), '"</style>"');
  assert.deepEqual(problems, []);
  await page.close();
});

test('it is light or dark as the reader’s system, also when that changes, and fits a narrow window', () =>
  onPage(
    sampleReport(everything),
    async (page) => {
      const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
      const theme = () => page.locator('.page').getAttribute('data-theme');
      assert.deepEqual([await background(), await theme()], ['rgb(31, 31, 31)', 'dark']);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.locator('.page[data-theme=light]').waitFor();
      assert.equal(await background(), 'rgb(255, 255, 255)');
      assert.ok(await sidewaysFree(page));
    },
    { colorScheme: 'dark', width: 600 },
  ));
