/**
 * Runs every suite and ends with one line, `N passed, N failed`. Suites given as arguments run alone:
 * `npm test -- unit engine`. A check without counts of its own (format, lint, types, build) counts as one. What
 * failed is told again before the counts, where also a record that keeps only the end of an output holds it.
 */
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { ensureBrowser } from './support/ensureBrowser.ts';

interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** What the failures said, each with its name first. */
  readonly failures: readonly string[];
}

/** Of one failure, told again. */
const mostLines = 12;

// A path that the system tells is a real one, which that of temporary files may not be.
process.env['TMPDIR'] = realpathSync(tmpdir());

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
    tally = { passed: 0, failed: 1, failures: [String(error)] };
  }
  results.push([name, tally]);
}

for (const [name, { failures }] of results)
  for (const failure of failures) console.log(`\n${name}: not ok - ${beginning(failure)}`);
console.log('');
for (const [name, { passed, failed }] of results) console.log(`${name}: ${passed} ok, ${failed} not ok`);
const total = sum(results.map(([, tally]) => tally));
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((n, tally) => n + tally.passed, 0),
    failed: tallies.reduce((n, tally) => n + tally.failed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

function beginning(text: string): string {
  return text.trimEnd().split('\n').slice(0, mostLines).join('\n');
}

async function check(command: string, args: readonly string[]): Promise<Tally> {
  const { code, lines } = await execute(command, args);
  if (code === 0) return { passed: 1, failed: 0, failures: [] };
  const said = [`${[command, ...args].join(' ')} ended with ${code}`, ...lines.slice(1 - mostLines)];
  return { passed: 0, failed: 1, failures: [said.join('\n')] };
}

/**
 * Runs a script that ends with the line `{"suite": …, "passed": n, "failed": n}`, and that tells each failure
 * as `not ok - name`, with indented lines of details below.
 */
async function reported(command: string, args: readonly string[]): Promise<Tally> {
  const { code, lines } = await execute(command, args);
  const last = lines.findLast((line) => line.startsWith('{"suite":')) ?? '';
  const { passed, failed } = JSON.parse(last) as { passed: number; failed: number };
  const failures = [...lines.join('\n').matchAll(/^not ok - (.*(?:\n {4}.*)*)/gm)].map(([, told]) => told!);
  if (code === 0 || failed > 0) return { passed, failed, failures };
  return { passed, failed: 1, failures: [`${args.join(' ')} ended with ${code} without a failure.`] };
}

/** What it prints is shown at once, and its lines are returned. */
function execute(
  command: string,
  args: readonly string[],
): Promise<{ code: number; lines: readonly string[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    const take = (to: NodeJS.WriteStream) => (chunk: string) => {
      to.write(chunk);
      printed += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', take(process.stdout));
    child.stderr.setEncoding('utf8').on('data', take(process.stderr));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, lines: printed.trimEnd().split('\n') }));
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
  const failures: string[] = [];
  const stream = run({ files, concurrency: folder === 'test/unit' ? 2 : 1 });
  const fail = (...told: readonly string[]) => {
    failed++;
    failures.push(told.join('\n'));
  };
  stream.on('test:pass', ({ name, details, skip, todo }) => {
    if (details.type === 'suite') return;
    // A skipped check is a defect, not a pass.
    if (skip !== undefined || todo !== undefined) fail(name, '    It was skipped.');
    else passed++;
  });
  stream.on('test:fail', ({ name, details }) => {
    if (details.type === 'suite') return;
    const { cause } = details.error;
    const said = cause instanceof Error ? (cause.stack ?? cause.message) : details.error.message;
    fail(name, said.replace(/^/gm, '    '));
  });
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject);
    const text = stream.compose(spec);
    text.on('end', resolve);
    text.pipe(process.stdout, { end: false });
  });
  return { passed, failed, failures };
}
