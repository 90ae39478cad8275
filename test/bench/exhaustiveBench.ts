import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { runExhaustive } from '../../src/analyses/exhaustive.ts';
import { exhaustivePoints, firstPartners } from '../../src/analyses/exhaustivePoints.ts';
import type { MacroscaleInput } from '../../src/analyses/macroscaleOutcome.ts';
import { DiagnosticLog } from '../../src/domain/diagnostic.ts';
import { openWorkerScanner } from '../../src/engine/workers/workerScanner.ts';
import { countPairs } from '../../src/numerics/pairScanner.ts';
import { SeededRandom } from '../../src/numerics/random.ts';
import { tellFigure } from './figures.ts';

/**
 * Every pair of 60,000 points of 512 numbers, 40 attributes in one pass, against the bare matrix products: the
 * same blocks on the same threads, upper triangle only. `BENCH_POINTS` takes fewer points, `BENCH_PASSES` refines.
 */
const nPoints = Number(process.env['BENCH_POINTS'] ?? 60_000);
const refinementPasses = Number(process.env['BENCH_PASSES'] ?? 0);
const dim = 512;
const nAttributes = 40;
const highestRatio = 2;

const options = {
  metric: 'cosine',
  points: 'everyImage',
  selection: 'first',
  sameIdentity: 'exclude',
  seed: 1,
  refinementPasses,
} as const;

const input = makeInput();
const bytesBefore = process.memoryUsage().rss;
const bare = await bareProducts();
const start = performance.now();
const cpuBefore = process.cpuUsage();
const { rows } = await runExhaustive(input, options, {
  signal: new AbortController().signal,
  openScanner: openWorkerScanner,
  diagnostics: new DiagnosticLog(),
  progress: () => undefined,
});
const seconds = (performance.now() - start) / 1000;
const ratio = seconds / bare.seconds;
const cpuRatio = cpuSeconds(process.cpuUsage(cpuBefore)) / bare.cpuSeconds;
const widest = Math.max(...rows.map(({ ks, ksUpper }) => ksUpper - ks));
const peak = process.resourceUsage().maxRSS / 1024;
console.log(
  `exhaustiveBench: ${nPoints} points, ${bare.pairs} pairs, ${nAttributes} attributes, ${availableParallelism()} threads: ` +
    `${seconds.toFixed(1)} s, bare products ${bare.seconds.toFixed(1)} s, ratio ${ratio.toFixed(2)} (at most ${highestRatio} required; of CPU time ${cpuRatio.toFixed(2)}); ` +
    `ksUpper − ks at most ${widest.toExponential(1)} after ${refinementPasses} refinements; ` +
    `peak memory ${peak.toFixed(0)} MiB, ${(bytesBefore / 2 ** 20).toFixed(0)} of them before`,
);
tellFigure({
  bench: 'exhaustive',
  name: 'bare Gram products',
  value: ratio,
  unit: 'times',
  bound: { atMost: highestRatio },
});
tellFigure({ bench: 'exhaustive', name: 'peak memory', value: peak, unit: 'MiB', bound: null });

function cpuSeconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

async function bareProducts(): Promise<{ seconds: number; cpuSeconds: number; pairs: number }> {
  const chosen = exhaustivePoints(input, options, new DiagnosticLog());
  const points = { ...chosen, firstPartners: firstPartners(chosen.identities, options.sameIdentity) };
  const nThreads = availableParallelism();
  const control = new Int32Array(new SharedArrayBuffer(8));
  const workers = Array.from(
    { length: nThreads },
    () =>
      new Worker(fileURLToPath(new URL('gramWorker.ts', import.meta.url)), {
        workerData: { points, control, nThreads },
      }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const begin = performance.now();
  const cpuBegin = process.cpuUsage();
  const done = workers.map((worker) => once(worker, 'message'));
  for (const worker of workers) worker.postMessage('go');
  await Promise.all(done);
  const elapsed = (performance.now() - begin) / 1000;
  const cpu = cpuSeconds(process.cpuUsage(cpuBegin));
  await Promise.all(workers.map((worker) => worker.terminate()));
  return { seconds: elapsed, cpuSeconds: cpu, pairs: countPairs(points) };
}

/** People of ten images around a centre each; every attribute moves its images a little. */
function makeInput(): MacroscaleInput {
  const random = new SeededRandom(1);
  const data = new Float32Array(nPoints * dim);
  const columns = Array.from({ length: nAttributes }, (_, a) => ({
    name: `attribute ${a}`,
    values: Int8Array.from({ length: nPoints }, () => (random.nextInt(20) < 2 + (a % 17) ? 1 : -1)),
    rule: { kind: 'binary' as const },
  }));
  const centre = new Float32Array(dim);
  for (let row = 0; row < nPoints; row++) {
    if (row % 10 === 0) for (let t = 0; t < dim; t++) centre[t] = random.nextNormal();
    for (let t = 0; t < dim; t++) data[row * dim + t] = centre[t]! + random.nextFloat() - 0.5;
    columns.forEach(({ values }, a) => (data[row * dim + a]! += 2 * values[row]!));
  }
  return {
    embeddings: { rows: nPoints, dim, data },
    identities: Int32Array.from({ length: nPoints }, (_, row) => Math.floor(row / 10)),
    attributes: columns,
    images: Array.from({ length: nPoints }, (_, row) => `image${row}`),
  };
}
