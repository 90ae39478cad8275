import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { PageMessage } from '../../src/protocol/webviewMessages.ts';
import { sampleReport } from '../support/sampleReport.ts';
import { editorThemes, type ThemeName } from '../support/vscodeThemes.ts';
import { checkPage, type Harness, type ReportPage, startHarness, untilAsked } from './harness.ts';

/** A reader without a mouse: Tab, arrow keys, Enter and Escape, from the top of the page. */

let harness: Harness;
before(async () => {
  harness = await startHarness();
});
after(() => harness.close());

/**
 * Whether whoever looks at the page sees where the focus is: an outline, or a border in the focus's colour, of what has
 * it, of the line that it stands for, or of a part of it.
 */
const focusIsSeen = `(() => {
  const focus = getComputedStyle(document.documentElement).getPropertyValue('--vscode-focusBorder').trim();
  const probe = document.createElement('i');
  probe.style.color = focus;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  const nodes = [];
  for (let node = document.activeElement; node; node = node.shadowRoot?.activeElement ?? null) {
    const active = node.getAttribute('aria-activedescendant');
    nodes.push(node, ...node.children, ...(active ? [document.getElementById(active)] : []));
    for (let parent = node.parentNode; parent && node.getRootNode() !== document; parent = parent.parentNode) {
      if (parent instanceof Element) nodes.push(parent);
    }
  }
  return nodes.some((node) => {
    const { outlineStyle, outlineWidth, outlineColor, borderColor } = getComputedStyle(node);
    const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && !/, 0\\)$/.test(outlineColor);
    return outlined || borderColor.includes(colour);
  });
})()`;

/** Presses Tab until the focus is on what `selector` names, and looks at each stop whether the focus is seen. */
async function tabTo({ page }: ReportPage, selector: string): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate<string>('document.activeElement.outerHTML.slice(0, 120)');
    assert.equal(await page.evaluate(focusIsSeen), true, `The focus is not seen on ${name}`);
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
    passed.push(name);
  }
  assert.fail(`${selector} is not among ${passed.join('\n')}`);
}

async function posted<T extends PageMessage['type']>(open: ReportPage, type: T) {
  return (await open.posted()).filter(
    (message): message is Extract<PageMessage, { type: T }> => message.type === type,
  );
}

const report = sampleReport({ nModels: 2, nAttributes: 5, verification: true });

for (const theme of Object.keys(editorThemes) as ThemeName[]) {
  test(`in ${theme}, the keyboard alone leads from a finding to an image, and the focus is always seen`, () =>
    checkPage(harness, { theme, state: { section: 'run' } }, async (open) => {
      const { page, show } = open;
      const focusSeen = async (where: string) => assert.equal(await page.evaluate(focusIsSeen), true, where);
      await show(report);

      await tabTo(open, '.overview-findings button');
      await page.keyboard.press('Enter');
      assert.equal((await open.state())?.section, 'macroscale', 'a finding leads to its chart');

      await tabTo(open, '[role=tab]');
      await page.keyboard.press('ArrowRight');
      assert.equal(await page.evaluate('document.activeElement.textContent'), 'Significance');
      await focusSeen('tab');
      await page.keyboard.press('ArrowLeft');

      await tabTo(open, '.save-button');
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await focusSeen('menu');
      await page.keyboard.press('Enter');
      assert.deepEqual(
        (await posted(open, 'saveFile')).map(({ name }) => name.slice(-4)),
        ['.csv'],
      );

      await tabTo(open, '.rows');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowDown');
      await focusSeen('list');
      const second = await page.locator('.row .name').nth(1).innerText();
      await page.keyboard.press('Enter');
      await focusSeen('detail');
      assert.equal(await page.evaluate('document.activeElement.textContent'), second);

      await tabTo(open, '.show-me .picture');
      await untilAsked(page, 1);
      const image = await page.evaluate<string>('document.activeElement.title');
      await page.keyboard.press('Enter');
      assert.deepEqual(await posted(open, 'openImage'), [{ type: 'openImage', path: image }]);
      await page.keyboard.press('ArrowRight');
      await focusSeen('next picture');
      assert.notEqual(await page.evaluate('document.activeElement.title'), image);
      await page.keyboard.press('Escape');
      assert.equal(await page.evaluate(`document.activeElement.matches('.rows')`), true, 'Escape leads back');
    }));
}

test('a focus that cannot be seen is found, so that the checks above can fail', () =>
  checkPage(harness, {}, async ({ page, show }) => {
    await show(report);
    await page.evaluate(`(() => {
      const button = document.createElement('button');
      button.style.outline = 'none';
      document.body.prepend(button);
      button.focus();
    })()`);
    assert.equal(await page.evaluate(focusIsSeen), false);
  }));
