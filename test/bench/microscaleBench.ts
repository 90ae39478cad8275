/**
 * Energies of eight fields of 3,000 curves × 512, by the ten nearest neighbours and by inverse distance, whole
 * process against whole process of strong numpy, in turns; the same figures. Prints medians and ratios; ends with 1
 * where a ratio is missed or a figure differs.
 *
 * node test/bench/microscaleBench.ts [rounds]; PYTHON names an interpreter with numpy.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Metric, metrics } from '../../src/domain/embeddingMatrix.ts';
import { median } from '../../src/numerics/quantiles.ts';
import expected from './microscaleExpected.json' with { type: 'json' };
import { tellFigure } from './figures.ts';

const seed = 1;
const rounds = Number(process.argv[2] ?? 3);
const requiredRatio = 2;
const python = process.env['PYTHON'] ?? 'python3';
const variants = { knn: 'knn:10', inverse: 'inverse' } as const;

interface Outcome {
  readonly energies: readonly number[];
  readonly maxRssBytes?: number;
}

if (spawnSync(python, ['-c', 'import numpy']).status === 0) await compareAll();
else console.log(`microscaleBench: skipped, ${python} has no numpy here.`);

async function compareAll(): Promise<void> {
  const inputs = makeInputs();
  const program = await bundle();
  const digest = createHash('sha256').update(readFileSync(join(inputs, 'micro_embeddings.npy')));
  const isExpectedInput = digest.digest('hex') === expected.embeddingsSha256;
  console.log(
    `microscaleBench, 8 × 3,000 × 512, whole processes, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}; ` +
      (isExpectedInput
        ? 'figures are compared with numpy’s here and the expected ones.'
        : 'this numpy draws other inputs than those of the expected figures: compared with its own only.'),
  );
  for (const variant of ['knn', 'inverse'] as const) {
    for (const metric of metrics) compare(inputs, program, variant, metric, isExpectedInput);
  }
}

function compare(
  inputs: string,
  program: string,
  variant: keyof typeof variants,
  metric: Metric,
  isExpectedInput: boolean,
): void {
  const out = join(inputs, 'figures.json');
  const ours = (): Outcome => run(process.execPath, [program, inputs, out, variants[variant], metric], out);
  const baseline = join(import.meta.dirname, 'microscale_baseline.py');
  const options = ['--inputs', inputs, '--out', out, '--variant', variant, '--metric', metric];
  const theirs = (): Outcome => run(python, [baseline, ...options], out);
  const seconds: [ours: number[], theirs: number[]] = [[], []];
  ours();
  let maxRssBytes = 0;
  for (let round = 0; round < rounds; round++) {
    const [numpy, own] = [timed(theirs, seconds[1]), timed(ours, seconds[0])];
    assertSameFigures(own.energies, numpy.energies);
    if (isExpectedInput) assertSameFigures(own.energies, expected.energies[`${variant}_${metric}`]);
    maxRssBytes = own.maxRssBytes!;
  }
  const ratio = middle(seconds[1]) / middle(seconds[0]);
  console.log(
    `${variant} ${metric}: ${spread(seconds[0])}, ${Math.round(maxRssBytes / 1e6)} MB here; numpy ${spread(seconds[1])}: ` +
      `${ratio.toFixed(2)} times as fast here (medians of ${rounds}; at least ${requiredRatio} required)`,
  );
  tellFigure({
    bench: 'microscale',
    name: `${variant} ${metric}, numpy`,
    value: ratio,
    unit: 'times as fast',
    bound: { atLeast: requiredRatio },
  });
}

function run(program: string, args: readonly string[], outFile: string): Outcome {
  rmSync(outFile, { force: true });
  const { status } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  assert.equal(status, 0, `${program} failed.`);
  return JSON.parse(readFileSync(outFile, 'utf8')) as Outcome;
}

function timed(work: () => Outcome, seconds: number[]): Outcome {
  const start = performance.now();
  const outcome = work();
  seconds.push((performance.now() - start) / 1000);
  return outcome;
}

/** numpy computes in float32: its neighbours at equal distances, to rounding, are others here and there. */
function assertSameFigures(ours: readonly number[], theirs: readonly number[]): void {
  assert.equal(ours.length, theirs.length);
  ours.forEach((energy, attribute) => {
    const other = theirs[attribute]!;
    assert.ok(Math.abs(energy - other) < 1e-5, `field ${attribute}: ${energy} and ${other}`);
  });
}

function middle(values: readonly number[]): number {
  return median(Float64Array.from(values));
}

function spread(values: readonly number[]): string {
  return `${middle(values).toFixed(2)} s (${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)})`;
}

/** Made once and kept in the folder for temporary files. */
function makeInputs(): string {
  const folder = join(tmpdir(), `attribute-lens-microscale-inputs-${seed}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial);
  const script = join(import.meta.dirname, 'microscale_inputs.py');
  const { status } = spawnSync(python, [script, '--out', partial, '--seed', String(seed)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  assert.equal(status, 0, 'The inputs could not be made.');
  renameSync(partial, folder);
  return folder;
}

/** As scripts/build.ts bundles the engine, to where ONNX Runtime is found. */
async function bundle(): Promise<string> {
  const folder = join(import.meta.dirname, '../../node_modules/.cache/attribute-lens-bench');
  await build({
    entryPoints: [join(import.meta.dirname, 'microscaleProgram.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    external: ['onnxruntime-node'],
    logLevel: 'warning',
  });
  return join(folder, 'microscaleProgram.cjs');
}
