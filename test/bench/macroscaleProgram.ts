/**
 * The whole process that macroscaleBench.ts times: both KS tests of every attribute with their p-values, from the
 * inputs of make_inputs.py, on the rows of selection.npy. Bundled like the product; as many threads as cores take
 * one attribute after another, each with products on one core.
 *
 * node macroscaleProgram.cjs <folder of inputs> <file for the figures>
 */
import { openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { distancesAcross, distancesWithin, gatherPoints } from '../../src/analyses/pairDistances.ts';
import { ortProductOn } from '../../src/models/onnxRuntime.ts';
import { ksPValue } from '../../src/numerics/kolmogorov.ts';
import { compareKsSamples, ksSample } from '../../src/numerics/ks.ts';

interface Figure {
  readonly attribute: number;
  readonly modality: 'positive' | 'negative';
  readonly n: number;
  readonly statistic: number;
  readonly pvalue: number;
  readonly log10p: number | null;
}

const [inputs, outFile] = process.argv.slice(2) as [string, string];
const cores = availableParallelism();

void (isMainThread ? main() : work());

async function main(): Promise<void> {
  const next = new SharedArrayBuffer(4);
  const others = Array.from({ length: cores - 1 }, () => startWorker(next));
  const shares = await Promise.all([analyse(next), ...others]);
  const results = shares.flat().sort((a, b) => a.attribute - b.attribute);
  writeFileSync(outFile, JSON.stringify({ results, maxRssBytes: 1024 * process.resourceUsage().maxRSS }));
}

async function work(): Promise<void> {
  parentPort!.postMessage(await analyse(workerData as SharedArrayBuffer));
}

function startWorker(next: SharedArrayBuffer): Promise<Figure[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(process.argv[1]!, { workerData: next, argv: process.argv.slice(2) });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** The attributes whose numbers this thread is the first to take from `next`. */
async function analyse(next: SharedArrayBuffer): Promise<Figure[]> {
  const counter = new Int32Array(next);
  const selection = readNpy('selection.npy', '<i4');
  const [nAttributes, , maxPerSide] = selection.shape as [number, number, number];
  const identities = new Int32Array(readNpy('identity.npy', '<i4').bytes());
  const rowsOfSelection = new Int32Array(selection.bytes());
  const source = readNpy('embeddings.npy', '<f4');
  const dim = source.shape[1]!;
  const product = ortProductOn({ threads: 1 });
  const context = { product, checkpoint: () => undefined };

  const embeddings = { rows: maxPerSide, dim, data: new Float32Array(maxPerSide * dim) };
  const bytes = new Uint8Array(embeddings.data.buffer);
  const memory = [0, 1].map(() => new Float64Array(maxPerSide * dim)) as [Float64Array, Float64Array];
  const withinOut = [0, 1].map(() => new Float64Array((maxPerSide * (maxPerSide - 1)) / 2));
  const crossOut = new Float64Array(maxPerSide ** 2);

  const gather = (attribute: number, side: 0 | 1) => {
    const at = (2 * attribute + side) * maxPerSide;
    const rows = rowsOfSelection.subarray(at, at + maxPerSide).filter((row) => row >= 0);
    rows.forEach((row, i) => source.read(bytes, i * 4 * dim, 4 * dim, row * 4 * dim));
    const own = rows.map((row) => identities[row]!);
    return gatherPoints(
      embeddings,
      own,
      rows.map((_, i) => i),
      'cosine',
      memory[side],
    );
  };

  const figures: Figure[] = [];
  for (;;) {
    const attribute = Atomics.add(counter, 0, 1);
    if (attribute >= nAttributes) return figures;
    const sides = [gather(attribute, 0), gather(attribute, 1)] as const;
    const nCross = await distancesAcross(...sides, 'include', crossOut, context);
    const cross = ksSample(crossOut.subarray(0, nCross), 'cross');
    for (const [side, modality] of (['positive', 'negative'] as const).entries()) {
      const points = sides[side]!;
      const nWithin = await distancesWithin(points, withinOut[side]!, context);
      const result = compareKsSamples(ksSample(withinOut[side]!.subarray(0, nWithin), modality), cross);
      const { p, log10P } = ksPValue(result);
      const { statistic } = result;
      figures.push({ attribute, modality, n: points.n, statistic, pvalue: p, log10p: log10P });
    }
  }
}

/** A `.npy` of format 1.0 in C order, read where it is asked for. */
function readNpy(name: string, type: string) {
  const path = join(inputs, name);
  const file = openSync(path, 'r');
  const start = Buffer.alloc(10);
  readSync(file, start, 0, 10, 0);
  const header = Buffer.alloc(start.readUInt16LE(8));
  readSync(file, header, 0, header.length, 10);
  const parts = /'descr': '(.*?)', 'fortran_order': False, 'shape': \(([\d, ]+)\)/.exec(header.toString());
  if (parts?.[1] !== type) throw new Error(`${path} is no array of ${type}: ${header.toString()}`);
  const dataStart = 10 + header.length;
  return {
    shape: parts[2]!
      .split(',')
      .filter((length) => length.trim() !== '')
      .map(Number),
    bytes: () => {
      const all = readFileSync(path);
      return all.buffer.slice(all.byteOffset + dataStart, all.byteOffset + all.length);
    },
    read(into: Uint8Array, at: number, length: number, from: number) {
      if (readSync(file, into, at, length, dataStart + from) !== length)
        throw new Error(`${path} is cut short.`);
    },
  };
}
