import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SeededRandom } from '../../src/numerics/random.ts';
import type { Report } from '../../src/protocol/report.ts';
import { handReport } from '../support/handReport.ts';
import { sampleMicroscale } from '../support/sampleMicroscale.ts';
import { checkPage, type Harness, sidewaysFree, startHarness, texts, type WithPage } from './harness.ts';

/** For people to look at; git ignores the folder. */
const folder = 'artifacts/webview';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const onMicroscale: WithPage = (options, check) =>
  checkPage(harness, { ...options, state: { section: 'microscale', ...options.state } }, check);

function microscaleReport(): Report {
  const report = handReport();
  const models = report.results.macroscale.map(({ model }) => model).slice(0, 1);
  Object.assign(report.results, sampleMicroscale(models, new SeededRandom(5), { nIdentities: 8 }));
  const { fieldAlignments } = report.results;
  const { attributes, values, nCurves } = fieldAlignments[0]!;
  const [brightness, contrast] = [attributes.indexOf('brightness'), attributes.indexOf('contrast')];
  values[brightness]![contrast] = values[contrast]![brightness] = 0.02;
  nCurves[brightness]![contrast] = nCurves[contrast]![brightness] = 480;
  return report;
}

test('the matrix says the pair of its cell; a key and a click choose the attribute for all parts', () =>
  onMicroscale({ state: { latticeAttribute: 'brightness' } }, async ({ page, show, state }) => {
    await show(microscaleReport());
    const part = page.locator('.field-part.alignment');
    assert.equal(await part.locator('.readout').innerText(), 'brightness and contrast: 0.02, 480 curves');
    assert.match(
      await part.locator('figcaption').innerText(),
      /Most alike: brightness and contrast \(0\.02\)/,
    );
    await part.locator('.heat-field').press('ArrowDown');
    assert.equal((await state())?.latticeAttribute, 'contrast');
    assert.equal(await part.locator('.readout').innerText(), 'contrast and itself, 800 curves');
    assert.match(await page.locator('.retention figcaption').innerText(), /segments of contrast/);
    assert.deepEqual(await texts(page.locator('.field[aria-pressed=true] .field-name')), ['contrast']);
    await page.locator('.field', { hasText: 'roll' }).click();
    assert.equal((await state())?.latticeAttribute, 'roll');
    assert.match(await part.locator('.readout').innerText(), /^(contrast|roll) and /);
    await part.locator('summary').click();
    assert.equal(await part.locator('tbody tr').count(), 66);
    assert.deepEqual(await texts(part.locator('tbody tr').first().locator('td')), [
      'brightness',
      'contrast',
      '0.02',
      '480',
    ]);
  }));

test('distances stand in the cells with the share beyond the threshold, which is named', () =>
  onMicroscale({ state: { latticeAttribute: 'occlusion' } }, async ({ page, show, posted }) => {
    const report = microscaleReport();
    const retention = report.results.retentions.find(({ attribute }) => attribute === 'occlusion')!;
    Object.assign(retention, {
      steps: ['0', '+8', '+16'],
      distances: [
        [0, 0.2, 0.4567],
        [0.2, 0, 0.3],
        [0.4567, 0.3, 0],
      ],
      beyond: [
        [0, 0, 0.125],
        [0, 0, 0.0004],
        [0.125, 0.0004, 0],
      ],
      threshold: 0.6,
    });
    await show(report);
    const part = page.locator('.field-part.retention');
    assert.deepEqual(await texts(part.locator('tbody tr').first().locator('td')), [
      '0',
      '0.200',
      '0.457 12.5 % beyond',
    ]);
    assert.equal(await part.locator('tbody tr').nth(1).locator('.share').innerText(), '< 0.1\u202F% beyond');
    assert.match(
      await part.locator('figcaption').innerText(),
      /12\.5\s%\sof segments end beyond the distance at which the model takes two images for two people, 0\.600\./,
    );
    await part.getByText('Identity retention').click();
    assert.deepEqual((await posted()).at(-1), { type: 'openDefinition', anchor: 'identity-retention' });
  }));

test('fields go from aligned to unaligned, an arrow for each point; another identity has others', () =>
  onMicroscale({}, async ({ page, show, state }) => {
    await show(microscaleReport());
    const part = page.locator('.field-part.drawings');
    const energies = (await texts(part.locator('.field-energy'))).map(Number);
    assert.equal(energies.length, 11);
    assert.deepEqual(
      energies,
      [...energies].sort((a, b) => a - b),
    );
    assert.equal(await part.locator('.field').first().locator('circle').count(), 20);
    const before = await part.locator('path.arrows').first().getAttribute('d');
    const colour = await page.evaluate<string>(`getComputedStyle(document.querySelector('.arrows')).stroke`);
    assert.notEqual(colour, 'none');
    await part.locator('vscode-single-select').click();
    await part.locator('vscode-single-select .option', { hasText: 'Person_2' }).click();
    assert.equal((await state())?.fieldIdentity, 'Person_2');
    assert.match(await part.locator('figcaption').innerText(), /images of Person_2/);
    assert.notEqual(await part.locator('path.arrows').first().getAttribute('d'), before);
  }));

test('without matrices and drawings the parts are not there', () =>
  onMicroscale({}, async ({ page, show }) => {
    const report = microscaleReport();
    Object.assign(report.results, { fieldAlignments: [], retentions: [], fieldDrawings: [] });
    await show(report);
    assert.equal(await page.locator(':is(.alignment, .retention, .drawings):visible').count(), 0);
  }));

for (const theme of ['dark', 'light'] as const) {
  for (const width of [600, 1400]) {
    test(`in ${theme}, at ${width} px, the parts fit the page`, () =>
      onMicroscale({ theme, width, height: 1000 }, async ({ page, show }) => {
        await show(microscaleReport());
        for (const name of ['alignment', 'retention', 'drawings']) {
          await page
            .locator(`.field-part.${name}`)
            .screenshot({ path: `${folder}/field-${name}-${theme}-${width}.png` });
        }
        assert.equal(await sidewaysFree(page), true);
      }));
  }
}
