/**
 * The whole process that microscaleBench.ts times: the energy of eight fields of 3,000 curves × 512 by one rule for
 * neighbours, from the inputs of microscale_inputs.py. Bundled like the product; as many threads as cores take one
 * field after another, each with products on one core.
 *
 * node microscaleProgram.cjs <folder of inputs> <file for the figures> <rule> <metric>
 */
import { openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { fieldEnergies } from '../../src/analyses/fieldEnergy.ts';
import { parseNeighbourRule } from '../../src/analyses/neighbourRule.ts';
import type { Metric } from '../../src/domain/embeddingMatrix.ts';
import { ortProductOn } from '../../src/models/onnxRuntime.ts';
import { ortSingleProduct } from '../../src/models/onnxSingleProduct.ts';

interface Figure {
  readonly attribute: number;
  readonly energy: number;
}

const [inputs, outFile, rule, metric] = process.argv.slice(2) as [string, string, string, Metric];
const threads = availableParallelism();

void (isMainThread ? main() : work());

async function main(): Promise<void> {
  const next = new SharedArrayBuffer(4);
  const others = Array.from({ length: threads - 1 }, () => startWorker(next));
  const shares = await Promise.all([measure(next), ...others]);
  const figures = shares.flat().sort((a, b) => a.attribute - b.attribute);
  const energies = figures.map(({ energy }) => energy);
  writeFileSync(outFile, JSON.stringify({ energies, maxRssBytes: 1024 * process.resourceUsage().maxRSS }));
}

async function work(): Promise<void> {
  parentPort!.postMessage(await measure(workerData as SharedArrayBuffer));
}

function startWorker(next: SharedArrayBuffer): Promise<Figure[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(process.argv[1]!, { workerData: next, argv: process.argv.slice(2) });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** The fields whose numbers this thread is the first to take from `next`. */
async function measure(next: SharedArrayBuffer): Promise<Figure[]> {
  const counter = new Int32Array(next);
  const embeddings = openNpy('micro_embeddings.npy');
  const index = openNpy('micro_index.npy');
  const rows = new Int32Array(readFileSync(index.path).buffer.slice(index.dataStart));
  const [, nAttributes, n] = index.shape as [number, number, number];
  const dim = embeddings.shape[1]!;
  const [start, base, end] = [0, 1, 2].map(() => new Float32Array(n * dim)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const context = {
    product: ortProductOn({ threads: 1 }),
    single: ortSingleProduct({ threads: 1 }),
    checkpoint: () => undefined,
  };
  const figures: Figure[] = [];
  for (;;) {
    const attribute = Atomics.add(counter, 0, 1);
    if (attribute >= nAttributes) return figures;
    for (const [step, into] of [start, base, end].entries()) {
      const bytes = new Uint8Array(into.buffer);
      for (let i = 0; i < n; i++) {
        const row = rows[(step * nAttributes + attribute) * n + i]!;
        readSync(embeddings.file, bytes, 4 * dim * i, 4 * dim, embeddings.dataStart + 4 * dim * row);
      }
    }
    const found = await fieldEnergies(
      { n, dim, start, base, end },
      [parseNeighbourRule(rule)],
      metric,
      context,
    );
    figures.push({ attribute, energy: found.rules[0]!.energy! });
  }
}

/** A `.npy` of format 1.0 in C order. */
function openNpy(name: string) {
  const path = join(inputs, name);
  const file = openSync(path, 'r');
  const start = Buffer.alloc(10);
  readSync(file, start, 0, 10, 0);
  const header = Buffer.alloc(start.readUInt16LE(8));
  readSync(file, header, 0, header.length, 10);
  const parts = /'fortran_order': False, 'shape': \(([\d, ]+)\)/.exec(header.toString());
  if (parts === null) throw new Error(`${path} is no array in C order: ${header.toString()}`);
  return { path, file, dataStart: 10 + header.length, shape: parts[1]!.split(',').map(Number) };
}
