import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { version } from '../../src/domain/version.ts';
import { startVscodeServer, temporaryFolder, type VscodeServer } from '../support/vscodeServer.ts';
import { openBrowser } from '../support/vscodeServerBrowser.ts';
import { Workbench } from './workbench.ts';

/** A server, a browser and a folder to work in, which all scenarios share. */
export class Stage {
  readonly folder: string;
  readonly #servers: VscodeServer[] = [];
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  #main: VscodeServer | undefined;

  private constructor(folder: string, browser: Browser, context: BrowserContext) {
    this.folder = folder;
    this.#browser = browser;
    this.#context = context;
  }

  static async set(): Promise<Stage> {
    const folder = temporaryFolder('e2e');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const { browser, context } = await openBrowser();
    return new Stage(folder, browser, context);
  }

  async openWorkbench(workspace: string): Promise<Workbench> {
    this.#main ??= await this.#start('server', false);
    return this.#open(this.#main, workspace);
  }

  /** In a VS Code that asks before it trusts a folder. */
  async openUntrusted(workspace: string): Promise<Workbench> {
    return this.#open(await this.#start('server-with-trust', true), workspace);
  }

  /** A sample workspace by the command line. */
  sample(name: string, identities: number, imagesPerIdentity: number): string {
    const folder = join(this.folder, name);
    const counts = ['--identities', String(identities), '--images-per-identity', String(imagesPerIdentity)];
    const { status, stderr } = spawnSync(process.execPath, ['dist/cli.cjs', 'sample', folder, ...counts], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`No sample workspace: ${stderr}`);
    return folder;
  }

  async screenshotAll(name: string): Promise<void> {
    for (const [index, page] of this.#context.pages().entries()) {
      await new Workbench(page).screenshot(`${name}-window-${index + 1}`);
    }
  }

  async closeWindows(): Promise<void> {
    for (const page of this.#context.pages()) await page.close();
  }

  async strike(): Promise<void> {
    await this.#browser.close();
    for (const server of this.#servers) await server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  #open(server: VscodeServer, workspace: string): Promise<Workbench> {
    return Workbench.open(this.#context, server.url({ workspace }));
  }

  async #start(name: string, workspaceTrust: boolean): Promise<VscodeServer> {
    const dataFolder = join(this.folder, name);
    const machine = join(dataFolder, 'data', 'Machine');
    await mkdir(machine, { recursive: true });
    // Room for the report: a new profile shows the chat beside the editors.
    const settings = { 'workbench.secondarySideBar.defaultVisibility': 'hidden' };
    await writeFile(join(machine, 'settings.json'), JSON.stringify(settings));
    const server = await startVscodeServer({
      dataFolder,
      workspaceTrust,
      installed: [{ path: resolve('.'), id: `attribute-lens.attribute-lens-${version}` }],
      env: { XDG_CACHE_HOME: join(this.folder, 'cache') },
    });
    this.#servers.push(server);
    return server;
  }
}

export interface Scenario {
  readonly name: string;
  readonly play: (stage: Stage) => Promise<void>;
}
