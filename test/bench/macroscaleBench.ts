/**
 * The macroscale step for one model of CelebA's size (66,871 × 512, 40 attributes, 500 a side), whole process
 * against whole process, in turns: here, in the paper's notebook's way, and in strong numpy; the same rows, the
 * same figures. Prints medians and ratios; ends with 1 where a ratio is missed or a figure differs.
 *
 * node test/bench/macroscaleBench.ts [rounds]; PYTHON names an interpreter with numpy, scipy and pandas.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { median } from '../../src/numerics/quantiles.ts';
import expected from './macroscaleExpected.json' with { type: 'json' };
import { tellFigure } from './figures.ts';

const seed = 1;
const rounds = Number(process.argv[2] ?? 3);
const requiredRatios = { notebook: 25, blas: 4 } as const;
const python = process.env['PYTHON'] ?? 'python3';

interface Outcome {
  readonly results: readonly { readonly n: number; readonly statistic: number; readonly pvalue: number }[];
  readonly maxRssBytes: number;
}

/** What is compared: its seconds and peaks of memory, round by round. */
class Side {
  readonly seconds: number[] = [];
  outcome: Outcome | undefined;
  readonly #command: readonly [string, ...string[]];

  constructor(...command: [string, ...string[]]) {
    this.#command = command;
  }

  run(outFile: string): void {
    const [program, ...args] = this.#command;
    rmSync(outFile, { force: true });
    const start = performance.now();
    const { status } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    this.seconds.push((performance.now() - start) / 1000);
    assert.equal(status, 0, `${program} failed.`);
    this.outcome = JSON.parse(readFileSync(outFile, 'utf8')) as Outcome;
  }

  get median(): number {
    return median(Float64Array.from(this.seconds));
  }

  toString(): string {
    const megabytes = Math.round((this.outcome?.maxRssBytes ?? 0) / 1e6);
    return `${this.median.toFixed(2)} s (${Math.min(...this.seconds).toFixed(2)} to ${Math.max(...this.seconds).toFixed(2)}), ${megabytes} MB`;
  }
}

if (spawnSync(python, ['-c', 'import numpy, scipy, pandas']).status === 0) await compare();
else console.log(`macroscaleBench: skipped, ${python} has no numpy, SciPy and pandas here.`);

async function compare(): Promise<void> {
  const inputs = makeInputs();
  const out = join(inputs, 'figures.json');
  const program = await bundle();
  const baseline = (variant: string): Side =>
    new Side(
      python,
      join(import.meta.dirname, 'macroscale_baseline.py'),
      ...['--inputs', inputs, '--out', out, '--variant', variant],
    );
  const ours = new Side(process.execPath, program, inputs, out);
  const theirs = { notebook: baseline('notebook'), blas: baseline('blas') };
  ours.run(out);
  ours.seconds.length = 0;
  for (let round = 0; round < rounds; round++) {
    for (const side of [theirs.notebook, ours, theirs.blas, ours]) side.run(out);
    assertSameFigures(ours.outcome!, theirs.notebook.outcome!);
  }
  const isExpectedInput = digestOf(join(inputs, 'embeddings.npy')) === expected.embeddingsSha256;
  if (isExpectedInput) {
    const { n, statistics, pvalues } = expected;
    const results = statistics.map((statistic, i) => ({ n: n[i]!, statistic, pvalue: pvalues[i]! }));
    assertSameFigures(ours.outcome!, { results, maxRssBytes: 0 });
  }
  const load = loadavg()[0]!.toFixed(1);
  console.log(
    `macroscaleBench, 80 KS tests, whole processes, ${availableParallelism()} cores, load ${load}: ${ours.toString()} here.`,
  );
  console.log(
    isExpectedInput
      ? 'The figures are the notebook’s and the expected ones.'
      : 'The figures are the notebook’s; this numpy draws other inputs than those of the expected ones.',
  );
  for (const variant of ['notebook', 'blas'] as const) {
    const ratio = theirs[variant].median / ours.median;
    const required = requiredRatios[variant];
    console.log(
      `${variant}: ${theirs[variant].toString()}: ${ratio.toFixed(1)} times as fast here (medians of ${rounds}; at least ${required} required)`,
    );
    tellFigure({
      bench: 'macroscale',
      name: `80 KS tests, ${variant}`,
      value: ratio,
      unit: 'times as fast',
      bound: { atLeast: required },
    });
  }
}

/** D to 1e-9 and log10 p to 1e-5. */
function assertSameFigures(ours: Outcome, theirs: Outcome): void {
  assert.equal(ours.results.length, theirs.results.length);
  ours.results.forEach(({ n, statistic, pvalue }, i) => {
    const other = theirs.results[i]!;
    assert.equal(n, other.n);
    assert.ok(
      Math.abs(statistic - other.statistic) < 1e-9,
      `test ${i}: D ${statistic} and ${other.statistic}`,
    );
    assert.ok(
      Math.abs(Math.log10(pvalue / other.pvalue)) < 1e-5,
      `test ${i}: p ${pvalue} and ${other.pvalue}`,
    );
  });
}

/** Made once and kept in the folder for temporary files. */
function makeInputs(): string {
  const folder = join(tmpdir(), `attribute-lens-macroscale-inputs-${seed}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial);
  const script = join(import.meta.dirname, 'macroscale_inputs.py');
  const { status } = spawnSync(python, [script, '--out', partial, '--seed', String(seed)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // The last bits of a length depend on the order in which OpenBLAS sums.
    env: { ...process.env, OPENBLAS_CORETYPE: 'Haswell' },
  });
  assert.equal(status, 0, 'The inputs could not be made.');
  renameSync(partial, folder);
  return folder;
}

/** As scripts/build.ts bundles the engine, to where ONNX Runtime is found. */
async function bundle(): Promise<string> {
  const folder = join(import.meta.dirname, '../../node_modules/.cache/attribute-lens-bench');
  await build({
    entryPoints: [join(import.meta.dirname, 'macroscaleProgram.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    external: ['onnxruntime-node'],
    logLevel: 'warning',
  });
  return join(folder, 'macroscaleProgram.cjs');
}

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
