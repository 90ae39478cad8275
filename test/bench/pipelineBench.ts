/**
 * The pipeline against the serial bound of its parts, on generated JPEGs and a generated convolution net, CPU.
 *
 * Both parts want all cores: decoding is c CPU-seconds an image, a run of the model has all cores to itself.
 * The bound is the time of all decodes alone (four in flight) plus the time of all runs alone; with cores to
 * spare, the pipeline may beat it. Each time is the least of all rounds: other work on the machine only adds.
 * Prints one line for each net; exits 1 below 90 %.
 *
 * node test/bench/pipelineBench.ts [images] [rounds]
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { embedImages } from '../../src/embedding/embedImages.ts';
import { fileDecoder } from '../../src/embedding/fileDecoders.ts';
import type { ImageRef } from '../../src/embedding/pipeline.ts';
import { embeddingStore } from '../../src/embedding/storeDescription.ts';
import { VectorStore } from '../../src/embedding/vectorStore.ts';
import { noProviderMemory } from '../../src/models/providerMemory.ts';
import { renderSvgAsJpeg } from '../../src/models/decoder.ts';
import { encodeModel } from '../../src/models/onnxProto.ts';
import { type Embedder, openEmbedder } from '../../src/models/openEmbedder.ts';
import { SeededRandom } from '../../src/numerics/random.ts';
import { smallConvNet } from '../support/onnxNets.ts';

const [nImages = 256, rounds = 5] = process.argv.slice(2).map(Number);
const batchSize = 32;
const sidePixels = 112;
const leastShare = 0.9;

const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-bench-'));
try {
  const images = await generateImages(folder, nImages);
  let slowest = Infinity;
  for (const [name, extraLayers] of [
    ['light', 0],
    ['balanced', 12],
    ['heavy', 50],
  ] as const) {
    const path = join(folder, `${name}.onnx`);
    await writeFile(path, encodeModel(smallConvNet({ width: sidePixels, height: sidePixels, extraLayers })));
    const embedder = await openEmbedder({
      override: { path },
      provider: 'cpu',
      batchSize,
      paperCompat: false,
      halfPrecision: false,
      memory: () => noProviderMemory,
      log: () => undefined,
    });
    const least = { decode: Infinity, run: Infinity, pipeline: Infinity };
    for (let round = 0; round < rounds; round++) {
      const decode = await timed(() => decodeAll(images));
      const run = await timed(() => runAll(embedder, Math.ceil(images.length / batchSize)));
      const pipelined = await timed(() => pipeline(join(folder, `${name}-${round}`), images, embedder));
      least.decode = Math.min(least.decode, decode);
      least.run = Math.min(least.run, run);
      least.pipeline = Math.min(least.pipeline, pipelined);
    }
    await embedder.release();
    const share = (least.decode + least.run) / least.pipeline;
    slowest = Math.min(slowest, share);
    console.log(
      `${name}: decode ${perImage(least.decode)}, run ${perImage(least.run)}, pipeline ${perImage(least.pipeline)} ms an image: ` +
        `${Math.round(100 * share)} % of the serial bound, ${availableParallelism()} cores`,
    );
  }
  if (!(slowest >= leastShare)) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function generateImages(into: string, count: number): Promise<readonly ImageRef[]> {
  const random = new SeededRandom(1);
  const refs: ImageRef[] = [];
  for (let i = 0; i < count; i++) {
    const shapes = Array.from({ length: 60 }, () => {
      const [x, y, r, hue] = [
        random.nextInt(218),
        random.nextInt(218),
        random.nextInt(40),
        random.nextInt(360),
      ];
      return `<circle cx="${x}" cy="${y}" r="${r}" fill="hsl(${hue} 60% 50%)"/>`;
    });
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="178" height="218">${shapes.join('')}</svg>`;
    const bytes = await renderSvgAsJpeg(svg, 90);
    const name = `${i}.jpg`;
    await writeFile(join(into, name), bytes);
    refs.push({ path: join(into, name), name, key: createHash('sha256').update(bytes).digest('hex') });
  }
  return refs;
}

/** The decoder alone: as many in flight as the thread pool has threads. */
async function decodeAll(images: readonly ImageRef[]): Promise<void> {
  const decode = fileDecoder(sidePixels, sidePixels);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < images.length) await decode(images[next++]!.path);
  };
  await Promise.all([work(), work(), work(), work()]);
}

async function runAll(embedder: Embedder, runs: number): Promise<void> {
  const pixels = new Uint8Array(batchSize * sidePixels * sidePixels * 3).fill(100);
  for (let run = 0; run < runs; run++) await embedder.run(pixels);
}

async function pipeline(storeFolder: string, images: readonly ImageRef[], embedder: Embedder): Promise<void> {
  const store = await VectorStore.open({
    storeFolder,
    description: embeddingStore(embedder, 'none', {}),
    log: () => undefined,
  });
  const { nComputed } = await embedImages({
    images,
    store,
    embedder,
    decode: fileDecoder(sidePixels, sidePixels),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    log: () => undefined,
  });
  store.close();
  if (nComputed !== images.length) throw new Error(`Embedded ${nComputed} of ${images.length} images.`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function perImage(ms: number): string {
  return (ms / nImages).toFixed(2);
}
