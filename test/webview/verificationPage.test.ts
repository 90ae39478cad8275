import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Report } from '../../src/protocol/report.ts';
import { handReport } from '../support/handReport.ts';
import { handFolds, handVerification } from '../support/handVerification.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { type ThemeName } from '../support/vscodeThemes.ts';
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
const there = { section: 'verification' };

function verificationOnly(): Report {
  const report = handReport([handVerification()]);
  report.results.macroscale = [];
  return report;
}

const shownTab = ({ page }: ReportPage) => page.locator('[role="tab"][aria-selected="true"]').innerText();

test('sections are tabs: arrows, Home and End choose, one is a tab stop, and the choice survives a reload', () =>
  withPage({}, async (open) => {
    const { page, show, state } = open;
    const report = handReport([handVerification()]);
    await show(report);
    assert.deepEqual(await texts(page.getByRole('tab')), [
      'Macroscale',
      'Significance',
      'Verification',
      'Projection',
      'Data',
      'Run',
    ]);
    await page.getByRole('tab', { name: 'Significance' }).focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await shownTab(open), 'Verification');
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Verification');
    assert.equal(await page.locator('[role="tab"][tabindex="0"]').count(), 1);
    assert.deepEqual(await texts(page.getByRole('tabpanel').locator('h2').first()), ['Distances of pairs']);
    assert.equal(await page.getByRole('tabpanel').count(), 1, 'one panel is seen');
    assert.equal(await page.getByRole('tabpanel', { name: 'Verification' }).count(), 1);
    await page.keyboard.press('End');
    assert.equal(await shownTab(open), 'Run');
    await page.keyboard.press('ArrowRight');
    assert.equal(await shownTab(open), 'Macroscale');
    await page.keyboard.press('ArrowLeft');
    assert.equal((await state())?.section, 'run');
    await page.reload();
    await show(report);
    assert.equal(await shownTab(open), 'Run');
  }));

test('a report with verification alone opens there, and one without has no such tab', () =>
  withPage({}, async (open) => {
    await open.show(verificationOnly());
    assert.deepEqual(await texts(open.page.getByRole('tab')), ['Verification', 'Projection', 'Data', 'Run']);
    assert.equal(await shownTab(open), 'Verification');
    assert.equal(await open.page.locator('h1').innerText(), 'arcface-r50 on CelebA');
    await open.show(handReport());
    assert.deepEqual(await texts(open.page.getByRole('tab')), [
      'Macroscale',
      'Significance',
      'Projection',
      'Data',
      'Run',
    ]);
    assert.equal(await shownTab(open), 'Macroscale');
  }));

test('the head sums verification up beside what the attributes do', () =>
  withPage({}, async ({ page, show }) => {
    await show(handReport([handVerification()]));
    assert.match(
      (await texts(page.locator('.overview-findings li'))).at(-1)!,
      /^Verification: AUC.0\.988 \(0\.981 to 0\.992\), EER.0\.040 \(.*\); at FAR.10⁻³ it accepts 0\.80 \(.*people with Hat \(0\.50; 0\.45 to 0\.55\)\. Show$/,
    );
  }));

test('every figure is there, with interval and threshold, and says where it is unsure', () =>
  withPage({ state: there }, async ({ page, show }) => {
    await show(handReport([handVerification({ lfw: handFolds, accuracy: handFolds.accuracy })]));
    assert.match(await page.locator('.pairs').innerText(), /1\s000 pairs of one person and 2\s000 of two/);
    assert.deepEqual(await texts(page.locator('.figure-of')), [
      'Mean within 0.500 0.480–0.520 each person alike 0.475',
      'Mean between 1.000 0.990–1.010',
      'Ratio 0.500 0.479–0.521 each person alike 0.475',
      'AUC 0.988 0.981–0.992',
      'EER 0.040 0.032–0.050 at distance 0.875',
      'TAR at FAR 10⁻² 0.90 0.88–0.93 at distance 0.750',
      'TAR at FAR 10⁻³ 0.80 0.76–0.84 at distance 0.625',
      'TAR at FAR 10⁻⁴ 0.70 0.60–0.80 at distance 0.500 Unsure: FAR 10⁻⁴ needs at least 10 000 pairs of two people, there are 2 000.',
      'TAR at FAR 10⁻⁵ 0.000 0.000–0.010 no distance can be accepted Unsure: FAR 10⁻⁵ needs at least 100 000 pairs of two people, there are 2 000.',
      'Bayes error 0.045 lowest on these pairs 0.037',
      'Accuracy, 10 folds 0.9925 ± 0.0013 standard error each at the best threshold of the other 9',
    ]);
    await page.getByText('The folds as a table').click();
    assert.deepEqual(await texts(page.getByRole('table', { name: 'Accuracy by fold' }).locator('tbody tr')), [
      '1 0.875 0.9900 600',
      '2 0.750 0.9950 600',
    ]);
  }));

test('both charts say what they show, and have their numbers as tables', () =>
  withPage({ state: there }, async ({ page, show }) => {
    await show(handReport([handVerification()]));
    const labels = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.chart-frame canvas')].map((canvas) => canvas.getAttribute('aria-label'))`,
    );
    assert.match(labels[0]!, /pairs of one person \(solid\) have the mean 0\.500/);
    assert.match(labels[1]!, /0\.80 at 10⁻³/);
    await page.getByText('The distances as a table').click();
    assert.deepEqual(
      await texts(page.getByRole('table', { name: 'Distances of pairs' }).locator('tbody tr')),
      [
        '0.000 0.500 250 0.250 0 0',
        '0.500 1.000 500 0.500 400 0.200',
        '1.000 1.500 250 0.250 1 200 0.600',
        '1.500 2.000 0 0 400 0.200',
      ],
    );
    await page.getByText('The curve as a table').click();
    assert.deepEqual(await texts(page.getByRole('table', { name: 'Accept rates' }).locator('tbody tr')), [
      '10⁻² 0.0050 0.9000 0.8750–0.9250 0.8900–0.9100 250 0.750 yes',
      '10⁻³ 0.00050 0.8000 0.7600–0.8400 0.7900–0.8100 250 0.625 yes',
      '10⁻⁴ 5.0 × 10⁻⁵ 0.7000 0.6000–0.8000 0.6900–0.7100 250 0.500 no',
      '10⁻⁵ 5.0 × 10⁻⁶ 0.0000 0.0000–0.0100 0.0000–0.0100 250 — no',
    ]);
    const curve = await texts(page.getByRole('table', { name: 'ROC' }).locator('tbody tr'));
    assert.deepEqual([curve[0], curve[3], curve.at(-1)], ['0.00010 0.500', '0.0010 0.800', '1 1.000']);
  }));

test('the list of accept rates sorts, filters and changes to a table like the other list', () =>
  withPage({ state: there }, async ({ page, show, state }) => {
    await show(handReport([handVerification()]));
    const list = page.locator('.verification');
    assert.deepEqual(await texts(list.locator('.row')), [
      'Beard 0.250 0.850',
      'Hat 0.500 0.825',
      'Age 0.800 0.900',
      'Scar — 0.800',
      'Twin no pairs — —',
    ]);
    assert.equal(await list.locator('.reference').innerText(), 'all 0.800');
    await page.keyboard.press('t');
    assert.deepEqual(
      (await texts(list.locator('.attribute-table tbody tr')))[1],
      'Hat 0.500 (0.450–0.550) 0.825 (0.775–0.875) 0.500 0.325 0.0020 0.0020 100',
    );
    await list.getByRole('button', { name: 'Gap' }).click();
    assert.deepEqual((await state())?.tarSort, { column: 'gap', descending: true });
    assert.equal(await list.locator('th[aria-sort="descending"]').innerText(), 'Gap');
    await page.keyboard.press('/');
    await page.keyboard.type('ha');
    assert.deepEqual(await texts(list.locator('.attribute-table tbody th')), ['Hat']);
    assert.equal((await state())?.sort, undefined, 'the order of the other list is its own');
  }));

test('another FAR is another threshold: list, line of all and saved state follow', () =>
  withPage({ state: there }, async ({ page, show, state }) => {
    await show(handReport([handVerification()]));
    const menu = page.getByRole('combobox', { name: 'Threshold by FAR' });
    await menu.click();
    assert.deepEqual(await texts(page.getByRole('option', { name: /^FAR/ })), [
      'FAR 10⁻²',
      'FAR 10⁻³',
      'FAR 10⁻⁴',
    ]);
    await page.getByRole('option', { name: 'FAR 10⁻²' }).click();
    assert.equal((await state())?.far, 0.01);
    assert.equal((await texts(page.locator('.verification .row')))[1], 'Hat 0.700 0.925');
    assert.equal(await page.locator('.verification .reference').innerText(), 'all 0.900');
    assert.match(
      (await texts(page.locator('.overview-findings li'))).at(-1)!,
      /at FAR 10⁻² it accepts 0\.90/,
    );
  }));

test('the chosen attribute is the same in both sections, with its rates at every threshold', () =>
  withPage({ state: there }, async ({ page, show }) => {
    await show(handReport([handVerification()]));
    await page.locator('.verification .row', { hasText: 'Hat' }).click();
    const detail = page.getByRole('region', { name: 'Accept rates of the chosen attribute' });
    assert.equal(await detail.locator('h2').innerText(), 'Hat');
    assert.deepEqual(await texts(detail.locator('.modality-side').first().locator('tbody tr')), [
      '10⁻² 0.750 0.700 0.650–0.750 0.020 0.010–0.040',
      '10⁻³ 0.625 0.500 0.450–0.550 0.0020 0.0010–0.0040',
    ]);
    assert.match(await detail.innerText(), /100 pairs of one person, 200 of two; 50 people with a pair\./);
    await page.locator('.verification .rows').focus();
    await page.keyboard.press('ArrowUp');
    assert.match(await detail.innerText(), /4 people with a pair\. So few say little\./);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Beard');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate('document.activeElement.className'), 'rows');
    await page.getByRole('tab', { name: 'Macroscale' }).click();
    assert.equal(
      await page.getByRole('region', { name: 'Chosen attribute', exact: true }).locator('h2').innerText(),
      'Beard',
    );
  }));

test('accept rates are copied as CSV', () =>
  withPage({ state: there }, async ({ page, show, posted }) => {
    await show(handReport([handVerification()]));
    await page.locator('.verification').getByText('Copy as CSV').click();
    // Scrolling to the button may bring pictures near, which are asked for as well.
    const message = (await posted()).find(({ type }) => type === 'copy');
    assert.ok(message?.type === 'copy');
    assert.match(message.text, /^model,metric,attribute,rule,modality,far,/);
    assert.equal(message.text.trimEnd().split('\n').length, 11);
  }));

const png =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

test('pictures of the worst pairs are asked for when they come near, once, and shown where there are any', () =>
  withPage({ state: there, height: 500 }, async ({ page, show, send, posted }) => {
    const asked = async () =>
      (await posted()).flatMap((message) => (message.type === 'requestThumbnails' ? [message] : []));
    await show(handReport([handVerification()]));
    assert.deepEqual(await asked(), [], 'nothing is asked for before it can be seen');
    await page.locator('.examples').scrollIntoViewIfNeeded();
    await untilAsked(page, 1);
    const model = 'arcface-r50';
    const images = ['a/1.jpg', 'a/2.jpg', 'b/1.jpg', 'b/2.jpg', 'c/1.jpg'];
    assert.deepEqual(await asked(), [{ type: 'requestThumbnails', id: 1, images, model }]);
    assert.equal(await page.locator('.picture img').count(), 0);
    assert.equal(await page.locator('.no-picture').count(), 0, 'waiting is no missing picture');
    const box = await page.locator('.frame').first().boundingBox();
    await send({
      type: 'thumbnails',
      id: 1,
      thumbnails: [
        { image: 'a/1.jpg', model, uri: png },
        { image: 'a/2.jpg', model, uri: null },
        { image: 'b/1.jpg', model, uri: 'data:image/png;base64,AAAA' },
      ],
    });
    assert.equal((await page.locator('.picture img[src]').count()) >= 2, true, 'a/1.jpg is in two pairs');
    await page.locator('.pair').nth(1).locator('.no-picture').waitFor();
    assert.deepEqual(await texts(page.locator('.pair').first()), [
      '1.jpg row no image 2.jpg row cosine distance 1.500',
    ]);
    assert.deepEqual(await page.locator('.frame').first().boundingBox(), box, 'nothing moves');
    await page.locator('.examples').scrollIntoViewIfNeeded();
    assert.equal((await asked()).length, 1);
  }));

test('a click on a picture asks the host to open the image, by name', () =>
  withPage({ state: there }, async ({ page, show, posted }) => {
    await show(handReport([handVerification()]));
    await page.getByRole('button', { name: 'Open c/1.jpg' }).press('Enter');
    assert.deepEqual(
      (await posted()).filter(({ type }) => type === 'openImage'),
      [{ type: 'openImage', path: 'c/1.jpg' }],
    );
    assert.deepEqual(await texts(page.locator('.pair .figure')), ['1.500', '1.375', '0.500']);
  }));

test('another model has its own verification', () =>
  withPage({ state: there }, async ({ page, show }) => {
    const report = sampleReport({ nModels: 2, nAttributes: 3, verification: true });
    await show(report);
    const aucs = report.results.verification.map(({ auc }) => auc);
    const shown = async () =>
      Number((await texts(page.locator('.figure-of', { hasText: 'AUC' }).locator('.value')))[0]);
    assert.ok(Math.abs((await shown()) - aucs[0]!) < 1e-4);
    await page.getByRole('combobox', { name: 'Model' }).click();
    await page.getByRole('option', { name: 'adaface-r18' }).click();
    assert.ok(Math.abs((await shown()) - aucs[1]!) < 1e-4);
  }));

const hostile = ['<img src=x onerror="globalThis.hacked=1">', 'x'.repeat(300), '\u202Edetrever'];

for (const width of [400, 1400]) {
  test(`hostile names of attributes and images are text and no wider than their place, at ${width} px`, () =>
    withPage({ width, state: there }, async ({ page, show, send }) => {
      const report = sampleReport({ nAttributes: 3, names: hostile, verification: true });
      report.results.verification[0]!.worstMatched = hostile.map((name) => ({
        left: name,
        right: `${name}/${name}`,
        distance: 1,
      }));
      await show(report);
      const names = await page.locator('.verification .row .name').allTextContents();
      assert.deepEqual([...names].sort(), [...hostile].sort());
      await send({
        type: 'thumbnails',
        id: 1,
        thumbnails: [{ image: hostile[0]!, model: null, uri: 'javascript:hacked=1' }],
      });
      assert.equal(await page.evaluate('globalThis.hacked'), undefined);
      assert.equal(await page.locator('.pair img').count(), 0, 'what was not asked for is not shown');
      for (const view of ['Chart', 'Table']) {
        await page.getByRole('button', { name: view, exact: true }).click();
        assert.equal(await sidewaysFree(page), true, view);
      }
    }));
}

for (const theme of ['light', 'dark', 'hc-dark', 'hc-light'] satisfies ThemeName[]) {
  test(`both kinds of pairs are drawn in the colours of ${theme}, also when the theme changes to it`, () =>
    withPage(
      { state: there, theme: theme === 'dark' ? 'light' : 'dark' },
      async ({ page, show, setTheme }) => {
        await show(handReport([handVerification()]));
        await setTheme(theme);
        await nextFrames(page);
        const colours = await page.evaluate(`(() => {
        const root = document.querySelector('.page');
        if (root.dataset.theme !== ${JSON.stringify({ light: 'light', dark: 'dark', 'hc-dark': 'hcDark', 'hc-light': 'hcLight' }[theme])}) return null;
        const canvas = document.querySelector('.chart-frame canvas');
        const pixels = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
        pixels.drawImage(canvas, 0, 0);
        const { data } = pixels.getImageData(0, 0, canvas.width, canvas.height);
        const seen = new Set();
        for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255)
          seen.add('#' + [data[i], data[i + 1], data[i + 2]].map((c) => c.toString(16).padStart(2, '0')).join(''));
        return ['--lens-matched', '--lens-unmatched'].map((name) => seen.has(root.style.getPropertyValue(name)));
      })()`);
        assert.deepEqual(colours, [true, true]);
      },
    ));
}

test('wide, the section scrolls in its own place and the tabs stay in sight', () =>
  withPage({ state: there, width: 1400, height: 700 }, async ({ page, show }) => {
    await show(sampleReport({ verification: true }));
    await page.locator('.examples').scrollIntoViewIfNeeded();
    const tabs = (await page.locator('.tabs').boundingBox())!;
    assert.ok(tabs.y > 0 && tabs.y < 400);
    assert.equal(await page.evaluate('document.documentElement.scrollHeight <= window.innerHeight'), true);
  }));

test('opening a report shows its beginning, not the chosen line far below', () =>
  withPage({ state: { ...there, attribute: 'Young' }, width: 600 }, async ({ page, show }) => {
    await show(sampleReport({ verification: true }));
    assert.equal(await page.evaluate('window.scrollY'), 0);
  }));

/** Time for observers to see and for the page to draw. */
function nextFrames(page: ReportPage['page']): Promise<void> {
  return page.evaluate(`new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
  })`);
}
