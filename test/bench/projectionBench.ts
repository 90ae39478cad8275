/**
 * A projection of 50,000 × 512 seeded embeddings in clusters: seconds of exact neighbours and their ratio to the bare
 * products of all pairs in the same run, of principal components and UMAP, and the peak of memory. Ends with 1 where
 * selection costs more than the products do, or memory goes beyond 1 GB.
 *
 * node test/bench/projectionBench.ts [points]
 */
import { availableParallelism, loadavg } from 'node:os';
import { nearestInSpace } from '../../src/analyses/nearestInSpace.ts';
import { projectEmbeddings } from '../../src/analyses/projection.ts';
import { ortMatrixProduct } from '../../src/models/onnxRuntime.ts';
import { ortSingleProduct } from '../../src/models/onnxSingleProduct.ts';
import { SeededRandom } from '../../src/numerics/random.ts';
import { tellFigure } from './figures.ts';

const n = Number(process.argv[2] ?? 50_000);
const dim = 512;
const imagesOfPerson = 20;
const mostRatio = 2;
const mostMiB = 1024;

const singleProduct = ortSingleProduct();
const { signal } = new AbortController();
const matrix = { rows: n, dim, data: clusters() };

console.log(
  `projectionBench, ${n} × ${dim}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}`,
);
const bare = await measured(bareProducts);
const nearest = await measured(() =>
  nearestInSpace({ n, dim, data: matrix.data }, 14, singleProduct, { signal, progress: () => undefined }),
);
let layoutBegan = 0;
const whole = await measured(() =>
  projectEmbeddings(
    matrix,
    { metric: 'cosine', neighbours: 15, minDistance: 0.1, seed: 1 },
    {
      signal,
      product: ortMatrixProduct,
      singleProduct,
      progress: (_, step) => {
        if (step === 'neighbours') layoutBegan = performance.now();
      },
    },
  ),
);
const layout = (performance.now() - layoutBegan) / 1000;
const peakMiB = process.resourceUsage().maxRSS / 1024;
const ratio = nearest.cpuSeconds / bare.cpuSeconds;
console.log(
  `neighbours ${told(nearest)}, ${ratio.toFixed(2)} times the processors’ seconds of the bare products, ${told(bare)}; at most ${mostRatio} wanted\n` +
    `UMAP’s layout ${layout.toFixed(1)} s; principal components, neighbours and UMAP ${told(whole)}\n` +
    `peak ${Math.round(peakMiB)} MiB, ${Math.round(matrix.data.byteLength / 2 ** 20)} of them the embeddings; at most ${mostMiB} wanted`,
);
tellFigure({
  bench: 'projection',
  name: 'neighbours over bare products',
  value: ratio,
  unit: 'times',
  bound: { atMost: mostRatio },
});
tellFigure({ bench: 'projection', name: 'UMAP layout', value: layout, unit: 's', bound: null });
tellFigure({
  bench: 'projection',
  name: 'peak memory',
  value: peakMiB,
  unit: 'MiB',
  bound: { atMost: mostMiB },
});

/** The same tiles of the upper triangle, and nothing done with them. */
async function bareProducts(): Promise<void> {
  const [rows, columns] = [256, 2048];
  const out = new Float32Array(rows * columns);
  const part = (from: number, size: number) => matrix.data.subarray(from * dim, (from + size) * dim);
  for (let first = 0; first < n; first += rows) {
    const m = Math.min(rows, n - first);
    for (let start = first; start < n; start += columns) {
      const c = Math.min(columns, n - start);
      await singleProduct.timesTransposed(part(first, m), part(start, c), m, c, dim, out);
    }
  }
}

function clusters(): Float32Array {
  const random = new SeededRandom(1);
  const nPeople = Math.ceil(n / imagesOfPerson);
  const centres = Float32Array.from({ length: nPeople * dim }, () => random.nextNormal());
  const data = new Float32Array(n * dim);
  for (let i = 0; i < n; i++) {
    const person = random.nextInt(nPeople);
    for (let t = 0; t < dim; t++) {
      data[i * dim + t] = centres[person * dim + t]! + 2.8 * (random.nextFloat() - 0.5);
    }
  }
  return data;
}

interface Spent {
  readonly seconds: number;
  /** Of all threads: what other processes leave of the cores matters less to it. */
  readonly cpuSeconds: number;
}

async function measured(work: () => Promise<unknown>): Promise<Spent> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
}

function told({ seconds, cpuSeconds }: Spent): string {
  return `${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of processors)`;
}
