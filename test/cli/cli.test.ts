import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readReport } from '../../src/protocol/readReport.ts';
import { version } from '../../src/domain/version.ts';
import { analyzeDefaults } from '../support/jobDefaults.ts';
import { forkEngine } from '../support/forkEngine.ts';
import { netBytes, smallConvNet } from '../support/onnxNets.ts';
import { repositoryRoot } from '../support/repository.ts';
import { textWithoutTimes } from '../engine/jobs/smallStudy.ts';

/** One small sample workspace for all tests: drawing it is what takes time. */
let folder: string;
let sample: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  sample = join(folder, 'sample');
  const { code, stderr } = await lens(['sample', sample, '--identities', '16', '--images-per-identity', '4']);
  assert.equal(code, 0, stderr);
});
after(() => rm(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line; `onError` sees standard error as it comes. */
function lens(
  args: readonly string[],
  onError?: (text: string, interrupt: () => void) => void,
  cwd = folder,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(repositoryRoot, 'dist', 'cli.cjs'), ...args], {
      cwd,
      env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      onError?.(stderr, () => child.kill('SIGINT'));
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

test('in a sample workspace, `analyze` needs no flag: its settings say what to do', async () => {
  const { code, stdout, stderr } = await lens(['analyze'], undefined, sample);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^sample: 64 images, 16 identities, 27 attributes$/m);
  assert.match(stdout, /^fisherfaces \(cosine, on cpu\)$/m);
  const path = /^Report: (.*)$/m.exec(stdout)?.[1];
  assert.equal(path, join(sample, 'attribute-lens', 'sample-fisherfaces.attrlens.json'));
  const report = readReport(JSON.parse(await readFile(path, 'utf8')));

  // The ten attributes with the largest KS distance, in order, with the report's own figures.
  const strongest = new Map<string, number>();
  for (const { attribute, ks } of report.results.macroscale[0]!.rows) {
    strongest.set(attribute, Math.max(ks, strongest.get(attribute) ?? 0));
  }
  const top = [...strongest].sort(([, a], [, b]) => b - a).slice(0, 10);
  const table = stdout.split('\n').filter((line) => /^\w+ +−?\d\.\d{3} /.test(line));
  assert.equal(table.length, 10);
  table.forEach((line, i) => {
    const [name, ...cells] = line.split(/ +/);
    assert.equal(name, top[i]![0]);
    assert.ok(
      cells.slice(0, 2).some((cell) => cell.replace('−', '') === top[i]![1].toFixed(3)),
      line,
    );
  });
  assert.match(stdout, /fewer than 20 people a side/);
});

test('`--json` prints the results of the report and nothing else on standard output', async () => {
  const report = join(folder, 'json.attrlens.json');
  const { stdout } = await lens(['analyze', '--report', report, '--json'], undefined, sample);
  assert.deepEqual(JSON.parse(stdout), readReport(JSON.parse(await readFile(report, 'utf8'))).results);
});

test('the engine’s process writes the same bytes as the command line, but for times', async (t) => {
  const ours = join(folder, 'one', 'cli.attrlens.json');
  const theirs = join(folder, 'one', 'engine.attrlens.json');
  const flags = [
    '--data',
    sample,
    '--model',
    join(sample, 'models', 'fisherfaces.onnx'),
    '--provider',
    'cpu',
  ];
  const inference = ['permutations', 'bootstraps', 'confounders', 'discriminative-images'];
  const none = inference.flatMap((flag) => [`--${flag}`, '0']);
  assert.equal((await lens(['analyze', ...flags, ...none, '--report', ours])).code, 0);
  const engine = forkEngine(t);
  await engine.initialize();
  await engine.runJob({
    ...analyzeDefaults,
    alignment: { ...analyzeDefaults.alignment, mode: 'auto' },
    batchSize: 32,
    data: sample,
    models: [{ path: join(sample, 'models', 'fisherfaces.onnx') }],
    storeFolder: join(folder, 'another-store'),
    report: theirs,
  });
  assert.equal(await textWithoutTimes(theirs), await textWithoutTimes(ours));
});

test('an interrupt ends with 130 and keeps what was computed', async () => {
  // Slow enough that the interrupt comes in the middle on any machine.
  const net = join(folder, 'slow.onnx');
  await writeFile(net, netBytes(smallConvNet({ extraLayers: 400 })));
  const args = ['embed', '--data', sample, '--model', net, '--store', join(folder, 'interrupted-store')];
  const { code, stdout, stderr } = await lens([...args, '--batch-size', '4'], (text, interrupt) => {
    if (/Embedding [1-9]/.test(text)) interrupt();
  });
  assert.equal(code, 130, stderr);
  assert.equal(stdout, '');
  const done = Number(/Cancelled: (\d+) of 64/.exec(stderr)?.[1]);
  const resumed = await lens([...args, '--batch-size', '4', '--json']);
  const [model] = (JSON.parse(resumed.stdout) as { models: { nEmbedded: number; nComputed: number }[] })
    .models;
  assert.deepEqual([model?.nEmbedded, model?.nComputed], [64, 64 - done]);
});

test('a baseline can be trained from the command line', async () => {
  const out = join(folder, 'faces.onnx');
  const { code, stdout, stderr } = await lens([
    'baseline',
    '--data',
    sample,
    '--out',
    out,
    '--components',
    '8',
  ]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^fisherfaces with \d+ components, learned from 64 images of 16 identities\.$/m);
  assert.ok(existsSync(out));
});

test('`describe` reads the annotations alone, with combinations, and prints what they say', async () => {
  const report = join(folder, 'description.attrlens.json');
  const flags = ['--data', sample, '--min-images', '4', '--combination', 'Male & !Eyeglasses'];
  const bandwidth = ['--inter-entropy-bandwidth', '0.05', '--pairwise-values'];
  const { code, stdout, stderr } = await lens(['describe', ...flags, ...bandwidth, '--report', report]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^sample: 64 images, 16 identities, 28 attributes$/m);
  assert.match(stdout, /^images of a person: 4 to 4, median 4, mean 4\.0$/m);
  assert.match(stdout, /^Largest inter-entropy: people differ \(bandwidth 0\.05\)$/m);
  assert.match(stdout, /^Strongest associations$/m);
  const { inputs, results } = readReport(JSON.parse(await readFile(report, 'utf8')));
  assert.deepEqual([inputs.models, inputs.libraries], [[], {}]);
  assert.equal(results.attributes.at(-1)!.attribute, 'Male & !Eyeglasses');
  const { stdout: json } = await lens(['describe', ...flags, ...bandwidth, '--report', report, '--json']);
  assert.deepEqual(JSON.parse(json), results);
});

test('`export` makes a folder of a report that a reader without the product can use', async () => {
  const report = join(folder, 'exported.attrlens.json');
  const made = await lens(['describe', '--data', sample, '--report', report]);
  assert.equal(made.code, 0, made.stderr);
  const { code, stdout, stderr } = await lens(['export', report, '--out', 'paper', '--json']);
  assert.equal(code, 0, stderr);
  const { folder: out, files } = JSON.parse(stdout) as { folder: string; files: string[] };
  assert.equal(out, join(folder, 'paper'));
  for (const file of files) assert.ok(existsSync(join(out, file)), file);
  const page = await readFile(join(out, 'report.html'), 'utf8');
  assert.ok(page.length > 300_000, 'the page has its scripts in it');
  assert.match(await readFile(join(out, 'methods.txt'), 'utf8'), /The data set was sample: 64 images of 16/);
  const refused = await lens(['export', report, '--out', sample]);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /sample holds other files/);
});

const failures: readonly [args: string[], code: number, message: RegExp][] = [
  [['analyse'], 2, /no command «analyse»/],
  [['analyze', '--data', 'nowhere', '--model', 'm.onnx'], 1, /nowhere» was not found/],
  [['analyze', '--data', 'sample', '--model', 'm.onnx'], 1, /no model .*m\.onnx/],
  [['analyze', '--data', 'sample', '--model', 'sample/README.md'], 1, /no ONNX model/],
  [['analyze', '--data', 'sample', '--model', 'x', '--batch-size', '0'], 2, /attributeLens\.batchSize is 0/],
  [['describe'], 2, /No data set was named/],
  [['describe', '--data', 'sample', '--combination', 'Male &'], 2, /«Male &», which breaks at character 7/],
  [['describe', '--data', 'sample', '--combination', 'Mael'], 2, /no attribute «Mael».*Is it Male\?/],
  [['describe', '--data', 'sample', '--min-images', '5'], 1, /Nobody in .* has 5 images or more/],
  [['describe', '--data', 'nowhere'], 1, /nowhere» was not found/],
];

for (const [args, expected, message] of failures) {
  test(`«${args.join(' ')}» fails with ${expected} and one sentence on standard error`, async () => {
    const { code, stdout, stderr } = await lens(args);
    assert.equal(code, expected, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n {4}at /, 'no stack trace');
  });
}

test('help and version go to standard output', async () => {
  assert.match((await lens(['--help'])).stdout, /Usage: attribute-lens COMMAND/);
  assert.equal((await lens(['--version'])).stdout, `${version}\n`);
});
