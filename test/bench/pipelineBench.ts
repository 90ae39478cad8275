/**
 * The pipeline against the bounds of its parts, on generated JPEGs of which faces are aligned.
 *
 * First a generated convolution net on the CPU. Both parts want all cores: decoding is c CPU-seconds an image, a
 * run of the model has all cores to itself. The bound is the time of all decodes alone (four in flight) plus the
 * time of all runs alone; with cores to spare, the pipeline may beat it. Measured on the thread that feeds the
 * model, and with threads beside it; the bound holds for the way that the product goes on this machine.
 *
 * Then an emulated device: it blocks its thread as long as a GPU would, half as long as the decodes take, as long,
 * and twice as long. The bound is ideal overlap: the longer of all decodes on all threads and all runs.
 *
 * Shares are of times measured one after the other, and the median of all rounds: other work on the machine slows
 * both sides of a round. Prints a line for each; exits 1 below 95 %.
 *
 * node test/bench/pipelineBench.ts [images] [rounds] [name]
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BatchEmbedder, embedImages } from '../../src/embedding/embedImages.ts';
import type { FramedRef } from '../../src/embedding/cropFaces.ts';
import { type RefDecoder, refDecoder } from '../../src/embedding/refDecoder.ts';
import { StageClock } from '../../src/embedding/stageClock.ts';
import { embeddingStore } from '../../src/embedding/storeDescription.ts';
import { VectorStore } from '../../src/embedding/vectorStore.ts';
import { CropPool } from '../../src/engine/workers/cropPool.ts';
import { cropWorkerCount } from '../../src/engine/workers/refPixels.ts';
import { noProviderMemory } from '../../src/models/providerMemory.ts';
import { renderSvgAsJpeg } from '../../src/models/decoder.ts';
import { encodeModel } from '../../src/models/onnxProto.ts';
import { type Embedder, openEmbedder } from '../../src/models/openEmbedder.ts';
import { median } from '../../src/numerics/quantiles.ts';
import { SeededRandom } from '../../src/numerics/random.ts';
import { smallConvNet } from '../support/onnxNets.ts';
import { tellFigure } from './figures.ts';

const [nImages = 256, nRounds = 5] = process.argv.slice(2, 4).map(Number);
const wanted = process.argv[4] ?? '';
const batchSize = 32;
const sidePixels = 112;
const leastPercent = 95;
const cores = availableParallelism();

type Way = 'same thread' | 'threads beside';

const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-bench-'));
const pool = new CropPool({
  width: sidePixels,
  height: sidePixels,
  signal: new AbortController().signal,
  nWorkers: Math.max(1, cropWorkerCount('cuda', cores)),
  clock: new StageClock(),
});
const decoders: Readonly<Record<Way, RefDecoder>> = {
  'same thread': refDecoder(sidePixels, sidePixels),
  'threads beside': pool.decode,
};
let runsMade = 0;
try {
  const images = await generateImages(folder, nImages);
  await benchNets(images);
  await benchDevices(images);
} finally {
  await pool.close();
  await rm(folder, { recursive: true, force: true });
}

/** What counts of each net: the share of the serial bound by the way of the product. */
async function benchNets(all: readonly FramedRef[]): Promise<void> {
  for (const [name, extraLayers, part] of [
    ['light', 0, 1],
    ['balanced', 12, 1 / 2],
    ['heavy', 50, 1 / 4],
  ] as const) {
    if (!`${name} net`.includes(wanted)) continue;
    // Enough batches to tell, and no more: a heavy net takes long.
    const images = all.slice(0, Math.ceil(part * all.length));
    const embedder = await openNet(name, extraLayers);
    const rounds = await timeRounds({
      decode: () => decodeAll(images, 'same thread', 4),
      'same thread': () => pipeline(images, embedder, 'same thread'),
      run: () => runAll(embedder, images.length),
      'threads beside': () => pipeline(images, embedder, 'threads beside'),
    });
    await embedder.release();
    const share = (way: Way): number => medianOf(rounds, (of) => (of.decode + of.run) / of[way]);
    const way: Way = cropWorkerCount('cpu', cores) === 0 ? 'same thread' : 'threads beside';
    const [decode, run] = [perImage(rounds, 'decode', images), perImage(rounds, 'run', images)];
    tellPart(`${name} net, raw decode`, decode);
    tellPart(`${name} net, raw ORT`, run);
    tellShare(`${name} net, of the serial bound`, share(way));
    console.log(
      `${name} net: decode ${decode.toFixed(2)}, run ${run.toFixed(2)} ms an image; of the serial bound ` +
        `${percent(share('same thread'))} on the same thread, ${percent(share('threads beside'))} ` +
        `with threads beside; here: ${way}, ${cores} cores`,
    );
  }
}

/** The same files under other keys. Nothing overlaps with the first batch: it must be one of many. */
function repeated(images: readonly FramedRef[], times: number): readonly FramedRef[] {
  return Array.from({ length: times }, (_, i) =>
    images.map((image) => ({
      ...image,
      key: createHash('sha256').update(`${i} ${image.key}`).digest('hex'),
    })),
  ).flat();
}

/** What counts of each device: the share of ideal overlap with threads beside, as on every GPU. */
async function benchDevices(few: readonly FramedRef[]): Promise<void> {
  const images = repeated(few, 16);
  const beside = Math.max(4, 2 * batchSize);
  const decode = (): Promise<void> => decodeAll(images, 'threads beside', beside);
  const msDecode = medianOf(await timeRounds({ decode }), (of) => of.decode);
  for (const factor of [0.5, 1, 2]) {
    if (!`device of ${factor}`.includes(wanted)) continue;
    const device = emulatedDevice((msDecode / images.length) * batchSize * factor);
    const rounds = await timeRounds({
      'same thread': () => pipeline(images, device, 'same thread'),
      decode,
      'threads beside': () => pipeline(images, device, 'threads beside'),
      device: () => runAll(device, images.length),
    });
    const share = (way: Way): number => medianOf(rounds, (of) => Math.max(of.decode, of.device) / of[way]);
    tellShare(`device of ${factor} × decode, of ideal overlap`, share('threads beside'));
    console.log(
      `device of ${factor} × decode: decode ${perImage(rounds, 'decode', images).toFixed(2)}, ` +
        `device ${perImage(rounds, 'device', images).toFixed(2)} ms an image; of ideal overlap ${percent(share('same thread'))} on the same thread, ` +
        `${percent(share('threads beside'))} with threads beside`,
    );
  }
}

/** Milliseconds of each part, round by round. */
async function timeRounds<K extends string>(
  parts: Readonly<Record<K, () => Promise<void>>>,
): Promise<readonly Readonly<Record<K, number>>[]> {
  const names = Object.keys(parts) as K[];
  const times: Record<K, number>[] = [];
  for (let round = 0; round < nRounds; round++) {
    const of: Partial<Record<K, number>> = {};
    for (const name of names) {
      const start = performance.now();
      await parts[name]();
      of[name] = performance.now() - start;
    }
    times.push(of as Record<K, number>);
  }
  return times;
}

function medianOf<T>(rounds: readonly T[], value: (of: T) => number): number {
  return median(Float64Array.from(rounds, value));
}

interface EmulatedDevice extends BatchEmbedder {
  readonly msPerRun: number;
}

/** Blocks its thread, as a run on a GPU does, and leaves the cores to others. */
function emulatedDevice(msPerRun: number): EmulatedDevice {
  const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));
  const embeddings = new Float32Array(batchSize * 4).fill(1);
  return {
    msPerRun,
    profile: {
      preprocessing: {
        width: sidePixels,
        height: sidePixels,
        layout: 'NHWC',
        channels: 'RGB',
        normalisation: { kind: 'none' },
      },
    },
    dim: 4,
    batchSize,
    run() {
      Atomics.wait(nobodyWakes, 0, 0, msPerRun);
      return Promise.resolve({ embeddings, norms: null });
    },
  };
}

function openNet(name: string, extraLayers: number): Promise<Embedder> {
  const path = join(folder, `${name}.onnx`);
  const net = smallConvNet({ width: sidePixels, height: sidePixels, extraLayers });
  return writeFile(path, encodeModel(net)).then(() =>
    openEmbedder({
      override: { path },
      provider: 'cpu',
      batchSize,
      paperCompat: false,
      halfPrecision: false,
      memory: () => noProviderMemory,
      log: () => undefined,
    }),
  );
}

async function generateImages(into: string, count: number): Promise<readonly FramedRef[]> {
  const random = new SeededRandom(1);
  const refs: FramedRef[] = [];
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
    const path = join(into, name);
    await writeFile(path, bytes);
    const key = createHash('sha256').update(bytes).digest('hex');
    refs.push({ path, name, key, framing: { kind: 'celebaAligned' } });
  }
  return refs;
}

/** The decoder alone, so many images in flight. */
async function decodeAll(images: readonly FramedRef[], way: Way, inFlight: number): Promise<void> {
  const decode = decoders[way];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < images.length) {
      const image = images[next++]!;
      pool.release(await decode(image.path, image));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
}

async function runAll(embedder: BatchEmbedder, nImages: number): Promise<void> {
  const pixels = new Uint8Array(batchSize * sidePixels * sidePixels * 3).fill(100);
  for (let run = 0; run < Math.ceil(nImages / batchSize); run++) await embedder.run(pixels);
}

async function pipeline(
  images: readonly FramedRef[],
  embedder: BatchEmbedder | Embedder,
  way: Way,
): Promise<void> {
  const parts = { run: String(runsMade++) };
  const store = await VectorStore.open({
    storeFolder: join(folder, 'store'),
    description:
      'sha256' in embedder
        ? embeddingStore(embedder, 'none', parts)
        : { kind: 'embeddings', dim: embedder.dim, hasNorms: false, parts },
    log: () => undefined,
  });
  const { nComputed } = await embedImages<FramedRef>({
    images,
    store,
    embedder,
    decode: decoders[way],
    release: pool.release,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    log: () => undefined,
  });
  store.close();
  if (nComputed !== images.length) throw new Error(`Embedded ${nComputed} of ${images.length} images.`);
}

/** Milliseconds, the median of all rounds. */
function perImage<K extends string>(
  rounds: readonly Readonly<Record<K, number>>[],
  part: K,
  { length }: readonly FramedRef[],
): number {
  return medianOf(rounds, (of) => of[part]) / length;
}

function tellPart(name: string, value: number): void {
  tellFigure({ bench: 'pipeline', name, value, unit: 'ms an image', bound: null });
}

function tellShare(name: string, value: number): void {
  tellFigure({ bench: 'pipeline', name, value: 100 * value, unit: '%', bound: { atLeast: leastPercent } });
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
