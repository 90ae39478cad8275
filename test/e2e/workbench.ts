import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, errors, type FrameLocator, type Locator, type Page } from 'playwright-core';

const screenshots = join('artifacts', 'e2e');
const slowMs = 30_000;
/** For what is there at once, or will not come. */
const briefMs = 2_000;

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
    return new Workbench(page);
  }

  /** Of a workspace file. A window that sees one for the first time may begin without its folders, and so it stays. */
  async waitForRoot(name: string): Promise<void> {
    await eventually(
      async () => {
        if (await isDone(this.explorerItem(name).waitFor({ timeout: 5_000 }))) return true;
        await this.page.reload();
        return false;
      },
      (isThere) => isThere,
      this.page,
    );
  }

  /** Runs a command from the palette, by its whole title. */
  async runCommand(title: string): Promise<void> {
    await eventually(
      async () =>
        (await this.#paletteWith(title)).includes(title) &&
        (await isDone(this.quickPickRow(title).click({ timeout: briefMs }))),
      (isRun) => isRun,
      this.page,
    );
  }

  /** The same without a mouse: the first one that is offered. */
  async runCommandByKeys(title: string): Promise<void> {
    await eventually(
      () => this.#paletteWith(title),
      ([first]) => first === title,
      this.page,
    );
    await this.page.keyboard.press('Enter');
  }

  /** Titles that the palette offers for what was typed, one of them `expected`. */
  findCommands(text: string, expected: string): Promise<readonly string[]> {
    return eventually(
      () => this.#paletteWith(text),
      (titles) => titles.includes(expected),
      this.page,
    );
  }

  /** Opens the palette anew, because a list that is open does not follow what becomes known. */
  async #paletteWith(text: string): Promise<readonly string[]> {
    await this.page.keyboard.press('Escape');
    await this.page.keyboard.press('F1');
    if (!(await isDone(this.input.fill(`>${text}`, { timeout: briefMs })))) return [];
    return this.#offered();
  }

  /** None where the list was closed meanwhile: a window that is still starting takes the focus from it. */
  async #offered(): Promise<readonly string[]> {
    const labels = this.page.locator('.quick-input-list .monaco-list-row .label-name');
    return (await isDone(labels.first().waitFor({ timeout: briefMs }))) ? labels.allInnerTexts() : [];
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

  /** The same without a mouse: the answer is typed until it is the only one. */
  async pickByKeys(question: string, answer: string): Promise<void> {
    await this.quickPickTitle.filter({ hasText: question }).waitFor();
    await this.page.keyboard.type(answer);
    await this.page
      .locator('.quick-input-list .monaco-list-row.focused')
      .filter({ hasText: answer })
      .waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Types a path into the dialog for files and folders. */
  async answerFileDialog(path: string): Promise<void> {
    await this.input.waitFor();
    // The dialog writes its own folder there when it has found it, even behind what was typed before.
    await eventually(
      () => this.input.inputValue(),
      (own) => own.includes('/'),
      this.page,
    );
    await eventually(
      async () => {
        await this.input.fill(path);
        // The list below follows what was typed; confirming before it has would take the old folder.
        await this.page
          .locator('.quick-input-widget .monaco-progress-container.done')
          .first()
          .waitFor({ state: 'attached' });
        return this.input.inputValue();
      },
      (typed) => typed === path,
      this.page,
    );
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

  /** The status bar's item of what runs. */
  running(text: string | RegExp): Locator {
    return this.statusBar.locator('[id$=".attributeLens.jobs"]').filter({ hasText: text });
  }

  /** A line of the Jobs view, which a click on the status bar's item opens. */
  job(text: string | RegExp): Locator {
    const view = this.page.locator('.pane').filter({ has: this.page.locator('[aria-label^="Jobs"]') });
    return view.locator('.monaco-list-row').filter({ hasText: text }).first();
  }

  /** By the button of its line in the Jobs view, which is shown. */
  async cancelJob(text: string | RegExp): Promise<void> {
    await this.job(text).hover();
    await this.job(text).getByRole('button', { name: 'Cancel Job' }).click();
  }

  explorerItem(name: string): Locator {
    return this.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name }).first();
  }

  /** Chooses from the menu of a file or folder, once the menu offers it; `screenshot` names one of the open menu. */
  async runFromMenu(name: string, entry: string, screenshot?: string): Promise<void> {
    await eventually(
      () => this.#pressInMenu(name, entry, screenshot),
      (isPressed) => isPressed,
      this.page,
    );
  }

  async #pressInMenu(name: string, entry: string, screenshot?: string): Promise<boolean> {
    await this.explorerItem(name).click({ button: 'right' });
    const item = this.menu.getByText(entry);
    if (screenshot !== undefined && (await isDone(item.waitFor({ timeout: briefMs }))))
      await this.screenshot(screenshot);
    // A menu is deaf for a moment after it was opened, and closes once it has heard.
    for (let press = 0; press < 2; press++) {
      if (!(await isDone(item.click({ timeout: briefMs })))) break;
      if (await isDone(this.menu.waitFor({ state: 'hidden', timeout: briefMs }))) return true;
    }
    await this.page.keyboard.press('Escape');
    return false;
  }

  get menu(): Locator {
    return this.page.locator('.monaco-menu').first();
  }

  /** Opens a report by a double click, when its editor is known: VS Code would open it as text before. */
  async openReport(name: string): Promise<void> {
    await eventually(
      () => this.#editorsFor(name),
      (editors) => editors.includes('Attribute Lens Report'),
      this.page,
    );
    await this.explorerItem(name).dblclick();
    await this.tab(name).waitFor();
  }

  /** What «Open With…» in the explorer's menu offers. */
  async #editorsFor(name: string): Promise<readonly string[]> {
    const editors = (await this.#pressInMenu(name, 'Open With')) ? await this.#offered() : [];
    await this.page.keyboard.press('Escape');
    await this.input.waitFor({ state: 'hidden' });
    return editors;
  }

  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: name }).first();
  }

  /** The page inside the one webview that is shown. */
  get webview(): FrameLocator {
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

/** Whether a person's step could be taken in its time. */
function isDone(step: Promise<void>): Promise<boolean> {
  return step.then(
    () => true,
    (error: unknown) => {
      if (error instanceof errors.TimeoutError) return false;
      throw error;
    },
  );
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
