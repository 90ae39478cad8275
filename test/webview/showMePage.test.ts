import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Report } from '../../src/protocol/report.ts';
import type { PageMessage } from '../../src/protocol/webviewMessages.ts';
import { sampleReport } from '../support/sampleReport.ts';
import {
  checkPage,
  type Harness,
  type ReportPage,
  sidewaysFree,
  startHarness,
  texts,
  untilAsked,
  type WithPage,
} from './harness.ts';

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

const withPage: WithPage = (options, check) => checkPage(harness, options, check);

const report = sampleReport({ nModels: 2, nAttributes: 3, names: ['Hat', 'Beard', 'Scarf'] });
const there = { section: 'macroscale', attribute: 'Hat' };
const model = report.inputs.models[0]!.name;

const png =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

async function posted<T extends PageMessage['type']>(open: ReportPage, type: T) {
  return (await open.posted()).filter(
    (message): message is Extract<PageMessage, { type: T }> => message.type === type,
  );
}

const sectionOf = ({ page }: ReportPage) => page.locator('.show-me');

function namesOf(pairs: readonly { left: string; right: string }[]): string[] {
  return pairs.flatMap(({ left, right }) => [left, right]);
}

test('faces of both sides and the pairs at the ends are the chosen attribute’s and the shown model’s', () =>
  withPage({ state: there, height: 3000 }, async (open) => {
    const { page, show } = open;
    await show(report);
    const part = sectionOf(open);
    assert.deepEqual(await texts(part.locator('h4')), [
      'People with Hat',
      'People without Hat',
      'Closest, one with Hat and one without Hat',
      'Farthest, both with Hat',
      'Farthest, both without Hat',
    ]);
    const shown = () =>
      part.locator('.picture').evaluateAll((all: { title: string }[]) => all.map(({ title }) => title));
    const expected = (of: Report, name: string, attribute: string) => {
      const faces = of.results.faces.find((one) => one.attribute === attribute)!;
      const pairs = of.results.extremes.find((one) => one.model === name && one.attribute === attribute)!;
      return [
        ...faces.positive,
        ...faces.negative,
        ...namesOf(pairs.closestCross),
        ...namesOf(pairs.farthestPositive),
        ...namesOf(pairs.farthestNegative),
      ];
    };
    assert.deepEqual(await shown(), expected(report, model, 'Hat'));
    assert.equal((await texts(part.locator('.pair-distance')))[0]!.startsWith('cosine distance '), true);
    await page.locator('.row', { hasText: 'Beard' }).first().click();
    assert.deepEqual(await shown(), expected(report, model, 'Beard'));
    await page.getByRole('combobox', { name: 'Model' }).click();
    await page.getByRole('option', { name: 'adaface-r18' }).click();
    assert.deepEqual(await shown(), expected(report, 'adaface-r18', 'Beard'));
  }));

test('pictures are asked for as the model saw them, once they are near; they come without moving anything', () =>
  withPage({ state: there, height: 700, width: 700 }, async (open) => {
    const { page, show, send } = open;
    await show(report);
    const first = sectionOf(open).locator('.picture').first();
    await first.scrollIntoViewIfNeeded();
    await untilAsked(open.page, 1);
    const images = async () => (await posted(open, 'requestThumbnails')).flatMap((one) => one.images);
    const [asked] = await posted(open, 'requestThumbnails');
    assert.equal(asked!.model, model);
    const last = report.results.extremes[0]!.farthestNegative.at(-1)!.right;
    assert.equal((await images()).includes(last), false, 'what is far below is not asked for');
    const [face, other] = report.results.faces.find(({ attribute }) => attribute === 'Hat')!.positive;
    assert.equal(asked!.images[0], face);
    const before = await sectionOf(open).boundingBox();
    await send({
      type: 'thumbnails',
      id: asked!.id,
      thumbnails: [
        { image: face!, model, uri: png },
        { image: other!, model, uri: null },
      ],
    });
    await first.locator('img').waitFor();
    assert.equal(await sectionOf(open).locator('.picture').nth(1).innerText(), `no image\n${other!}`);
    assert.deepEqual(await sectionOf(open).boundingBox(), before);
    // Looking at them again asks for nothing again: what comes next is of another attribute.
    await page.evaluate('window.scrollTo(0, 0)');
    await first.scrollIntoViewIfNeeded();
    const nAsked = (await images()).length;
    await page.locator('.row', { hasText: 'Beard' }).first().click();
    await first.scrollIntoViewIfNeeded();
    await untilAsked(page, nAsked + 1);
    const all = await images();
    assert.equal(new Set(all).size, all.length);
  }));

test('by keyboard: one stop for each list, arrows within, Enter opens, Shift and Enter shows the row', () =>
  withPage({ state: there, height: 1200 }, async (open) => {
    const { page, show } = open;
    await show(report);
    const { positive, negative } = report.results.faces.find(({ attribute }) => attribute === 'Hat')!;
    const focused = () => page.evaluate('document.activeElement.title');
    const lists = sectionOf(open).locator('.face-grid');
    await lists.first().locator('.picture').first().focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), positive[1]);
    await page.keyboard.press('End');
    assert.equal(await focused(), positive[11]);
    await page.keyboard.press('ArrowUp');
    const above = positive.indexOf(String(await focused()));
    assert.ok(above >= 0 && above < 11);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.deepEqual(await posted(open, 'openImage'), [{ type: 'openImage', path: positive[11] }]);
    await page.keyboard.press('Shift+Enter');
    assert.deepEqual(await posted(open, 'openRow'), [{ type: 'openRow', image: positive[11] }]);
    await page.keyboard.press('Tab');
    assert.equal(await focused(), negative[0], 'the next list');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await focused(), positive[11], 'where it was left');
  }));

test('the small button shows the row; where the report knows no rows there is none', () =>
  withPage({ state: there, height: 1200 }, async (open) => {
    const { show } = open;
    await show(report);
    const cell = sectionOf(open).locator('.picture-cell').first();
    await cell.hover();
    await cell.getByRole('button', { name: /^Show the row of/ }).click();
    const [face] = report.results.faces.find(({ attribute }) => attribute === 'Hat')!.positive;
    assert.deepEqual(await posted(open, 'openRow'), [{ type: 'openRow', image: face }]);
    assert.deepEqual(await posted(open, 'openImage'), []);
    const { inputs } = report;
    await show({ ...report, inputs: { ...inputs, dataset: { ...inputs.dataset, annotationFile: null } } });
    assert.equal(await sectionOf(open).locator('.picture-row').count(), 0);
    assert.doesNotMatch(await sectionOf(open).innerText(), /annotation file/);
    await cell.locator('.picture').press('Shift+Enter');
    assert.equal((await posted(open, 'openRow')).length, 1);
    assert.equal((await posted(open, 'openImage')).length, 1, 'without rows it opens the image');
  }));

test('why there are no pictures is said, and with the report again they are asked for again', () =>
  withPage({ state: there, height: 1200 }, async (open) => {
    const { show, send } = open;
    await show(report);
    await sectionOf(open).scrollIntoViewIfNeeded();
    await untilAsked(open.page, 1);
    const [asked] = await posted(open, 'requestThumbnails');
    const failure = 'Pictures are shown in a trusted workspace only.';
    await send({
      type: 'thumbnails',
      id: asked!.id,
      thumbnails: asked!.images.map((image) => ({ image, model, uri: null })),
      failure,
    });
    const notice = sectionOf(open).getByRole('status');
    assert.equal(await notice.innerText(), failure);
    await show(report);
    await untilAsked(open.page, asked!.images.length + 1);
    assert.equal(await notice.isHidden(), true);
  }));

test('a report without faces says so, and centroids have no pairs', () =>
  withPage({ state: there, height: 1200 }, async (open) => {
    const { show } = open;
    await show({ ...report, results: { ...report.results, faces: [], extremes: [] } });
    assert.match(await sectionOf(open).innerText(), /names no faces: .* Run the analysis again/);
    assert.match(await sectionOf(open).innerText(), /names no pairs of this attribute/);
    assert.equal(await sectionOf(open).locator('.picture').count(), 0);
    const centroids = report.results.macroscale.map((one) => ({
      ...one,
      sampling: { ...one.sampling, points: 'centroids' as const },
    }));
    await show({ ...report, results: { ...report.results, macroscale: centroids, extremes: [] } });
    assert.match(await sectionOf(open).innerText(), /by the mean of all their images/);
    assert.equal(await sectionOf(open).locator('.picture').count(), 24);
  }));

const hostile = ['<img src=x onerror="globalThis.hacked=1">', 'x'.repeat(300), '\u202Edetrever'];

for (const width of [400, 600, 1400]) {
  test(`hostile names are text and no wider than their place, at ${width} px`, () =>
    withPage({ width, state: { section: 'macroscale' }, height: 3000 }, async (open) => {
      const { page, show } = open;
      const named = sampleReport({ nAttributes: 3, names: hostile });
      for (const faces of named.results.faces) faces.positive = hostile.map((name) => `${name}.jpg`);
      for (const name of hostile) {
        await show(named);
        await page.locator('.row').nth(hostile.indexOf(name)).click();
        assert.equal(await sidewaysFree(page), true);
        assert.equal(await page.evaluate('globalThis.hacked'), undefined);
        const outside: unknown = await page.evaluate(`(() => {
          const detail = document.querySelector('.show-me').getBoundingClientRect();
          return [...document.querySelectorAll('.show-me *')].filter((one) => {
            const box = one.getBoundingClientRect();
            return box.width > 0 && (box.right > detail.right + 1 || box.left < detail.left - 1) &&
              !one.closest('.picture-name, .name');
          }).map((one) => one.outerHTML.slice(0, 80));
        })()`);
        assert.deepEqual(outside, []);
      }
    }));
}
