/**
 * Runs every suite and ends with one line, `N passed, N failed`. Suites given as arguments run alone:
 * `npm test -- unit engine`. A check without counts of its own (format, lint, types, build) counts as one.
 */
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { ensureBrowser } from './support/ensureBrowser.ts';

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const node = process.execPath;
const bin = (name: string) => join('node_modules', '.bin', name);

const suites: Readonly<Record<string, () => Promise<Tally>>> = {
  format: () => check(bin('prettier'), ['--check', '.']),
  lint: () => check(bin('eslint'), ['.', '--max-warnings', '0']),
  types: async () =>
    sum([await check(bin('tsc'), ['-p', '.']), await check(bin('tsc'), ['-p', 'webview-ui'])]),
  build: () => check(node, ['scripts/build.ts']),
  repo: () => nodeTests('test/repo', '.test.ts'),
  unit: () => nodeTests('test/unit', '.test.ts'),
  engine: () => nodeTests('test/engine', '.test.ts'),
  cli: () => nodeTests('test/cli', '.test.ts'),
  webview: async () => {
    await ensureBrowser();
    return nodeTests('test/webview', '.test.ts');
  },
  vscode: async () => {
    await ensureBrowser();
    return reported(node, ['test/vscode/runVscodeTests.ts']);
  },
  e2e: async () => {
    await ensureBrowser();
    return reported(node, ['test/e2e/runE2e.ts']);
  },
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`No suite ${unknown.join(', ')}. There are: ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}

const results: [string, Tally][] = [];
for (const [name, suite] of Object.entries(suites)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n== ${name}`);
  let tally: Tally;
  try {
    tally = await suite();
  } catch (error) {
    console.error(error);
    tally = { passed: 0, failed: 1 };
  }
  results.push([name, tally]);
}

console.log('');
for (const [name, { passed, failed }] of results) console.log(`${name}: ${passed} ok, ${failed} not ok`);
const total = sum(results.map(([, tally]) => tally));
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((n, tally) => n + tally.passed, 0),
    failed: tallies.reduce((n, tally) => n + tally.failed, 0),
  };
}

async function check(command: string, args: readonly string[]): Promise<Tally> {
  const { code } = await execute(command, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs a script whose last line of output is `{"suite": …, "passed": n, "failed": n}`. */
async function reported(command: string, args: readonly string[]): Promise<Tally> {
  const { code, lastLine } = await execute(command, args);
  const tally = JSON.parse(lastLine) as Tally;
  if (code !== 0 && tally.failed === 0) return { passed: tally.passed, failed: 1 };
  return { passed: tally.passed, failed: tally.failed };
}

function execute(command: string, args: readonly string[]): Promise<{ code: number; lastLine: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let tail = '';
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk);
      tail = (tail + chunk.toString()).slice(-10_000);
    });
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code: code ?? 1, lastLine: tail.trimEnd().split('\n').at(-1) ?? '' }),
    );
  });
}

/** Discovered by suffix, one file at a time: the suites share two cores and one browser. */
async function nodeTests(folder: string, suffix: string): Promise<Tally> {
  const files = (await readdir(folder, { recursive: true }))
    .filter((name) => name.endsWith(suffix))
    .sort()
    .map((name) => join(folder, name));
  if (files.length === 0) throw new Error(`No test in ${folder} ends in ${suffix}.`);
  let passed = 0;
  let failed = 0;
  const stream = run({ files, concurrency: folder === 'test/unit' ? 2 : 1 });
  stream.on('test:pass', ({ details, skip, todo }) => {
    if (details.type === 'suite') return;
    // A skipped check is a defect, not a pass.
    if (skip !== undefined || todo !== undefined) failed++;
    else passed++;
  });
  stream.on('test:fail', ({ details }) => {
    if (details.type !== 'suite') failed++;
  });
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject);
    const text = stream.compose(spec);
    text.on('end', resolve);
    text.pipe(process.stdout, { end: false });
  });
  return { passed, failed };
}
