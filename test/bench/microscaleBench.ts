/**
 * Energies of eight fields of 3,000 curves × 512, by the ten nearest neighbours and by inverse distance, whole
 * process against whole process of strong numpy, in turns; the same figures. Prints medians and ratios; ends with 1
 * where a ratio is missed or a figure differs.
 *
 * node test/bench/microscaleBench.ts [rounds]; PYTHON names an interpreter with numpy.
 */
import assert from 'node:assert/strict';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { type Metric, metrics } from '../../src/domain/embeddingMatrix.ts';
import expected from './microscaleExpected.json' with { type: 'json' };
import { tellFigure } from './figures.ts';
import { bundledProgram, digestOf, inputsOf, python, pythonHas, Side } from './wholeProcess.ts';

const seed = 1;
const rounds = Number(process.argv[2] ?? 3);
const requiredRatio = 2;
const variants = { knn: 'knn:10', inverse: 'inverse' } as const;

interface Outcome {
  readonly energies: readonly number[];
  readonly maxRssBytes?: number;
}

if (pythonHas('numpy')) await compareAll();
else console.log(`microscaleBench: skipped, ${python} has no numpy here.`);

async function compareAll(): Promise<void> {
  const inputs = inputsOf('microscale', seed);
  const program = await bundledProgram('microscale');
  const isExpectedInput = digestOf(join(inputs, 'micro_embeddings.npy')) === expected.embeddingsSha256;
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
  const ours = new Side<Outcome>(out, process.execPath, program, inputs, out, variants[variant], metric);
  const baseline = join(import.meta.dirname, 'microscale_baseline.py');
  const options = ['--inputs', inputs, '--out', out, '--variant', variant, '--metric', metric];
  const theirs = new Side<Outcome>(out, python, baseline, ...options);
  ours.warmUp();
  for (let round = 0; round < rounds; round++) {
    const [numpy, own] = [theirs.run(), ours.run()];
    assertSameFigures(own.energies, numpy.energies);
    if (isExpectedInput) assertSameFigures(own.energies, expected.energies[`${variant}_${metric}`]);
  }
  const ratio = theirs.median / ours.median;
  console.log(
    `${variant} ${metric}: ${ours.toString()} here; numpy ${theirs.toString()}: ` +
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

/** numpy computes in float32: its neighbours at equal distances, to rounding, are others here and there. */
function assertSameFigures(ours: readonly number[], theirs: readonly number[]): void {
  assert.equal(ours.length, theirs.length);
  ours.forEach((energy, attribute) => {
    const other = theirs[attribute]!;
    assert.ok(Math.abs(energy - other) < 1e-5, `field ${attribute}: ${energy} and ${other}`);
  });
}
