/**
 * Runs every `*.suite.ts` of this folder inside the extension host of a real VS Code: the one `VSCODE_EXECUTABLE`
 * names, or a VS Code server. Ends with one line, `{"suite":"vscode","passed":n,"failed":m}`.
 */
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { temporaryFolder } from '../support/vscodeServer.ts';
import type { TestOutcome } from './harness.ts';

const suites = resolve('test/vscode');
const work = temporaryFolder('suites');
const workspace = join(work, 'workspace');
const results = join(work, 'results.jsonl');
// Below the extension, so that the suites get the same `vscode` as the extension and can look at what it shows.
const testsPath = resolve('.vscode-test/suites/index.cjs');

try {
  await mkdir(work, { recursive: true });
  await bundleSuites();
  makeSample(workspace);
  // The launcher's first line asks the PATH for `node`; it needs this one.
  process.env['PATH'] = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const exitCode = await launch();
  report(await outcomes(), exitCode);
} finally {
  await rm(work, { recursive: true, force: true });
}

async function bundleSuites(): Promise<void> {
  const names = (await readdir(suites)).filter((name) => name.endsWith('.suite.ts')).sort();
  const contents = [...names.map((name) => `import './${name}';`), `export { run } from './run.ts';`].join(
    '\n',
  );
  await build({
    stdin: { contents, resolveDir: suites, loader: 'ts' },
    outfile: testsPath,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // As in the extension's own bundle: jsonc-parser's CommonJS form hides its imports.
    mainFields: ['module', 'main'],
    sourcemap: 'inline',
    external: ['vscode'],
    logLevel: 'warning',
  });
}

function makeSample(folder: string): void {
  const args = ['dist/cli.cjs', 'sample', folder, '--identities', '40', '--images-per-identity', '10'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`No sample workspace: ${stderr}`);
}

async function launch(): Promise<number> {
  try {
    return await runTests({
      vscodeExecutablePath:
        process.env['VSCODE_EXECUTABLE'] ?? resolve('test/support/vscodeServerLauncher.ts'),
      extensionDevelopmentPath: resolve('.'),
      extensionTestsPath: testsPath,
      launchArgs: [workspace],
      extensionTestsEnv: {
        ATTRIBUTE_LENS_TEST_RESULTS: results,
        // The default store of the extension, so that nothing of this machine is found or left.
        XDG_CACHE_HOME: join(work, 'cache'),
      },
    });
  } catch (error) {
    console.error(error);
    return 1;
  }
}

async function outcomes(): Promise<TestOutcome[]> {
  const text = await readFile(results, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TestOutcome);
}

function report(all: readonly TestOutcome[], exitCode: number): void {
  for (const { name, ms, failure } of all) {
    console.log(`${failure === null ? 'ok' : 'not ok'} - ${name} (${ms} ms)`);
    if (failure !== null) console.log(failure.replace(/^/gm, '    '));
  }
  const failed = all.filter(({ failure }) => failure !== null).length;
  const passed = all.length - failed;
  // A host that died told nothing about what was still to come.
  const unexplained = failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : 0;
  process.exitCode = failed + unexplained > 0 ? 1 : 0;
  console.log(JSON.stringify({ suite: 'vscode', passed, failed: failed + unexplained }));
}
