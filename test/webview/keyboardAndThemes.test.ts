import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { handReport } from '../support/handReport.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { editorThemes, type ThemeName } from '../support/vscodeThemes.ts';
import {
  checkPage,
  copyOfChart,
  type Harness,
  type ReportPage,
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

const chosen = ({ page }: ReportPage) => page.locator('.detail h2').innerText();
const focused = ({ page }: ReportPage) =>
  page.evaluate(`document.activeElement.className || document.activeElement.localName`);

test('keys lead from the filter through the list into the detail and back', () =>
  withPage({}, async (open) => {
    const { page, show } = open;
    await show(handReport());
    await page.keyboard.press('/');
    assert.equal(await focused(open), 'filter');
    await page.keyboard.type('t/');
    assert.equal(await page.locator('.attribute-table').isVisible(), false, 'typing is not a shortcut');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(open), 'rows');
    await page.keyboard.press('ArrowDown');
    assert.equal(await chosen(open), 'Beard');
    await page.keyboard.press('End');
    assert.equal(await chosen(open), 'Twin');
    await page.keyboard.press('ArrowDown');
    assert.equal(await chosen(open), 'Twin');
    await page.keyboard.press('Home');
    assert.equal(await chosen(open), 'Hat');
    await page.keyboard.press('Enter');
    assert.equal(await focused(open), 'h2');
    await page.keyboard.press('Escape');
    assert.equal(await focused(open), 'rows');
  }));

test('letters in an open menu are no shortcuts', () =>
  withPage({}, async ({ page, show }) => {
    await show(handReport());
    await page.getByRole('combobox', { name: 'Sort by' }).click();
    await page.keyboard.press('t');
    assert.equal(await page.locator('.attribute-table').isVisible(), false);
  }));

test('Enter in the filter selects the first match', () =>
  withPage({}, async (open) => {
    await open.show(handReport());
    await open.page.getByRole('searchbox').fill('ag');
    await open.page.keyboard.press('Enter');
    assert.equal(await chosen(open), 'Age');
  }));

test('the active line is announced, and moves into sight', () =>
  withPage({ height: 560 }, async ({ page, show }) => {
    await show(sampleReport());
    await page.locator('.rows').focus();
    await page.keyboard.press('End');
    const list = page.locator('.rows');
    const active = page.locator(`#${(await list.getAttribute('aria-activedescendant'))!}`);
    assert.equal(await active.getAttribute('aria-selected'), 'true');
    assert.match(
      (await active.getByRole('img').getAttribute('aria-label')) ?? '',
      /positive KS 0\.\d{3}, (closer together|farther apart|noise);/,
    );
    const inSight = await page.evaluate(`(() => {
      const row = document.querySelector('.row[aria-selected="true"]').getBoundingClientRect();
      const frame = document.querySelector('.scroller').getBoundingClientRect();
      return row.top >= frame.top && row.bottom <= frame.bottom + 1;
    })()`);
    assert.equal(inSight, true);
  }));

test('changing the view keeps the chosen line in sight, not under the head', () =>
  withPage({ height: 600 }, async ({ page, show }) => {
    await show(sampleReport());
    const selected = (view: string) =>
      page.evaluate<boolean>(`(() => {
        const row = document.querySelector('${view} [aria-selected="true"]').getBoundingClientRect();
        const head = document.querySelector('${view} .axis, ${view} thead th').getBoundingClientRect();
        const frame = document.querySelector('.scroller').getBoundingClientRect();
        return row.top >= head.bottom - 1 && row.bottom <= frame.bottom + 1;
      })()`);
    for (const key of ['Home', 'End', 'ArrowUp', 'PageUp']) {
      await page.locator('.rows').focus();
      await page.keyboard.press(key);
      assert.equal(await selected('.attribute-chart'), true, `chart, ${key}`);
      await page.keyboard.press('t');
      assert.equal(await selected('.attribute-table'), true, `table, ${key}`);
      await page.keyboard.press('t');
      assert.equal(await selected('.attribute-chart'), true, `chart again, ${key}`);
    }
  }));

test('one key changes between chart and table, and arrows and Enter work in the table', () =>
  withPage({}, async (open) => {
    const { page, show } = open;
    await show(handReport());
    await page.locator('.rows').focus();
    await page.keyboard.press('t');
    assert.equal(await page.locator('.attribute-table').isVisible(), true);
    assert.equal(await page.locator('.rows').isVisible(), false);
    assert.equal(await page.evaluate('document.activeElement.localName'), 'tr', 'the focus moves along');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await chosen(open), 'Scar');
    assert.deepEqual(await texts(page.locator('tr[aria-selected="true"] th')), ['Scar']);
    await page.keyboard.press('Enter');
    assert.equal(await focused(open), 'h2');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate('document.activeElement.localName'), 'tr');
    await page.keyboard.press('t');
    assert.equal(await page.locator('.rows').isVisible(), true);
  }));

test('Tab reaches every control, and the focus can be seen', () =>
  withPage({}, async ({ page, show }) => {
    await show(sampleReport({ nModels: 2 }));
    const reached = new Set<string>();
    for (let i = 0; i < 32; i++) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate<string>(`(() => {
          const node = document.activeElement;
          return node.getAttribute('aria-label') || node.label || node.textContent.trim() || node.title;
        })()`),
      );
    }
    for (const name of [
      'Model',
      'Open as Text',
      'Chart',
      'Table',
      'Find an attribute',
      'Sort by',
      'Descending',
      'Copy as CSV',
      'Attributes',
      'Save: KS distance by attribute',
      'Save: Distances of the chosen attribute',
      'The curves as a table',
      'Macroscale',
    ]) {
      assert.ok(reached.has(name), `${name} is among ${[...reached].join(' | ')}`);
    }
    await page.locator('.rows').focus();
    await page.keyboard.press('ArrowDown');
    const outline = await page.evaluate(
      `getComputedStyle(document.querySelector('.row[aria-selected="true"]')).outlineStyle`,
    );
    assert.equal(outline, 'solid');
  }));

for (const theme of Object.keys(editorThemes) as ThemeName[]) {
  test(`in ${theme}, the dots have that theme’s colours, also after the theme changes`, () =>
    withPage({ theme: theme === 'light' ? 'dark' : 'light' }, async ({ page, show, setTheme }) => {
      await show(handReport());
      const colours = async () => ({
        variable: await page.evaluate<string>(
          `document.querySelector('.page').style.getPropertyValue('--lens-positive')`,
        ),
        drawn: await page.evaluate<string>(`(() => {
          ${copyOfChart}
          const { data } = pixels.getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set();
          for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3] === 255) seen.add('#' + [data[i], data[i + 1], data[i + 2]].map((c) => c.toString(16).padStart(2, '0')).join(''));
          }
          return [...seen].join(' ');
        })()`),
      });
      const before = await colours();
      assert.ok(before.drawn.includes(before.variable));
      await setTheme(theme);
      await page.waitForFunction(
        `document.querySelector('.page').style.getPropertyValue('--lens-positive') !== '${before.variable}'`,
      );
      const changed = await colours();
      assert.ok(changed.drawn.includes(changed.variable), `${changed.variable} in ${changed.drawn}`);
      assert.ok(!changed.drawn.includes(before.variable));
    }));
}

test('wide, the detail stands beside the list; narrow, below it; neither scrolls sideways', () =>
  withPage({ width: 1400 }, async ({ page, show }) => {
    await show(sampleReport());
    const boxes = async () => ({
      list: (await page.locator('.master').boundingBox())!,
      detail: (await page.locator('.detail').boundingBox())!,
    });
    const wide = await boxes();
    assert.ok(wide.detail.x >= wide.list.x + wide.list.width - 1);
    for (const width of [900, 600, 400]) {
      await page.setViewportSize({ width, height: 900 });
      const narrow = await boxes();
      if (width < 900) assert.ok(narrow.detail.y >= narrow.list.y + narrow.list.height - 1);
      assert.equal(
        await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'),
        true,
        `${width}`,
      );
    }
  }));

test('choosing an attribute moves nothing of the list', () =>
  withPage({}, async ({ page, show }) => {
    await show(sampleReport());
    const places = () =>
      page.evaluate(
        `JSON.stringify([...document.querySelectorAll('.row, .axis, .toolbar > *, .plot')].map((node) => node.getBoundingClientRect()))`,
      );
    const before = await places();
    await page.locator('.row').nth(7).click();
    assert.equal(await places(), before);
  }));

test('lines are at least 18 px high, and nothing moves where motion is unwanted', () =>
  withPage({ reducedMotion: true }, async ({ page, show }) => {
    await show(sampleReport());
    assert.ok((await page.locator('.row').first().boundingBox())!.height >= 18);
    assert.equal(
      await page.evaluate(`getComputedStyle(document.querySelector('.row')).transitionDuration`),
      '0s',
    );
  }));
