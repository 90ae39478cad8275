import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Comparison } from '../../src/protocol/comparisonSchema.ts';
import { handReport } from '../support/handReport.ts';
import { repositoryRoot } from '../support/repository.ts';
import { compared, sampleComparison } from '../support/sampleComparison.ts';
import { sampleReport } from '../support/sampleReport.ts';
import type { ThemeName } from '../support/vscodeThemes.ts';
import {
  checkPage,
  type Harness,
  type OpenOptions,
  type ReportPage,
  sidewaysFree,
  startHarness,
  texts,
} from './harness.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const folder = join(repositoryRoot, 'artifacts', 'comparison');
mkdirSync(folder, { recursive: true });

const sample = sampleComparison({ nModels: 2 });

function withComparison(
  comparison: Comparison,
  options: OpenOptions,
  check: (open: ReportPage) => Promise<void>,
): Promise<void> {
  return checkPage(harness, options, async (open) => {
    await open.showComparison(comparison);
    await check(open);
  });
}

/** Hat fell from 0.2 to 0.1, of which an interval is known on both sides; nothing else changed. */
function handComparison(): Comparison {
  const hat = (ks: number, ci: [number, number]) => {
    const report = handReport();
    const [macroscale] = report.results.macroscale;
    const rows = macroscale!.rows.map((row) =>
      row.attribute === 'Hat' && row.modality === 'positive' ? { ...row, ks, ci } : row,
    );
    return { ...report, results: { ...report.results, macroscale: [{ ...macroscale!, rows }] } };
  };
  return compared(hat(0.2, [0.17, 0.24]), hat(0.1, [0.08, 0.13]));
}

test('the head says what was compared, the differences beyond zero, and which are largest', () =>
  withComparison(handComparison(), {}, async ({ page }) => {
    assert.equal(await page.locator('h1').innerText(), 'before → after');
    const [sentence, inputs] = await texts(page.locator('.overview-findings li'));
    // −0.1; down √(0.02² + 0.04²) = 0.0447, up √(0.03² + 0.03²) = 0.0424.
    assert.match(sentence!, /^1 of 1 differences of signed KS .* about 0\.1 would by chance alone/);
    assert.match(
      sentence!,
      /Largest, after less before: Hat, positive modality \(−0\.100, −0\.145 to −0\.058\)\./,
    );
    assert.match(inputs!, /^No input differs that the reports know of\./);
    assert.deepEqual(await texts(page.locator('[role="tab"]')), ['Macroscale', 'Inputs']);
    const [first, second] = await texts(page.locator('.rows .row'));
    assert.equal(first, 'Hat −0.100 0.000');
    assert.match(second!, / 0\.000/);
    assert.deepEqual(await texts(page.locator('.compared-numbers tbody tr')), [
      'before 0.200 (0.170 to 0.240) 0.050',
      'after 0.100 (0.080 to 0.130) 0.050',
      'difference −0.100 (−0.145 to −0.058) 0.000',
      'n before 50 50',
      'n after 50 50',
    ]);
  }));

test('sorting and filtering change the list; the table and its CSV hold the same rows', () =>
  withComparison(sample, {}, async ({ page, posted }) => {
    await page.getByRole('searchbox').fill('hair');
    const found = await page.locator('.rows .row').count();
    assert.ok(found > 1 && found < 10, String(found));
    await page.locator('.rows').focus();
    await page.keyboard.press('t');
    await page.getByRole('button', { name: 'Attribute', exact: true }).click();
    const names = await texts(page.locator('.attribute-table tbody th'));
    assert.equal(names.length, found);
    assert.deepEqual(names, [...names].sort());
    await page.locator('.master').getByRole('button', { name: 'Copy as CSV' }).click();
    const copied = (await posted()).find((message) => message.type === 'copy');
    const lines = copied!.text.trimEnd().split('\r\n');
    assert.equal(lines.length, 1 + 2 * found);
    assert.match(lines[0]!, /^model_before,model_after,attribute,modality,ks_signed_before,/);
    assert.deepEqual(
      lines.slice(1).flatMap((line, i) => (i % 2 === 0 ? [line.split(',')[2]] : [])),
      names,
    );
  }));

test('a circle and its line are one choice, by mouse and by keys', () =>
  withComparison(sample, {}, async ({ page }) => {
    const plot = page.locator('.points');
    await plot.focus();
    await page.keyboard.press('End');
    const chosen = await page.locator('.detail h2').innerText();
    const label = await page.locator('.row[aria-selected="true"] .cell-name').getAttribute('aria-label');
    assert.ok(label!.includes(chosen), label!);
    await page.locator('.rows').focus();
    await page.keyboard.press('Home');
    const first = await page.locator('.detail h2').innerText();
    assert.notEqual(first, chosen);
    assert.ok(
      (await page.locator('.point[aria-selected="true"]').getAttribute('aria-label'))!.includes(first),
    );
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.localName'), 'h2');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate('document.activeElement.className'), 'rows');
  }));

test('another pair of models shows its own differences, and stays chosen', () =>
  withComparison(sample, {}, async ({ page, state }) => {
    const [one, other] = sample.pairs[0]!.before === sample.pairs[1]!.before ? [0, 2] : [0, 1];
    const before = await page.locator('.rows .row .cell-name').first().getAttribute('aria-label');
    await page.getByRole('combobox', { name: 'Model before' }).click();
    await page.getByRole('option', { name: sample.pairs[other]!.before }).click();
    assert.notEqual(await page.locator('.rows .row .cell-name').first().getAttribute('aria-label'), before);
    const { modelX, modelY } = (await state())!;
    assert.deepEqual([modelX, modelY], [sample.pairs[other]!.before, sample.pairs[one]!.after]);
  }));

test('tabs lead to energies, verification and the inputs, each with its CSV', () =>
  withComparison(sample, {}, async ({ page, posted }) => {
    await page.getByRole('tab', { name: 'Macroscale' }).focus();
    await page.keyboard.press('ArrowRight');
    const pair = sample.pairs[0]!;
    assert.equal(await page.locator('#panel-microscale .row').count(), pair.microscale.length);
    await page.keyboard.press('ArrowRight');
    const measures = await texts(page.locator('.compared-measures tbody tr'));
    assert.equal(measures.length, pair.verification.length);
    assert.match(measures[2]!, /^TAR at FAR 10⁻² 0\.\d{4} \(0\.\d{4} to 0\.\d{4}\) /);
    await page.locator('#panel-verification').getByRole('button', { name: 'Copy as CSV' }).click();
    await page.keyboard.press('Home');
    await page.getByRole('tab', { name: 'Inputs' }).click();
    assert.deepEqual(
      await texts(page.locator('.changes-table tbody th')),
      sample.changes.map(({ input }) => input),
    );
    await page.locator('#panel-inputs').getByRole('button', { name: 'Copy as CSV' }).click();
    const copies = (await posted()).flatMap((message) => (message.type === 'copy' ? [message.text] : []));
    assert.match(copies[0]!, /^model_before,model_after,measure,value_before,/);
    assert.match(copies[1]!, /^input,before,after\r\ndataset\.digest,[0-9a-f]{64},[0-9a-f]{64}\r\n/);
  }));

test('a link in the head leads to the section that shows it', () =>
  withComparison(sample, { state: { section: 'macroscale' } }, async ({ page }) => {
    await page.locator('.overview-findings .link').last().click();
    assert.equal(await page.getByRole('tab', { name: 'Inputs' }).getAttribute('aria-selected'), 'true');
  }));

test('reports of data sets alone are compared by their inputs', () => {
  const described = { ...handReport(), inputs: { ...handReport().inputs, models: [] } };
  return withComparison(compared(described, sampleReport({ nAttributes: 2 })), {}, async ({ page }) => {
    assert.equal(await page.locator('.changes-table').isVisible(), true);
    assert.equal(await page.locator('[role="tablist"]').isVisible(), false);
    assert.equal(await page.getByRole('combobox', { name: 'Model before' }).isVisible(), false);
    assert.match(await page.locator('.compared-notes').innerText(), /A report has no model/);
  });
});

test('a report after a comparison, and a comparison after a report, are drawn anew', () =>
  withComparison(sample, {}, async ({ page, show, showComparison, send }) => {
    await show(handReport());
    assert.equal(await page.locator('.report-comparison').count(), 0);
    await showComparison(sample);
    assert.equal(await page.locator('.report').count(), 1);
    await send({ type: 'failed', message: 'The file is not JSON.' });
    assert.match(await page.locator('.stale').innerText(), /cannot be read: The file is not JSON\./);
    assert.equal(await page.locator('.rows').isVisible(), true);
  }));

test('a chart is saved as SVG with its numbers', () =>
  withComparison(sample, { state: { section: 'microscale' } }, async ({ page, posted }) => {
    await page.getByRole('button', { name: 'Save: Differences of energy by attribute' }).click();
    await page.getByRole('menuitem', { name: /SVG/ }).click();
    await page.waitForFunction(`window.harness.posted.some(({ type }) => type === 'saveFile')`);
    const saved = (await posted()).find((message) => message.type === 'saveFile');
    assert.match(saved!.name, /^energy-differences-.*\.svg$/);
    assert.ok(saved!.content.includes(sample.pairs[0]!.microscale[0]!.attribute));
  }));

test('hostile names are text, wherever they stand, and neither widen nor turn the page', async () => {
  const hostile = ['<img src=x onerror=alert(1)>', '\u202Eגבר אדם', 'x'.repeat(300), '=1+2'];
  const report = sampleReport({ nAttributes: 4, names: hostile, verification: true });
  const named = {
    ...report,
    inputs: {
      ...report.inputs,
      dataset: { ...report.inputs.dataset, name: hostile[0]!, attributes: [] },
    },
  };
  const comparison = compared(report, named, [hostile[1]!, hostile[2]!]);
  for (const width of [600, 1400]) {
    for (const section of ['macroscale', 'inputs']) {
      await withComparison(
        { ...comparison, notes: [...comparison.notes, `Only the first report has ${hostile.join(', ')}.`] },
        { width, state: { section } },
        async ({ page }) => {
          assert.equal(await page.locator('img').count(), 0);
          assert.equal(await sidewaysFree(page), true);
          assert.doesNotMatch(await page.locator('.compared-notes').innerText(), /\u202E/);
          if (section === 'macroscale') {
            const names = await page.locator('.row .name').allTextContents();
            assert.deepEqual(names.sort(), [...hostile].sort());
          }
        },
      );
    }
  }
});

const themes: readonly ThemeName[] = ['dark', 'light', 'hc-dark', 'hc-light'];
for (const theme of themes) {
  for (const width of [600, 1400]) {
    test(`a comparison in ${theme} at ${width} px is whole, and its pictures are kept`, () =>
      withComparison(sample, { theme, width }, async ({ page }) => {
        for (const section of ['Macroscale', 'Microscale', 'Verification', 'Inputs']) {
          await page.getByRole('tab', { name: section }).click();
          assert.equal(await sidewaysFree(page), true, section);
          await page.screenshot({
            path: join(folder, `${section.toLowerCase()}-${theme}-${width}.png`),
            fullPage: width < 900,
          });
        }
        const sizes = await page.evaluate<number[]>(
          `[...document.querySelectorAll('canvas')].flatMap((canvas) => [canvas.width, canvas.height])`,
        );
        assert.ok(sizes.length === 6 && sizes.every((size) => size > 0), sizes.join());
      }));
  }
}

test('the page of a report asks for another one to compare with', () =>
  checkPage(harness, { width: 600 }, async ({ page, show, posted }) => {
    await show(handReport());
    await page.getByRole('button', { name: 'Compare…' }).click();
    assert.ok((await posted()).some(({ type }) => type === 'compare'));
    assert.equal(await sidewaysFree(page), true);
  }));
