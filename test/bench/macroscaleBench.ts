/**
 * The macroscale step for one model of CelebA's size (66,871 × 512, 40 attributes, 500 a side), whole process
 * against whole process, in turns: here, in the paper's notebook's way, and in strong numpy; the same rows, the
 * same figures. Prints medians and ratios; ends with 1 where a ratio is missed or a figure differs.
 *
 * node test/bench/macroscaleBench.ts [rounds]; PYTHON names an interpreter with numpy, scipy and pandas.
 */
import assert from 'node:assert/strict';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import expected from './macroscaleExpected.json' with { type: 'json' };
import { tellFigure } from './figures.ts';
import { bundledProgram, digestOf, inputsOf, python, pythonHas, Side } from './wholeProcess.ts';

const seed = 1;
const rounds = Number(process.argv[2] ?? 3);
const requiredRatios = { notebook: 25, blas: 4 } as const;

interface Outcome {
  readonly results: readonly { readonly n: number; readonly statistic: number; readonly pvalue: number }[];
  readonly maxRssBytes: number;
}

if (pythonHas('numpy, scipy, pandas')) await compare();
else console.log(`macroscaleBench: skipped, ${python} has no numpy, SciPy and pandas here.`);

async function compare(): Promise<void> {
  // The last bits of a length depend on the order in which OpenBLAS sums.
  const inputs = inputsOf('macroscale', seed, { OPENBLAS_CORETYPE: 'Haswell' });
  const out = join(inputs, 'figures.json');
  const program = await bundledProgram('macroscale');
  const baseline = (variant: string): Side<Outcome> =>
    new Side(
      out,
      python,
      join(import.meta.dirname, 'macroscale_baseline.py'),
      ...['--inputs', inputs, '--out', out, '--variant', variant],
    );
  const ours = new Side<Outcome>(out, process.execPath, program, inputs, out);
  const theirs = { notebook: baseline('notebook'), blas: baseline('blas') };
  ours.warmUp();
  for (let round = 0; round < rounds; round++) {
    for (const side of [theirs.notebook, ours, theirs.blas, ours]) side.run();
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
