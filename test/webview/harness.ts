import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import type { Comparison } from '../../src/protocol/comparisonSchema.ts';
import type { Report } from '../../src/protocol/report.ts';
import type { AlignmentPreview } from '../../src/protocol/jobs.ts';
import type { LatticePreview } from '../../src/protocol/microscaleJobs.ts';
import type {
  HostMessage,
  LatticeHostMessage,
  LatticePageMessage,
  PageMessage,
  PageState,
  PreviewHostMessage,
  PreviewPageMessage,
} from '../../src/protocol/webviewMessages.ts';
import { languageScript } from '../../scripts/l10n.ts';
import { chromiumPath } from '../support/ensureBrowser.ts';
import { editorThemes, type ThemeName } from '../support/vscodeThemes.ts';

/** The pages' bundles in a browser, with a stand-in for the host: same policy, same API, VS Code's variables. */
export interface Harness {
  readonly open: (options?: OpenOptions) => Promise<ReportPage>;
  readonly openPreview: (options?: OpenOptions) => Promise<PreviewPage>;
  readonly openLattice: (options?: OpenOptions) => Promise<LatticePage>;
  readonly close: () => Promise<void>;
}

export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly state?: object;
  readonly reducedMotion?: boolean;
  /** Translations by English text. */
  readonly bundle?: Readonly<Record<string, string>>;
}

/** One open page; `problems` holds every console error, exception and violation of the policy. */
export interface OpenPage<Incoming, Outgoing, State> {
  readonly page: Page;
  readonly problems: readonly string[];
  readonly send: (message: Incoming) => Promise<void>;
  readonly posted: () => Promise<readonly Outgoing[]>;
  readonly state: () => Promise<State | undefined>;
  readonly setTheme: (theme: ThemeName) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ReportPage extends OpenPage<HostMessage, PageMessage, PageState> {
  readonly show: (report: Report, fileName?: string) => Promise<void>;
  readonly showComparison: (comparison: Comparison, fileName?: string) => Promise<void>;
}

export interface PreviewPage extends OpenPage<PreviewHostMessage, PreviewPageMessage, object> {
  readonly show: (preview: AlignmentPreview) => Promise<void>;
}

export interface LatticePage extends OpenPage<LatticeHostMessage, LatticePageMessage, object> {
  readonly show: (preview: LatticePreview) => Promise<void>;
}

const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function startHarness(): Promise<Harness> {
  const files = await bundlePages();
  const server = await serve(files);
  const browser = await chromium.launch({ executablePath: chromiumPath, args: browserArguments });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    open: async (options = {}) => {
      const open = await openPage<HostMessage, PageMessage, PageState>(browser, origin, 'report', options);
      return {
        ...open,
        show: async (report, fileName = 'faces.attrlens.json') => {
          await open.send({ type: 'report', report, fileName });
          await open.page.locator('.report').waitFor();
        },
        showComparison: async (comparison, fileName = 'before-vs-after.attrlens.json') => {
          await open.send({ type: 'comparison', comparison, fileName });
          await open.page.locator('.report-comparison').waitFor();
        },
      };
    },
    openPreview: async (options = {}) => {
      const open = await openPage<PreviewHostMessage, PreviewPageMessage, object>(
        browser,
        origin,
        'preview',
        options,
      );
      return {
        ...open,
        show: async (preview) => {
          await open.send({ type: 'preview', preview });
          await open.page.locator('.preview').waitFor();
        },
      };
    },
    openLattice: async (options = {}) => {
      const open = await openPage<LatticeHostMessage, LatticePageMessage, object>(
        browser,
        origin,
        'lattice',
        options,
      );
      return {
        ...open,
        show: async (preview) => {
          await open.send({ type: 'lattice', preview });
          await open.page.locator('.lattice').waitFor();
        },
      };
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type WithPage = (options: OpenOptions, check: (open: ReportPage) => Promise<void>) => Promise<void>;

/** Opens the report page, runs the check, and fails on anything the browser complained of. */
export async function checkPage(
  harness: Harness,
  options: OpenOptions,
  check: (open: ReportPage) => Promise<void>,
): Promise<void> {
  await checked(await harness.open(options), check);
}

/** The same for the alignment preview. */
export async function checkPreview(
  harness: Harness,
  options: OpenOptions,
  check: (open: PreviewPage) => Promise<void>,
): Promise<void> {
  await checked(await harness.openPreview(options), check);
}

/** The same for the lattice preview. */
export async function checkLattice(
  harness: Harness,
  options: OpenOptions,
  check: (open: LatticePage) => Promise<void>,
): Promise<void> {
  await checked(await harness.openLattice(options), check);
}

async function checked<Opened extends Pick<ReportPage, 'problems' | 'close'>>(
  open: Opened,
  check: (open: Opened) => Promise<void>,
): Promise<void> {
  try {
    await check(open);
    assert.deepEqual(open.problems, []);
  } finally {
    await open.close();
  }
}

/** Whether nothing of the page is wider than its window. */
export function sidewaysFree(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth <= window.innerWidth');
}

/** What is written in each element, blanks of any kind as one. */
export async function texts(locator: Locator): Promise<readonly string[]> {
  return (await locator.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
}

/** Resolves when the page has asked for so many pictures; it does when they have been near for a moment. */
export async function untilAsked(page: Page, nPictures: number): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    const look = () => window.harness.posted.flatMap((message) =>
      message.type === 'requestThumbnails' ? message.images : []).length >= ${nPictures}
      ? done() : requestAnimationFrame(look);
    look();
  })`);
}

/** Script that defines `pixels`, a copy of the chart's canvas; the page's own is left as it is. */
export const copyOfChart = `
  const canvas = document.querySelector('.plot canvas');
  const pixels = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
  pixels.drawImage(canvas, 0, 0);`;

async function bundlePages(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: {
      report: 'webview-ui/main.ts',
      preview: 'webview-ui/preview.ts',
      lattice: 'webview-ui/lattice.ts',
    },
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    outdir: 'dist/webview',
    legalComments: 'none',
  });
  return new Map(outputFiles.map(({ path, text }) => [`/${basename(path)}`, text]));
}

function serve(files: ReadonlyMap<string, string>): Promise<Server> {
  const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', css: 'text/css' };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const text =
      url.pathname === '/' ? pageHtml(url.searchParams) : (files.get(url.pathname) ?? support[url.pathname]);
    const type = url.pathname === '/' ? 'text/html' : types[url.pathname.slice(-3)];
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': `${type ?? 'text/plain'}; charset=utf-8`,
    });
    response.end(text ?? '');
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** What VS Code itself puts into every webview. */
const support: Readonly<Record<string, string | undefined>> = {
  '/favicon.ico': '',
  '/default.css': `body { background-color: transparent; color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight);
    font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
    img { max-width: 100%; } a { color: var(--vscode-textLink-foreground); }`,
  '/host.js': `
    const posted = [];
    const variables = document.documentElement.style;
    window.harness = {
      posted,
      setTheme({ bodyClasses, variables: values }) {
        document.body.className = bodyClasses.join(' ');
        variables.cssText = '';
        for (const [name, value] of Object.entries(values)) variables.setProperty(name, value);
      },
    };
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error('policy violated: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => { posted.push(structuredClone(message)); },
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
    });
    const theme = new URL(location.href).searchParams.get('theme');
    window.harness.setTheme(JSON.parse(theme));`,
};

function pageHtml(parameters: URLSearchParams): string {
  const nonce = 'bm9uY2U=';
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self'; font-src 'self'; img-src 'self' data:`;
  const name = parameters.get('page') ?? '';
  const script = (path: string) => `<script nonce="${nonce}" src="${path}"></script>`;
  return parameters.has('blank')
    ? '<!doctype html><title>Before</title>'
    : `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/default.css"><link rel="stylesheet" href="/${name}.css">
<title>Attribute Lens</title></head><body>${script('/host.js')}${script(`/${name}.js`)}</body></html>`;
}

async function openPage<Incoming, Outgoing, State>(
  browser: Browser,
  origin: string,
  name: 'report' | 'preview' | 'lattice',
  options: OpenOptions,
): Promise<OpenPage<Incoming, Outgoing, State>> {
  const { theme = 'dark', width = 1400, height = 900, state, reducedMotion = false } = options;
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  if (options.bundle) await page.addInitScript(languageScript(options.bundle, Object.keys(options.bundle)));
  if (state) {
    await page.goto(`${origin}/?blank`);
    await page.evaluate(`sessionStorage.setItem('state', ${JSON.stringify(JSON.stringify(state))})`);
  }
  await page.goto(`${origin}/?page=${name}&theme=${encodeURIComponent(JSON.stringify(editorThemes[theme]))}`);
  const send = (message: Incoming) =>
    page.evaluate(
      `new Promise((resolve) => {
        window.postMessage(${JSON.stringify(message)}, '*');
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      })`,
    );
  return {
    page,
    problems,
    send: async (message) => {
      await send(message);
    },
    posted: () => page.evaluate('window.harness.posted'),
    state: () => page.evaluate(`JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined`),
    setTheme: async (name) => {
      await page.evaluate(`window.harness.setTheme(${JSON.stringify(editorThemes[name])})`);
    },
    close: () => context.close(),
  };
}
