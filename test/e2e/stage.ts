import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { installPackage } from '../support/installPackage.ts';
import { startVscodeServer, temporaryFolder, type VscodeServer } from '../support/vscodeServer.ts';
import { openBrowser } from '../support/vscodeServerBrowser.ts';
import { Workbench } from './workbench.ts';

/** The product, packaged and installed; a server, a browser and a folder to work in. All scenarios share them. */
export class Stage {
  readonly folder: string;
  /** What the installation of the package has made. */
  readonly extension: string;
  readonly #servers: VscodeServer[] = [];
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  #main: VscodeServer | undefined;

  private constructor(folder: string, extension: string, browser: Browser, context: BrowserContext) {
    this.folder = folder;
    this.extension = extension;
    this.#browser = browser;
    this.#context = context;
  }

  static async set(): Promise<Stage> {
    const folder = temporaryFolder('e2e');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const extension = await installPackage(folder, join(folder, 'extensions'));
    const { browser, context } = await openBrowser();
    return new Stage(folder, extension, browser, context);
  }

  /** The engine's program. */
  get engine(): string {
    return join(this.extension, 'dist', 'engine.cjs');
  }

  async openWorkbench(workspace: string): Promise<Workbench> {
    this.#main ??= await this.#start('server', false);
    return this.#open(this.#main, workspace);
  }

  /** In a VS Code that asks before it trusts a folder. */
  async openUntrusted(workspace: string): Promise<Workbench> {
    return this.#open(await this.#start('server-with-trust', true), workspace);
  }

  /** Runs the command line of the installed package. */
  commandLine(...args: readonly string[]): void {
    const program = join(this.extension, 'dist', 'cli.cjs');
    const { status, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${String(status)}: ${stderr}`);
  }

  /** A sample workspace by the command line. */
  sample(name: string, identities: number, imagesPerIdentity: number): string {
    const folder = join(this.folder, name);
    const counts = ['--identities', String(identities), '--images-per-identity', String(imagesPerIdentity)];
    this.commandLine('sample', folder, ...counts);
    return folder;
  }

  /** A small sample with a report for each seed, `seed1.attrlens.json` and so on, quickly made. */
  analysed(name: string, seeds: readonly string[]): string {
    const folder = this.sample(name, 12, 6);
    const model = join(folder, 'models', 'fisherfaces.onnx');
    const few = ['--permutations', '100', '--bootstraps', '100', '--discriminative-images', '0'];
    for (const seed of seeds) {
      const report = join(folder, `seed${seed}.attrlens.json`);
      this.commandLine(
        ...['analyze', '--data', folder, '--model', model, '--seed', seed, '--report', report],
        ...few,
      );
    }
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
      extensionsFolder: dirname(this.extension),
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
