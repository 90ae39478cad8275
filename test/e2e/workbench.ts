import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';

const screenshots = join('artifacts', 'e2e');
const slowMs = 30_000;

/** VS Code's window, as far as a person uses it here. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  static async open(context: BrowserContext, url: string): Promise<Workbench> {
    const page = await context.newPage();
    page.setDefaultTimeout(slowMs);
    await page.goto(url);
    await page.locator('.monaco-workbench .explorer-viewlet').waitFor();
    const workbench = new Workbench(page);
    // Before extensions are known, a report would open as text.
    const known = 'Attribute Lens: Show Log';
    await workbench.findCommands(known, known);
    await page.keyboard.press('Escape');
    return workbench;
  }

  /** Runs a command from the palette, by its whole title. */
  async runCommand(title: string): Promise<void> {
    await this.#paletteWith(title, (titles) => titles.includes(title));
    await this.quickPickRow(title).click();
  }

  /** Opens the palette with what was typed until it offers what it should; a list that is open is not renewed. */
  async #paletteWith(text: string, isRight: (titles: readonly string[]) => boolean): Promise<string[]> {
    return eventually(
      async () => {
        await this.page.keyboard.press('Escape');
        await this.page.keyboard.press('F1');
        await this.input.waitFor();
        await this.input.fill(`>${text}`);
        const labels = this.page.locator('.quick-input-list .monaco-list-row .label-name');
        await labels.first().waitFor();
        return labels.allInnerTexts();
      },
      isRight,
      this.page,
    );
  }

  /** Titles that the palette offers for what was typed, one of them `expected`. */
  findCommands(text: string, expected: string): Promise<string[]> {
    return this.#paletteWith(text, (titles) => titles.includes(expected));
  }

  get input(): Locator {
    return this.page.locator('.quick-input-widget input[type="text"]');
  }

  get quickPickTitle(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-title');
  }

  quickPickRow(text: string): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  }

  async pick(question: string, answer: string): Promise<void> {
    await this.quickPickTitle.filter({ hasText: question }).waitFor();
    await this.quickPickRow(answer).click();
  }

  /** Types a path into the dialog for files and folders. */
  async answerFileDialog(path: string): Promise<void> {
    await this.input.waitFor();
    await this.input.fill(path);
    // The list below follows what was typed; confirming before it has would take the old folder.
    await this.page
      .locator('.quick-input-widget .monaco-progress-container.done')
      .first()
      .waitFor({ state: 'attached' });
    await this.page.keyboard.press('Enter');
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item').filter({ hasText: text }).first();
  }

  async pressInNotification(text: string | RegExp, button: string): Promise<void> {
    const notification = this.notification(text);
    await notification.hover();
    await notification.getByRole('button', { name: button, exact: true }).click();
  }

  get statusBar(): Locator {
    return this.page.locator('.part.statusbar');
  }

  explorerItem(name: string): Locator {
    return this.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name }).first();
  }

  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: name }).first();
  }

  /** The page inside the one webview that is shown. */
  get report(): FrameLocator {
    return this.page.locator('iframe.webview').last().contentFrame().frameLocator('iframe');
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

/** Asks until the answer is right: what a window shows comes when it comes. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isRight: (answer: T) => boolean,
  page: Page,
): Promise<T> {
  const deadline = performance.now() + slowMs;
  let answer = await ask();
  while (!isRight(answer) && performance.now() < deadline) {
    await page.waitForTimeout(200);
    answer = await ask();
  }
  assert.ok(isRight(answer), `After ${slowMs} ms it is still ${JSON.stringify(answer)}.`);
  return answer;
}
