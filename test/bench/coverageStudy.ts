import { ksTwoSample } from '../../src/numerics/ks.ts';
import { SeededRandom } from '../../src/numerics/random.ts';
import { probabilityOfSmaller } from '../../src/numerics/rankSum.ts';
import { mean } from '../../src/numerics/sums.ts';
import { column, run } from '../support/runMacroscale.ts';

/**
 * How often 95 % intervals hold the truth, 100 identities a side, in populations whose truth is known from a great
 * many independent pairs: 200 samples of each, or as many as the argument says. Intervals of signed KS must hold it
 * in 90 % at the least.
 */
const samples = Number(process.argv[2] ?? 200);
const nPerSide = 100;
const dim = 32;
const nTruePairs = 300_000;
const least = 0.9;

/** Adds to noise of unit variance what the modality does and how unequal people are. */
const populations: Readonly<Record<string, (x: Float64Array, sign: number, random: SeededRandom) => void>> = {
  'no effect': () => undefined,
  'no effect, quality collapse': (x, _, random) => {
    const quality = random.nextFloat();
    x.forEach((value, t) => (x[t] = quality * value + 1 - quality));
  },
  'small shift': (x, sign) => (x[0]! += 0.6 * sign),
  'shift, hubness': (x, sign, random) => {
    const hub = 0.5 * Math.exp(0.6 * random.nextNormal());
    x.forEach((value, t) => (x[t] = value + hub));
    x[0]! += 1.2 * sign;
  },
  'positives collapse': (x, sign, random) => {
    const collapse = (sign > 0 ? 0.7 : 0.5) * Math.exp(0.3 * random.nextNormal());
    x.forEach((value, t) => (x[t] = value + collapse));
  },
};

let failed = false;
for (const name of Object.keys(populations)) {
  const truth = truthOf(name);
  const held = { ks: 0, auc: 0, meanDifference: 0, energyDistance: 0 };
  for (let i = 0; i < samples; i++) {
    const { rows, attributes } = await run(sampleOf(name, i), { bootstraps: 400 });
    const row = rows[0]!;
    if (holds(row.ci, truth.ks)) held.ks++;
    if (holds(row.aucCi, truth.auc)) held.auc++;
    if (holds(row.meanDifferenceCi, truth.meanDifference)) held.meanDifference++;
    if (holds(attributes[0]!.energyDistanceCi, truth.energyDistance)) held.energyDistance++;
  }
  const figures = Object.entries(held).map(
    ([what, n]) => `${what} ${truth[what as keyof typeof held].toFixed(3)} in ${(n / samples).toFixed(3)}`,
  );
  console.log(`coverageStudy: ${name}: ${figures.join(', ')}`);
  if (held.ks / samples < least) failed = true;
}
process.exitCode = failed ? 1 : 0;

function holds(interval: readonly [number, number] | null, value: number): boolean {
  return interval !== null && interval[0] <= value && value <= interval[1];
}

function sampleOf(name: string, repetition: number) {
  const random = new SeededRandom(repetition).fork(name);
  const rows = 2 * nPerSide;
  const data = new Float32Array(rows * dim);
  for (let i = 0; i < rows; i++) data.set(draw(name, i < nPerSide ? 1 : -1, random), i * dim);
  return {
    embeddings: { rows, dim, data },
    identities: Int32Array.from({ length: rows }, (_, i) => i),
    attributes: [column('x', new Int8Array(rows).fill(1, 0, nPerSide).fill(-1, nPerSide))],
    images: Array.from({ length: rows }, (_, i) => `image${i}`),
  };
}

/** A vector of unit length. */
function draw(name: string, sign: number, random: SeededRandom): Float64Array {
  const x = Float64Array.from({ length: dim }, () => random.nextNormal());
  populations[name]!(x, sign, random);
  const length = Math.sqrt(dot(x, x));
  return x.map((value) => value / length);
}

function truthOf(name: string) {
  const random = new SeededRandom(0).fork('truth').fork(name);
  const distance = (a: number, b: number): number => 1 - dot(draw(name, a, random), draw(name, b, random));
  const within = Float64Array.from({ length: nTruePairs }, () => distance(1, 1));
  const negative = Float64Array.from({ length: nTruePairs }, () => distance(-1, -1));
  const cross = Float64Array.from({ length: nTruePairs }, () => distance(1, -1));
  if (name.startsWith('no effect')) return { ks: 0, auc: 0.5, meanDifference: 0, energyDistance: 0 };
  const { sign, statistic } = ksTwoSample(within, cross);
  const [meanWithin, meanNegative, meanCross] = [within, negative, cross].map((values) => mean(values));
  const deviation = Math.sqrt(mean(cross.map((value) => (value - meanCross!) ** 2)));
  return {
    ks: sign * statistic,
    auc: probabilityOfSmaller(within.toSorted(), cross.toSorted()),
    meanDifference: (meanCross! - meanWithin!) / deviation,
    energyDistance: 2 * meanCross! - meanWithin! - meanNegative!,
  };
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < dim; t++) sum += x[t]! * y[t]!;
  return sum;
}
