import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { handReport } from '../support/handReport.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { checkPage, copyOfChart, type Harness, startHarness, texts, type WithPage } from './harness.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const withPage: WithPage = (options, check) => checkPage(harness, options, check);

test('the page says ready before anything else, with its version, and says that it waits', () =>
  withPage({}, async ({ page, posted }) => {
    assert.deepEqual(await posted(), [{ type: 'ready', version: 1 }]);
    assert.equal(await page.getByRole('status').innerText(), 'Reading the report…');
  }));

test('the header names model, data set, counts, metric and provider, and sums up the findings', () =>
  withPage({}, async ({ page, show }) => {
    await show(handReport(), 'hats.attrlens.json');
    assert.equal(await page.locator('h1').innerText(), 'arcface-r50 on CelebA');
    assert.equal(await page.locator('.file').innerText(), 'hats.attrlens.json');
    assert.deepEqual(await texts(page.locator('.facts li')), [
      '66 871 images',
      '2 360 people',
      '5 attributes',
      'cosine distance',
      'CPU · 100 % of node time · 25 images/s',
    ]);
    assert.deepEqual(await texts(page.locator('.overview-findings li')), [
      'People with Hat lie closer to each other than to people without. KS 0.200. Show',
      'People with Beard lie farther from each other than from people without. KS 0.120. Show',
      'People without Scar lie farther from each other than from people with it. KS 0.100. Show',
    ]);
    assert.equal(await page.locator('.warnings').innerText(), '');
  }));

test('a finding leads to its chart', () =>
  withPage({ state: { section: 'run' } }, async ({ page, show, state }) => {
    await show(handReport());
    await page.locator('.overview-findings li', { hasText: 'Beard' }).getByRole('button').click();
    assert.equal(await page.getByRole('tab', { selected: true }).innerText(), 'Macroscale');
    assert.equal((await state())?.attribute, 'Beard');
  }));

test('each line of the chart has its numbers, signed', () =>
  withPage({}, async ({ page, show }) => {
    await show(handReport());
    assert.deepEqual(await texts(page.locator('.row')), [
      'Hat 0.200 0.050',
      'Beard −0.120 0.080',
      'Scar — −0.100',
      'Age 0.012 −0.012',
      'Twin not tested — —',
    ]);
    await page.locator('vscode-checkbox').click();
    assert.equal((await texts(page.locator('.row')))[1], 'Beard 0.120 0.080');
  }));

test('dots stand on the page’s axis at their numbers, on their lines', () =>
  withPage({ theme: 'light' }, async ({ page, show }) => {
    await show(handReport());
    const found: unknown = await page.evaluate(`(() => {
      ${copyOfChart}
      const box = canvas.getBoundingClientRect();
      const ticks = [...document.querySelectorAll('.axis-ticks span')].map((label) => {
        const { left, right } = label.getBoundingClientRect();
        return { value: Number(label.textContent.replace('−', '-')), x: (left + right) / 2 };
      });
      const [first, last] = [ticks[0], ticks.at(-1)];
      const xOf = (value) => first.x + ((last.x - first.x) * (value - first.value)) / (last.value - first.value);
      const colourAt = (row, value) => {
        const line = document.querySelectorAll('.row')[row].getBoundingClientRect();
        const scale = canvas.width / box.width;
        const x = Math.round((xOf(value) - box.left) * scale);
        const y = Math.round(((line.top + line.bottom) / 2 - box.top) * scale);
        return [...pixels.getImageData(x, y, 1, 1).data].slice(0, 3);
      };
      return { hat: colourAt(0, 0.2), beard: colourAt(1, -0.12), hollow: colourAt(0, 0.05), nothing: colourAt(0, -0.07) };
    })()`);
    const blue = [0x00, 0x72, 0xb2];
    assert.deepEqual(found, { hat: blue, beard: blue, hollow: [255, 255, 255], nothing: [0, 0, 0] });
  }));

test('a click anywhere on a line shows its attribute in the detail', () =>
  withPage({}, async ({ page, show, state }) => {
    await show(handReport());
    await page
      .locator('.row')
      .nth(1)
      .click({ position: { x: 250, y: 3 } });
    assert.equal(await page.locator('.detail h2').innerText(), 'Beard');
    assert.equal(await page.locator('.row[aria-selected="true"]').innerText().then(firstLine), 'Beard');
    assert.equal((await state())?.attribute, 'Beard');
  }));

test('the detail holds every number of the chosen attribute', () =>
  withPage({}, async ({ page, show }) => {
    await show(handReport());
    assert.deepEqual(await texts(page.locator('.findings li')), [
      'People with Hat lie closer to each other than to people without. KS 0.200',
      'People without Hat lie closer to each other than to people with it. KS 0.050',
    ]);
    assert.deepEqual(await texts(page.locator('.comparison tbody tr')), [
      'KS distance, signed 0.200 0.050',
      'at distance 1.000 1.000',
      'p, naive 5.0 × 10⁻⁴¹ 0.0032',
      'mean within 1.050 1.050',
      'mean across 1.125 1.125',
      'people a side 50 50',
      'images a side 50 50',
      'pairs within 1 225 1 225',
      'pairs across 2 490 2 490',
    ]);
    assert.match(
      await page.locator('.detail').innerText(),
      /treats pairs as independent, which they are not/,
    );
    assert.match(
      await page.locator('.detail').innerText(),
      /seed 1\), at most 500 a side; pairs of the same identity are excluded/,
    );
    assert.deepEqual(await texts(page.locator('.image-facts > div')), [
      'positive 1 200 images',
      'negative 3 400 images',
      'unknown 5 images',
      'global average −0.478 from −1 to 1',
      'intra-entropy 0.125 nats',
      'inter-entropy 4.250 nats',
    ]);
    assert.match(
      (await page.locator('.cdf-frame canvas').getAttribute('aria-label')) ?? '',
      /0\.200 at 1\.000/,
    );
  }));

test('the curves are there as a table, with the gaps in their place', () =>
  withPage({}, async ({ page, show }) => {
    await show(handReport());
    await page.getByText('The curves as a table').click();
    const rows = await texts(page.locator('.distance-chart tbody tr'));
    assert.ok(rows.includes('1.000 0.400 0.500 0.200'), rows.join('\n'));
    assert.ok(rows.includes('1.000 0.400 0.200 0.200'), 'the positive gap: within, across, KS');
    assert.ok(rows.includes('1.000 0.250 0.200 0.050'), 'the negative gap: within, across, KS');
  }));

test('an attribute tested on one side, or not at all, says so', () =>
  withPage({}, async ({ page, show }) => {
    await show(handReport());
    await page.locator('.row', { hasText: 'Scar' }).click();
    assert.equal((await texts(page.locator('.findings li')))[0], 'People with Scar were not tested.');
    assert.match(await page.locator('.detail').innerText(), /holds no distances of this attribute/);
    await page.locator('.row', { hasText: 'Twin' }).click();
    assert.match(await page.locator('.findings').innerText(), /Not tested/);
    assert.equal(await page.locator('.comparison').isVisible(), false);
  }));

test('the table has the same data in the same order, sorts by every header and says how', () =>
  withPage({ state: { view: 'table' } }, async ({ page, show }) => {
    await show(handReport());
    assert.deepEqual(await texts(page.locator('.attribute-table thead th')), [
      'Attribute',
      'KS max',
      'KS +',
      'KS −',
      'n people',
      'p naive',
    ]);
    const names = () => texts(page.locator('.attribute-table tbody th'));
    const sorted = async () => {
      const header = page.locator('.attribute-table [aria-sort$="ending"]');
      return [await header.innerText(), await header.getAttribute('aria-sort')];
    };
    assert.deepEqual(await sorted(), ['KS max', 'descending']);
    assert.deepEqual(await texts(page.locator('.attribute-table tbody tr')), [
      'Hat 0.200 0.200 0.050 50 5.0 × 10⁻⁴¹',
      'Beard 0.120 −0.120 0.080 50 5.6 × 10⁻¹⁵',
      'Scar 0.100 — −0.100 50 0.00032',
      'Age 0.012 0.012 −0.012 50 0.631',
      'Twin — — — — —',
    ]);
    await page.getByRole('button', { name: 'Attribute', exact: true }).click();
    assert.deepEqual(await sorted(), ['Attribute', 'ascending']);
    assert.deepEqual(await names(), ['Age', 'Beard', 'Hat', 'Scar', 'Twin']);
    await page.getByRole('button', { name: 'Attribute', exact: true }).click();
    assert.deepEqual(await names(), ['Twin', 'Scar', 'Hat', 'Beard', 'Age']);
    await page.getByRole('button', { name: 'KS −' }).click();
    assert.deepEqual(await names(), ['Beard', 'Hat', 'Age', 'Scar', 'Twin']);
    await page.getByRole('button', { name: 'Chart', exact: true }).click();
    assert.deepEqual((await texts(page.locator('.row .cell-name'))).slice(0, 2), ['Beard', 'Hat']);
  }));

test('decimal points of a column stand in one line', () =>
  withPage({ state: { view: 'table' } }, async ({ page, show }) => {
    await show(sampleReport());
    for (const column of [2, 3, 4, 5, 6, 7]) {
      const edges = await page.evaluate<number[]>(
        `[...document.querySelectorAll('.attribute-table tbody td:nth-child(${column}) .whole')]
          .map((cell) => Math.round(cell.getBoundingClientRect().right))`,
      );
      assert.equal(edges.length, 40);
      assert.equal(new Set(edges).size, 1, `column ${column}`);
    }
  }));

test('the order menu and its direction sort the chart', () =>
  withPage({}, async ({ page, show, state }) => {
    await show(handReport());
    const menu = page.getByRole('combobox', { name: 'Sort by' });
    await menu.click();
    await page.getByRole('option', { name: 'p naive' }).click();
    assert.deepEqual((await state())?.sort, { column: 'p', descending: false });
    await page.getByRole('button', { name: 'Ascending' }).click();
    assert.deepEqual((await texts(page.locator('.row .cell-name')))[0], 'Age');
  }));

test('the filter narrows chart and count, and keeps the detail', () =>
  withPage({}, async ({ page, show }) => {
    await show(sampleReport());
    const field = page.getByRole('searchbox', { name: 'Find an attribute' });
    const chosen = await page.locator('.detail h2').innerText();
    await field.fill('wearing h');
    assert.deepEqual(await texts(page.locator('.row .cell-name')), ['Wearing_Hat']);
    assert.equal(await page.locator('.count').innerText(), '1 of 40 attributes');
    assert.equal(await page.locator('.detail h2').innerText(), chosen);
    await field.fill('monocle');
    assert.equal(
      await page.locator('.nothing-found').innerText(),
      'None of 40 attributes matches «monocle».',
    );
    await field.press('Escape');
    assert.equal(await page.locator('.row').count(), 40);
    assert.equal(await page.locator('.count').innerText(), '40 attributes');
  }));

test('the table is copied as CSV', () =>
  withPage({}, async ({ page, show, posted }) => {
    await show(handReport());
    await page.getByText('Copy as CSV').click();
    const message = (await posted()).at(-1);
    assert.ok(message?.type === 'copy');
    const { pNaive } = handReport().results.macroscale[0]!.rows[0]!;
    assert.equal(
      message.text.split('\r\n')[1],
      `arcface-r50,cosine,Hat,as annotated,positive,0.2,,1,,,1,50,50,1225,2490,1.05,1.125,,,,,,${pNaive},-40.3` +
        ',,,,,,,,,,,,,,,sample,random,500,exclude,1,0,0,0.4,0.2,asymptotic,,,',
    );
  }));

test('another model of the report is one choice away', () =>
  withPage({}, async ({ page, show, state }) => {
    const report = sampleReport({ nModels: 3 });
    await show(report);
    await page.getByRole('combobox', { name: 'Model' }).click();
    await page.getByRole('option', { name: 'facenet-vgg' }).click();
    assert.equal(await page.locator('h1').innerText(), 'facenet-vgg on CelebA');
    assert.equal((await state())?.model, 'facenet-vgg');
    const strongest = report.results.macroscale[2]!.rows.reduce((a, b) => (b.ks > a.ks ? b : a));
    assert.equal(firstLine(await page.locator('.row').first().innerText()), strongest.attribute);
  }));

test('a report of one model has no model menu', () =>
  withPage({}, async ({ page, show }) => {
    await show(sampleReport());
    assert.equal(await page.locator('.model').isVisible(), false);
  }));

test('model, attribute, filter, order, view and sign are there again after a reload', () =>
  withPage({}, async ({ page, show, state }) => {
    const report = sampleReport({ nModels: 2 });
    await show(report);
    await page.getByRole('combobox', { name: 'Model' }).click();
    await page.getByRole('option', { name: 'adaface-r18' }).click();
    await page.getByRole('searchbox').fill('wearing');
    await page.locator('.row').nth(2).click();
    await page.locator('vscode-checkbox').click();
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await page.getByRole('button', { name: 'KS +' }).click();
    const seen = () =>
      Promise.all([
        page.locator('.master').innerText(),
        page.locator('.detail').innerText(),
        page.locator('h1').innerText(),
      ]);
    const before = await seen();
    const saved = await state();
    await page.reload();
    await show(report);
    assert.deepEqual(await seen(), before);
    assert.deepEqual(await state(), saved);
    assert.equal(saved?.signed, false);
  }));

test('a fallback is loud; refusals, diagnostics and their items are a click away', () =>
  withPage({}, async ({ page, show }) => {
    const report = sampleReport({
      diagnostics: [
        {
          code: 'imageUnreadable',
          message: '12 images could not be decoded and were left out.',
          count: 12,
          items: Array.from({ length: 12 }, (_, i) => `${i}.jpg`),
        },
      ],
    });
    report.inputs.models[0]!.provider = {
      requested: 'cuda',
      ran: 'cpu',
      nodeShare: 1,
      nodeTimeShare: 1,
      agreement: null,
      refused: [{ provider: 'cuda', reason: 'libcudnn.so.9 is missing' }],
    };
    await show(report);
    const strip = page.locator('.strip.warning:visible');
    assert.match(
      await strip.innerText(),
      /Ran on CPU, not on CUDA as requested\. CUDA did not run: libcudnn\.so\.9 is missing\./,
    );
    await page.getByText('Left out: 12 images (unreadable)').click();
    assert.match(
      await page.locator('.diagnostics').innerText(),
      /12 images could not be decoded and were left out\.\s+0\.jpg · 1\.jpg .* · 9\.jpg · and 2 more/,
    );
    await page.getByRole('tab', { name: 'Run' }).click();
    const made = await page.locator('.provenance').innerText();
    assert.match(made, /\(x − 127\.5\) · 0\.00784314/);
    assert.ok(made.includes(report.inputs.models[0]!.sha256));
    assert.match(made, /requested: CUDA/);
  }));

function firstLine(text: string): string {
  return text.split('\n')[0]!.trim();
}
