import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { handReportWithInference } from '../support/handInference.ts';
import { handReport } from '../support/handReport.ts';
import { sampleReport } from '../support/sampleReport.ts';
import {
  checkPage,
  copyOfChart,
  type Harness,
  sidewaysFree,
  startHarness,
  texts,
  type WithPage,
} from './harness.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const withPage: WithPage = (options, check) => checkPage(harness, options, check);

test('lines have the adjusted p, and what is noise is grey in number and dot', () =>
  withPage({ theme: 'light' }, async ({ page, show }) => {
    await show(handReportWithInference());
    assert.deepEqual(await texts(page.locator('.row')), [
      'Hat 0.200 0.050 0.0035',
      'Beard −0.120 0.080 0.0035',
      'Scar — −0.100 0.700',
      'Age 0.012 −0.012 0.560',
      'Twin not tested — — —',
    ]);
    assert.deepEqual(await texts(page.locator('.row .cell-value.muted')), ['−0.100', '0.012', '−0.012']);
    assert.deepEqual(await texts(page.locator('.list-legend > span')), [
      'chance: 95 % of shuffled labels lie here, and a dot in it, drawn grey, is noise',
      '95 % interval, bootstrap of people',
    ]);
    const colours: unknown = await page.evaluate(`(() => {
      ${copyOfChart}
      const box = canvas.getBoundingClientRect();
      const ticks = [...document.querySelectorAll('.axis-ticks span')].map((label) => {
        const { left, right } = label.getBoundingClientRect();
        return { value: Number(label.textContent.replace('−', '-')), x: (left + right) / 2 };
      });
      const [first, last] = [ticks[0], ticks.at(-1)];
      const xOf = (value) => first.x + ((last.x - first.x) * (value - first.value)) / (last.value - first.value);
      const at = (row, value, half) => {
        const line = document.querySelectorAll('.row')[row].getBoundingClientRect();
        const scale = canvas.width / box.width;
        const y = line.top + line.height * (half === 'positive' ? 0.29 : 0.71);
        return [...pixels.getImageData(Math.round((xOf(value) - box.left) * scale), Math.round((y - box.top) * scale), 1, 1).data];
      };
      return {
        hat: at(0, 0.2, 'positive').slice(0, 3),
        age: at(3, 0.012, 'positive').slice(0, 3),
        band: at(1, 0.015, 'positive')[3] > 0,
        beyondBand: at(1, 0.06, 'positive')[3] > 0,
        widerBand: at(1, 0.055, 'negative')[3] > 0,
      };
    })()`);
    const { age, ...others } = colours as { age: readonly number[] };
    assert.deepEqual(others, { hat: [0x00, 0x72, 0xb2], band: true, beyondBand: false, widerBand: true });
    assert.equal(new Set(age).size, 1, `${age.join()} is a grey`);
  }));

test('the detail has interval, bounds, draws, every p, chance, effects and counts', () =>
  withPage({}, async ({ page, show }) => {
    await show(handReportWithInference());
    assert.deepEqual(await texts(page.locator('.comparison tbody tr')), [
      'KS distance, signed 0.20 (0.18 to 0.22) 0.05 (0.04 to 0.06)',
      'exact KS between 0.2000 and 0.2015 —',
      'over draws 0.19 ± 0.01, n 5 —',
      'at distance 1.000 1.000',
      'p, adjusted 0.0035 0.0047',
      'p, permutation 0.00050 0.0020',
      'p, Holm 0.0035 0.010',
      'KS by chance, 95 % below 0.030 0.030',
      'effective n 2 049 2 049',
      'p, naive 5.0 × 10⁻⁴¹ 0.0032',
      'AUC, within < across 0.64 (0.62 to 0.66) —',
      'Cliff’s delta 0.28 (0.24 to 0.32) —',
      'mean difference, sd 0.50 (0.40 to 0.60) —',
      'mean within 1.050 1.050',
      'mean across 1.125 1.125',
      'people a side 50 50',
      'images a side 50 50',
      'pairs within 1 225 1 225',
      'pairs across 2 490 2 490',
    ]);
    const detail = await page.locator('.detail').innerText();
    assert.match(
      detail,
      /Both modalities together: 0\.015 \(0\.013 to 0\.017\) of cosine distance, p 0\.00050, adjusted 0\.0013/,
    );
    assert.match(detail, /1\u202F999 permutations of the modality/);
    const sizes = await page.evaluate<number[]>(
      `['.comparison .second td', '.comparison tbody tr td'].map((one) => parseFloat(getComputedStyle(document.querySelector(one)).fontSize))`,
    );
    assert.ok(sizes[0]! < sizes[1]!, 'the naive p is smaller');
  }));

test('a finding that chance gives as well says so', () =>
  withPage({ state: { attribute: 'Age' } }, async ({ page, show }) => {
    await show(handReportWithInference());
    assert.match(
      (await texts(page.locator('.findings li')))[0]!,
      /KS 0\.012, which is no more than chance gives\.$/,
    );
  }));

test('one click, or one key, leads from an attribute to its confounder', () =>
  withPage({}, async ({ page, show, state }) => {
    await show(handReportWithInference());
    assert.deepEqual(await texts(page.locator('.confounders li')), [
      'Beard φ 0.72, between people 0.80 KS 0.14 becomes 0.03, no more than chance gives (0.04, p 0.200) KS 0.06 becomes 0.05, more than chance gives (0.04, p 0.200)',
      'Age φ −0.35',
    ]);
    await page.getByRole('button', { name: 'Beard' }).click();
    assert.equal(await page.locator('.detail h2').innerText(), 'Beard');
    assert.equal((await state())?.attribute, 'Beard');
    assert.equal(await page.evaluate('document.activeElement.localName'), 'h2', 'keys go on from the title');
    await page.getByRole('button', { name: 'Hat' }).focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.detail h2').innerText(), 'Hat');
  }));

test('without signs, intervals start at zero and the dots are on its right', () =>
  withPage({ state: { signed: false, view: 'table' } }, async ({ page, show }) => {
    await show(handReportWithInference());
    assert.deepEqual((await texts(page.locator('.attribute-table tbody tr'))).slice(1, 4), [
      'Beard 0.120 0.120 (0.090 to 0.150) 0.080 (0.020 to 0.140) 50 0.0035 5.6 × 10⁻¹⁵',
      'Scar 0.100 — 0.100 (0.000 to 0.250) 50 0.700 0.00032',
      'Age 0.012 0.012 (0.000 to 0.032) 0.012 (0.000 to 0.032) 50 0.560 0.631',
    ]);
  }));

test('a term leads to its definition', () =>
  withPage({}, async ({ page, show, posted }) => {
    await show(handReportWithInference());
    await page.locator('.comparison').getByRole('button', { name: 'effective n' }).click();
    assert.deepEqual((await posted()).at(-1), { type: 'openDefinition', anchor: 'effective-n' });
    await page.locator('.caption').getByRole('button', { name: 'Null band' }).click();
    assert.deepEqual((await posted()).at(-1), { type: 'openDefinition', anchor: 'null-band' });
  }));

test('a report without inference has its old page: joined dots, no band, no words of chance', () =>
  withPage({}, async ({ page, show }) => {
    await show(handReport());
    assert.equal(await page.locator('.list-legend').isVisible(), false);
    assert.equal(await page.locator('.cell-note:visible').count(), 0);
    assert.equal(await page.locator('.confounders li').count(), 0);
    assert.match(
      await page.locator('.caption').first().innerText(),
      /It does not show how large a KS chance alone would give/,
    );
  }));

test('the significance table has every test, sorted by its heads and filtered by name', () =>
  withPage({ state: { section: 'significance' } }, async ({ page, show, state }) => {
    await show(handReportWithInference());
    const lines = () => texts(page.locator('.significance-table tbody tr'));
    assert.deepEqual(await lines(), [
      'Hat 4 of 4 0.0035 0.0047 0.0035 0.00060',
      'Beard 1 of 2 0.0035 0.052 — —',
      'Scar 0 of 1 — 0.700 — —',
      'Age 0 of 2 0.560 0.700 — —',
    ]);
    assert.deepEqual(await texts(page.locator('.model-head')), ['arcface-r50', 'sface']);
    const steps = await page.evaluate(
      `[...document.querySelector('.significance-table tbody tr').querySelectorAll('.number')].map((cell) => cell.className.match(/step-\\d/)[0]).join()`,
    );
    assert.equal(steps, 'step-2,step-2,step-2,step-3');
    await page.getByRole('button', { name: /^p of the positive modality, .*arcface-r50/ }).click();
    assert.deepEqual((await state())?.pSort, { column: 'positive arcface-r50', descending: false });
    assert.deepEqual(
      (await lines()).map((line) => line.split(' ')[0]),
      ['Hat', 'Beard', 'Age', 'Scar'],
    );
    await page.getByRole('searchbox').fill('a');
    assert.equal(await page.locator('.significance .count').innerText(), '4 attributes');
    await page.getByRole('searchbox').fill('ag');
    assert.equal(await page.locator('.significance .count').innerText(), '1 of 4 attributes');
    assert.equal((await lines()).length, 1);
  }));

test('another p is one choice away, with another sentence', () =>
  withPage({ state: { section: 'significance' } }, async ({ page, show, state }) => {
    await show(handReportWithInference());
    assert.match(
      await page.locator('.significance .words').innerText(),
      /^5 of 9 tests have an adjusted p below 0\.05/,
    );
    await page.getByRole('combobox', { name: 'p', exact: true }).click();
    await page.getByRole('option', { name: 'naive p, as in the paper' }).click();
    assert.equal((await state())?.pKind, 'naive');
    assert.match(
      (await texts(page.locator('.significance-table tbody tr')))[0]!,
      /^Hat 4 of 4 5\.0 × 10⁻⁴¹ 0\.0032/,
    );
    assert.match(await page.locator('.significance .words').innerText(), /^7 of 9 tests have a naive p/);
  }));

test('keys move through the significance table and open an attribute; the same is a button', () =>
  withPage({ state: { section: 'significance' } }, async ({ page, show, state }) => {
    await show(handReportWithInference());
    await page.getByRole('searchbox').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal((await state())?.attribute, 'Beard');
    assert.equal(await page.locator('tr[aria-selected="true"]').count(), 1);
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.detail h2').innerText(), 'Beard');
    assert.equal((await state())?.section, 'macroscale');
    await page.getByRole('tab', { name: 'Significance' }).click();
    await page.locator('.significance-table tbody tr', { hasText: 'Hat' }).click();
    await page.getByText('Show in Macroscale').click();
    assert.equal(await page.locator('.detail h2').innerText(), 'Hat');
  }));

test('the significance table is copied as CSV', () =>
  withPage({ state: { section: 'significance' } }, async ({ page, show, posted }) => {
    await show(handReportWithInference());
    await page.locator('.significance').getByText('Copy as CSV').click();
    const message = (await posted()).at(-1);
    assert.ok(message?.type === 'copy');
    assert.equal(message.text.trimEnd().split('\n').length, 1 + 9);
  }));

test('a report without permutations has the naive p alone, and says why', () =>
  withPage({ state: { section: 'significance' } }, async ({ page, show }) => {
    await show(handReport());
    assert.match(
      await page.locator('.significance').innerText(),
      /made without permutations, so it holds the naive p alone/,
    );
    assert.equal(await page.getByRole('combobox', { name: 'p', exact: true }).isVisible(), false);
  }));

test('models are set against each other: circles at their numbers, a list with intervals', () =>
  withPage({ state: { section: 'models' } }, async ({ page, show }) => {
    const report = sampleReport({ nModels: 3 });
    await show(report);
    assert.equal(await page.locator('.point').count(), 40);
    const [a, b] = report.results.macroscale;
    const ksOf = (result: typeof a, attribute: string) =>
      Math.max(...result!.rows.filter((row) => row.attribute === attribute).map(({ ks }) => ks));
    const places = await page.evaluate<{ name: string; x: number; y: number }[]>(`(() => {
      const box = document.querySelector('.scatter-plot').getBoundingClientRect();
      return [...document.querySelectorAll('.point')].map((point) => {
        const { left, right, top, bottom } = point.getBoundingClientRect();
        return {
          name: point.getAttribute('aria-label').match(/\\u2068(.*?)\\u2069/)[1],
          x: ((left + right) / 2 - box.left - 14) / (box.width - 28),
          y: 1 - ((top + bottom) / 2 - box.top - 14) / (box.height - 28),
        };
      });
    })()`);
    const ticks = (await texts(page.locator('.x-ticks span'))).map(Number);
    const last = ticks.at(-1)!;
    for (const { name, x, y } of places) {
      assert.ok(Math.abs(x * last - ksOf(a, name)) < 0.002, `${name} to the right`);
      assert.ok(Math.abs(y * last - ksOf(b, name)) < 0.002, `${name} upwards`);
    }
    assert.equal(await page.locator('.difference-table tbody tr').count(), 80);
  }));

test('pointing names a circle, a click chooses it, keys go from the farthest to the nearest', () =>
  withPage({ state: { section: 'models' } }, async ({ page, show, state }) => {
    await show(sampleReport({ nModels: 2 }));
    const names = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.point')].map((point) => point.getAttribute('aria-label').match(/\\u2068(.*?)\\u2069/)[1])`,
    );
    await page.locator('.point').nth(2).hover();
    assert.equal(await page.locator('.point-name').innerText(), names[2]);
    assert.match(await page.locator('.readout').innerText(), new RegExp(`^${names[2]!}: 0\\.\\d+`));
    await page.locator('.point').nth(2).click();
    assert.equal((await state())?.attribute, names[2]);
    await page.mouse.move(5, 5);
    await page.locator('.points').focus();
    await page.keyboard.press('Home');
    assert.equal((await state())?.attribute, names[0]);
    await page.keyboard.press('ArrowDown');
    assert.equal((await state())?.attribute, names[1]);
    assert.equal(await page.locator('.point-name').innerText(), names[1]);
    const active = await page.locator('.points').getAttribute('aria-activedescendant');
    assert.equal(await page.locator(`#${active!}`).getAttribute('aria-selected'), 'true');
    await page.keyboard.press('t');
    assert.equal(await page.evaluate(`document.activeElement.closest('.difference-table') !== null`), true);
    assert.match(
      (await page.locator('.difference-table tr:focus').innerText()).trim(),
      new RegExp(`^${names[1]!}`),
    );
    await page.keyboard.press('t');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.detail h2').innerText(), names[1]);
  }));

test('the differences say which exclude zero, and turn round with the models', () =>
  withPage({ state: { section: 'models' } }, async ({ page, show, state }) => {
    await show(handReportWithInference());
    const lines = () => texts(page.locator('.difference-table tbody tr'));
    assert.deepEqual(await lines(), [
      'Hat 0.200 0.100 0.100 0.070 to 0.130 excludes zero',
      'Hat 0.050 −0.040 0.090 −0.010 to 0.190 holds zero',
    ]);
    await page.getByRole('combobox', { name: 'To the right' }).click();
    await page.getByRole('option', { name: 'sface', exact: true }).click();
    assert.deepEqual(await lines(), [
      'Hat 0.100 0.200 −0.100 −0.130 to −0.070 excludes zero',
      'Hat −0.040 0.050 −0.090 −0.190 to 0.010 holds zero',
    ]);
    const kept = await state();
    assert.deepEqual([kept?.modelX, kept?.modelY], ['sface', 'arcface-r50']);
    await page.getByRole('combobox', { name: 'Compared' }).click();
    await page.getByRole('option', { name: 'KS −, signed' }).click();
    assert.equal((await state())?.measure, 'negative');
    assert.match((await page.locator('.point').getAttribute('aria-label'))!, /−0\.040 .*sface.*, 0\.050/);
  }));

for (const width of [400, 600, 1400]) {
  test(`significance and models scroll within themselves at ${width} px`, () =>
    withPage({ width }, async ({ page, show }) => {
      await show(sampleReport({ nModels: 5 }));
      for (const name of ['Significance', 'Models']) {
        await page.getByRole('tab', { name }).click();
        assert.equal(await sidewaysFree(page), true, name);
      }
    }));
}
