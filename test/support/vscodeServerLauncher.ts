#!/usr/bin/env node
/**
 * Stands where `runTests` of @vscode/test-electron expects VS Code's executable: takes the same arguments, runs the
 * tests on a VS Code server in Chromium and ends with their exit code.
 */
import { appendFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { startVscodeServer, temporaryFolder } from './vscodeServer.ts';
import { openBrowser } from './vscodeServerBrowser.ts';

const timeoutMs = 600_000;
const consoleLog = 'artifacts/vscode/console.log';

const { values, positionals } = parseArgs({
  // test-electron passes flags of the desktop, too.
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
  },
});
const { extensionDevelopmentPath, extensionTestsPath } = values;
if (typeof extensionDevelopmentPath !== 'string' || typeof extensionTestsPath !== 'string') {
  throw new Error('Needs --extensionDevelopmentPath=… and --extensionTestsPath=….');
}

await mkdir(dirname(consoleLog), { recursive: true });
await writeFile(consoleLog, '');
const dataFolder = temporaryFolder('server');
const server = await startVscodeServer({ dataFolder });
const { browser, context } = await openBrowser();
try {
  process.exitCode = await runTests();
} finally {
  await browser.close();
  await server.stop();
  await rm(dataFolder, { recursive: true, force: true });
}

async function runTests(): Promise<number> {
  const page = await context.newPage();
  const ended = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The tests in VS Code did not end in time.')), timeoutMs);
    const exit = (code: unknown) => {
      clearTimeout(timer);
      resolve(Number(code));
    };
    page.exposeFunction('codeAutomationExit', exit).catch(reject);
    page
      .exposeFunction('codeAutomationLog', (type: unknown, args: unknown) => print(type, args))
      .catch(reject);
    page.on('crash', () => reject(new Error('The browser page crashed.')));
  });
  await page.goto(
    server.url({
      underDevelopment: String(extensionDevelopmentPath),
      testsPath: String(extensionTestsPath),
      workspace: positionals[0] ?? null,
    }),
  );
  return ended;
}

/** What the workbench's console and the extension host's say: too much for a terminal. */
function print(type: unknown, args: unknown): void {
  const parts: readonly unknown[] = Array.isArray(args) ? args : [args];
  const text = parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ');
  appendFileSync(consoleLog, `${String(type)}: ${text}\n`);
}
