import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ModelFamily, ModelOverride } from '../../../src/domain/preprocessing.ts';
import { noProviderMemory } from '../../../src/models/providerMemory.ts';
import type { OnnxModel } from '../../../src/models/onnxProto.ts';
import { openEmbedder } from '../../../src/models/openEmbedder.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { familyNet, type FamilyNetOptions } from '../../support/familyNets.ts';
import { netBytes, revealedPixels } from '../../support/onnxNets.ts';

/** Each family by a graph of its own signature, from the bytes of an image to what the graph's inside gets. */

const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-families-'));
after(() => rmSync(folder, { recursive: true }));

const rows = 2;

interface Family {
  readonly what: string;
  readonly net: FamilyNetOptions;
  readonly fileName?: string;
  readonly family: ModelFamily;
  readonly channels: 'RGB' | 'BGR';
  readonly metric: 'cosine' | 'euclidean';
  /** What its authors make of the value x of an image. */
  readonly value: (x: number, image: Uint8Array) => number;
}

const by = (divisor: number) => (x: number) => (x - 127.5) / divisor;
const cosineRgb = { channels: 'RGB', metric: 'cosine' } as const;
const facenet = { family: 'facenet', channels: 'RGB', metric: 'euclidean' } as const;

const families: readonly Family[] = [
  {
    what: 'ArcFace',
    net: { side: 112, dim: 512, prelu: true },
    family: 'arcface',
    ...cosineRgb,
    value: by(127.5),
  },
  {
    what: 'ArcFace that normalises itself',
    net: { side: 112, dim: 512, prelu: true, normalisesItself: true },
    family: 'arcface',
    ...cosineRgb,
    value: by(128),
  },
  {
    what: 'AdaFace',
    net: { side: 112, dim: 512, prelu: true, unit: true, norm: true },
    family: 'adaface',
    channels: 'BGR',
    metric: 'cosine',
    value: by(127.5),
  },
  {
    what: 'SphereFace-R',
    net: { side: 112, dim: 512, prelu: true },
    fileName: 'sphereface_r_ir100.onnx',
    family: 'sphereface-r',
    ...cosineRgb,
    value: by(127.5),
  },
  {
    what: 'keras-facenet 2018',
    net: { layout: 'NHWC', side: 160, dim: 512, branches: true },
    ...facenet,
    value: by(127.5),
  },
  {
    what: 'keras-facenet 2017',
    net: { layout: 'NHWC', side: 160, dim: 128, branches: true },
    ...facenet,
    value: prewhitened,
  },
  {
    what: 'facenet 2018 in TensorFlow',
    net: { layout: 'NHWC', side: 160, dim: 512, branches: true, unit: true },
    ...facenet,
    value: by(128),
  },
  {
    what: 'facenet-pytorch',
    net: { side: 160, dim: 512, branches: true, unit: true },
    ...facenet,
    value: by(128),
  },
  {
    what: 'SFace',
    net: { side: 112, dim: 128, prelu: true, normalisesItself: true },
    family: 'sface',
    ...cosineRgb,
    value: by(128),
  },
  {
    what: 'MobileFaceNet',
    net: { side: 112, dim: 128, globalDepthwise: true, batch: 1 },
    family: 'mobilefacenet',
    ...cosineRgb,
    value: by(128),
  },
  {
    what: 'MobileFaceNet, NHWC and of undeclared width',
    net: { layout: 'NHWC', side: 112, dim: 128, globalDepthwise: true, hidesWidth: true },
    family: 'mobilefacenet',
    ...cosineRgb,
    value: by(128),
  },
  {
    what: 'an unknown one',
    net: { side: 112, dim: 256 },
    family: 'generic',
    ...cosineRgb,
    value: by(127.5),
  },
];

for (const { what, net, fileName, family, channels, metric, value } of families) {
  test(`${what}: recognised, and its graph sees ${channels} as its authors made it`, async () => {
    const opened = await open(familyNet(net), { fileName });
    try {
      const { profile, dim } = opened;
      assert.deepEqual([profile.family, profile.metric, dim], [family, metric, net.dim]);
      assert.deepEqual(
        [profile.preprocessing.width, profile.preprocessing.layout],
        [net.side, net.layout ?? 'NCHW'],
      );
      const pixels = randomImages(net.side);
      const { embeddings, norms } = await embedAll(opened, pixels);
      const raw = rawOf(pixels, net, channels, value);
      assertRows(embeddings, net.unit === true ? raw.map(unit) : raw);
      if (net.norm === true)
        assertRows(
          norms.map((norm) => [norm ?? NaN]),
          raw.map((row) => [length(row)]),
        );
      else assert.ok(norms.every((norm) => norm === undefined));
    } finally {
      await opened.release();
    }
  });
}

const flips: readonly (readonly [what: string, net: FamilyNetOptions])[] = [
  ['a raw embedding', { side: 112, dim: 512, prelu: true }],
  ['a raw embedding of a fixed batch of one', { side: 112, dim: 512, prelu: true, batch: 1 }],
  ['a raw embedding in NHWC', { layout: 'NHWC', side: 160, dim: 512, branches: true }],
  ['a unit embedding', { side: 160, dim: 512, branches: true, unit: true }],
  ['a unit embedding with its norm', { side: 112, dim: 512, prelu: true, unit: true, norm: true }],
  ['a raw embedding with its norm', { side: 112, dim: 512, prelu: true, norm: true, unit: false }],
];

for (const [what, net] of flips) {
  test(`flip adds the raw embedding of the mirror image: ${what}`, async () => {
    const model = net.norm === true && net.unit === false ? rawWithNorm(net) : familyNet(net);
    const opened = await open(model, { override: { flip: true } });
    try {
      const { channels, normalisation } = opened.profile.preprocessing;
      assert.ok(normalisation.kind === 'affine' && opened.profile.flip);
      const pixels = randomImages(net.side);
      const value = (x: number) => (x - normalisation.mean) * normalisation.scale;
      const image = rawOf(pixels, net, channels, value);
      const mirror = rawOf(
        pixels.map((one) => mirrored(one, net.side)),
        net,
        channels,
        value,
      );
      const sums = image.map((row, r) => row.map((x, i) => x + mirror[r]![i]!));
      const { embeddings, norms } = await embedAll(opened, pixels);
      assertRows(embeddings, net.unit === true ? sums.map(unit) : sums);
      assertRows(
        norms.map((norm) => [norm ?? NaN]),
        sums.map((row) => [length(row) / 2]),
      );
    } finally {
      await opened.release();
    }
  });
}

for (const [net, from, to] of [
  [{ side: 112, dim: 512, prelu: true }, 'RGB', 'BGR'],
  [{ side: 112, dim: 512, prelu: true, unit: true, norm: true }, 'BGR', 'RGB'],
] as const) {
  test(`paperCompat shows a model of ${from} the colours as ${to}, and says so`, async () => {
    const opened = await open(familyNet(net), { paperCompat: true });
    try {
      const pixels = randomImages(net.side);
      const { embeddings } = await embedAll(opened, pixels);
      const raw = rawOf(pixels, net, to, by(127.5));
      assertRows(embeddings, 'unit' in net ? raw.map(unit) : raw);
      assert.match(opened.profile.why, new RegExp(`«paperCompat» swaps its channels from ${from} to ${to}`));
      assert.deepEqual(
        opened.notes.map(({ code }) => code),
        ['modelNote'],
      );
    } finally {
      await opened.release();
    }
  });
}

async function open(
  model: OnnxModel,
  options: {
    readonly fileName?: string | undefined;
    readonly override?: Partial<ModelOverride>;
    readonly paperCompat?: boolean;
  },
) {
  const path = join(folder, options.fileName ?? 'model.onnx');
  writeFileSync(path, netBytes(model));
  return openEmbedder({
    override: { path, ...options.override },
    provider: 'cpu',
    batchSize: (model.graph.inputs[0]?.tensor?.shape?.[0] ?? rows) === 1 ? 1 : rows,
    paperCompat: options.paperCompat ?? false,
    halfPrecision: false,
    memory: () => noProviderMemory,
    log: () => undefined,
  });
}

/** AdaFace's outputs without the division: the embedding raw, its norm beside it. */
function rawWithNorm(net: FamilyNetOptions): OnnxModel {
  const model = familyNet({ ...net, unit: true });
  const nodes = model.graph.nodes.map((node) =>
    node.opType === 'Div' ? { ...node, opType: 'Identity', inputs: node.inputs.slice(0, 1) } : node,
  );
  return { ...model, graph: { ...model.graph, nodes } };
}

function randomImages(side: number): Uint8Array[] {
  const random = new SeededRandom(7);
  return Array.from({ length: rows }, () =>
    Uint8Array.from({ length: side * side * 3 }, () => random.nextInt(256)),
  );
}

type Opened = Awaited<ReturnType<typeof open>>;

async function embedAll(opened: Opened, images: readonly Uint8Array[]) {
  const embeddings: number[][] = [];
  const norms: (number | undefined)[] = [];
  for (let at = 0; at < images.length; at += opened.batchSize) {
    const batch = images.slice(at, at + opened.batchSize);
    const result = await opened.run(Uint8Array.from(Buffer.concat(batch)));
    batch.forEach((_, i) => {
      embeddings.push([...result.embeddings.subarray(i * opened.dim, (i + 1) * opened.dim)]);
      norms.push(result.norms?.[i]);
    });
  }
  return { embeddings, norms };
}

/** What `familyNet` shows before it divides. */
function rawOf(
  images: readonly Uint8Array[],
  { side, dim }: FamilyNetOptions,
  channels: 'RGB' | 'BGR',
  value: (x: number, image: Uint8Array) => number,
): number[][] {
  const order = channels === 'RGB' ? [0, 1, 2] : [2, 1, 0];
  return images.map((image) => {
    const shown = revealedPixels(side, side).flatMap(([x, y]) =>
      order.map((c) => value(image[(y * side + x) * 3 + c]!, image)),
    );
    return Array.from({ length: dim }, (_, i) => shown[i % shown.length]!);
  });
}

function mirrored(image: Uint8Array, side: number): Uint8Array {
  return image.map((_, i) => {
    const [y, x, c] = [Math.floor(i / (3 * side)), Math.floor(i / 3) % side, i % 3];
    return image[(y * side + (side - 1 - x)) * 3 + c]!;
  });
}

const moments = new WeakMap<Uint8Array, readonly [mean: number, deviation: number]>();

function prewhitened(x: number, image: Uint8Array): number {
  let found = moments.get(image);
  if (!found) {
    const mean = image.reduce((sum, value) => sum + value, 0) / image.length;
    const variance = image.reduce((sum, value) => sum + (value - mean) ** 2, 0) / image.length;
    found = [mean, Math.max(Math.sqrt(variance), 1 / Math.sqrt(image.length))];
    moments.set(image, found);
  }
  return (x - found[0]) / found[1];
}

function length(row: readonly number[]): number {
  return Math.hypot(...row);
}

function unit(row: readonly number[]): number[] {
  return row.map((x) => x / length(row));
}

function assertRows(actual: readonly (readonly number[])[], expected: readonly (readonly number[])[]): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((row, r) => {
    assert.equal(actual[r]!.length, row.length);
    row.forEach((value, i) => {
      const difference = Math.abs(actual[r]![i]! - value);
      assert.ok(
        difference <= 1e-5 * Math.max(1, Math.abs(value)),
        `row ${r}, value ${i}: ${actual[r]![i]!} for ${value}`,
      );
    });
  });
}
