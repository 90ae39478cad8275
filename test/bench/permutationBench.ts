import { availableParallelism } from 'node:os';
import { runMacroscale } from '../../src/analyses/macroscale.ts';
import { DiagnosticLog } from '../../src/domain/diagnostic.ts';
import { InferencePool } from '../../src/engine/workers/inferencePool.ts';
import { ortMatrixProduct } from '../../src/models/onnxRuntime.ts';
import { SeededRandom } from '../../src/numerics/random.ts';
import { column } from '../support/runMacroscale.ts';
import { tellFigure } from './figures.ts';

/**
 * 80 tests with p-values of 1,000 permutations each: 40 attributes, 500 identities a side, 512 numbers an embedding,
 * as the engine runs them, distances and exact figures included, on two threads. And with as many bootstraps.
 */
const nAttributes = 40;
const nPerSide = 500;
const dim = 512;
const replicates = 1000;
const nThreads = Math.min(2, availableParallelism());
const requiredSeconds = 60;

const input = makeInput();
const seconds = await time(replicates, 0);
const withBootstraps = await time(replicates, replicates);
console.log(
  `permutationBench: ${replicates} permutations of ${2 * nAttributes} tests ${seconds.toFixed(1)} s on ${nThreads} threads (at most ${requiredSeconds}); with ${replicates} bootstraps ${withBootstraps.toFixed(1)} s`,
);
tellFigure({
  bench: 'permutation',
  name: '1,000 permutations of 80 tests',
  value: seconds,
  unit: 's',
  bound: { atMost: requiredSeconds },
});

async function time(permutations: number, bootstraps: number): Promise<number> {
  const { signal } = new AbortController();
  const pool = new InferencePool(signal, nThreads);
  const start = performance.now();
  const { rows } = await runMacroscale(
    input,
    {
      metric: 'cosine',
      selection: 'random',
      maxIdentities: nPerSide,
      sameIdentity: 'exclude',
      repeats: 1,
      permutations,
      bootstraps,
      seed: 1,
    },
    {
      signal,
      product: ortMatrixProduct,
      infer: pool.run,
      diagnostics: new DiagnosticLog(),
      progress: () => undefined,
    },
  );
  const elapsed = (performance.now() - start) / 1000;
  await pool.close();
  const tested = rows.filter(
    ({ pPermutation, nIdentities }) => pPermutation !== null && nIdentities === nPerSide,
  );
  if (tested.length !== 2 * nAttributes) throw new Error(`${tested.length} tests, not ${2 * nAttributes}.`);
  return elapsed;
}

/** Two images of each of 1,200 people, attributes at random. */
function makeInput() {
  const random = new SeededRandom(1);
  const rows = 2400;
  return {
    embeddings: { rows, dim, data: Float32Array.from({ length: rows * dim }, () => random.nextNormal()) },
    identities: Int32Array.from({ length: rows }, (_, row) => row >> 1),
    attributes: Array.from({ length: nAttributes }, (_, i) =>
      column(
        `attribute${i}`,
        Int8Array.from({ length: rows }, () => (random.nextInt(2) === 0 ? 1 : -1)),
      ),
    ),
    images: Array.from({ length: rows }, (_, row) => `image${row}`),
  };
}
