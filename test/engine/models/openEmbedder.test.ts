import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import type { ModelOverride } from '../../../src/domain/preprocessing.ts';
import type { RequestedProvider } from '../../../src/domain/provider.ts';
import { noProviderMemory } from '../../../src/models/providerMemory.ts';
import { valueInfo } from '../../../src/models/onnxBuild.ts';
import type { OnnxModel } from '../../../src/models/onnxProto.ts';
import { type Embedder, openEmbedder } from '../../../src/models/openEmbedder.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import {
  batchFoldingNet,
  batchMixingNet,
  netBytes,
  normOutputNet,
  pixelRevealingNet,
  quantisedNet,
  smallConvNet,
} from '../../support/onnxNets.ts';

const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-embedder-'));
after(() => rmSync(folder, { recursive: true }));

test('a model is opened on the CPU, and a profile proves it', async () => {
  await using opened = await open(smallConvNet());
  const { name, dim, batchSize, provider, notes, sha256 } = opened.embedder;
  assert.deepEqual([name, dim, batchSize, notes], ['net', 16, 8, []]);
  assert.deepEqual(provider, {
    requested: 'cpu',
    ran: 'cpu',
    nodeShare: 1,
    nodeTimeShare: 1,
    agreement: null,
    refused: [],
  });
  assert.match(sha256, /^[0-9a-f]{64}$/);
});

test("a row's embedding is the same to the bit wherever it lies and whoever its batch-mates are", async () => {
  await using opened = await open(smallConvNet());
  const { embedder } = opened;
  const images = randomImages(embedder, 12);
  const alone = await embedRows(embedder, images.slice(0, 1));
  for (let place = 0; place < embedder.batchSize; place++) {
    const batch = images.slice(3, 3 + embedder.batchSize);
    batch[place] = images[0]!;
    const rows = await embedRows(embedder, batch);
    assert.deepEqual(rows[place], alone[0], `place ${place}`);
  }
});

test('padding of a batch that is not full changes no embedding', async () => {
  await using opened = await open(smallConvNet());
  const images = randomImages(opened.embedder, 8);
  const full = await embedRows(opened.embedder, images);
  assert.deepEqual(await embedRows(opened.embedder, images.slice(0, 3)), full.slice(0, 3));
});

test('opening the same model twice gives the same embeddings', async () => {
  const results: Float32Array[][] = [];
  for (let i = 0; i < 2; i++) {
    await using opened = await open(smallConvNet());
    results.push(await embedRows(opened.embedder, randomImages(opened.embedder, 4)));
  }
  assert.deepEqual(results[0], results[1]);
});

test('a fixed batch is taken as it is, and a note says so', async () => {
  await using smaller = await open(smallConvNet({ batch: 4 }));
  assert.equal(smaller.embedder.batchSize, 4);
  assert.deepEqual(smaller.embedder.notes, [
    { code: 'batchReduced', text: 'the batch is 4 instead of 8: its batch is fixed at 4.' },
  ]);
  await using larger = await open(smallConvNet({ batch: 16 }));
  assert.equal(larger.embedder.batchSize, 16);
  assert.deepEqual(
    larger.embedder.notes.map(({ code }) => code),
    ['modelNote'],
  );
});

test('a dynamically quantised model runs at batch 1, and a note says why', async () => {
  await using opened = await open(quantisedNet());
  assert.equal(opened.embedder.batchSize, 1);
  assert.match(opened.embedder.notes[0]?.text ?? '', /1 instead of 8: it is quantised dynamically/);
});

test('a dynamically quantised model of a larger fixed batch is refused', async () => {
  await assert.rejects(open(quantisedNet({ batch: 4 })), (error) => isAppError(error, 'modelNotEmbedder'));
});

test('a float model whose rows depend on each other is found out and runs at batch 1', async () => {
  await using opened = await open(batchMixingNet());
  assert.equal(opened.embedder.batchSize, 1);
  assert.match(opened.embedder.notes[0]?.text ?? '', /depends on its batch-mates \(cosine 0\.\d+/);
});

test('a model that folds its batch into one row runs at batch 1', async () => {
  await using opened = await open(batchFoldingNet());
  assert.deepEqual([opened.embedder.batchSize, opened.embedder.dim], [1, 18]);
  assert.match(opened.embedder.notes[0]?.text ?? '', /is \[1, 36\] for 2 images/);
});

test('a declared width that the model does not keep is an error', async () => {
  const net = smallConvNet({ dim: 20 });
  const outputs = [valueInfo('embedding', 'float32', ['N', 24])];
  await assert.rejects(open({ ...net, graph: { ...net.graph, outputs } }), (error) =>
    isAppError(error, 'modelFailed'),
  );
});

test('the norm output comes with the embedding', async () => {
  await using opened = await open(normOutputNet());
  const { embedder } = opened;
  const pixels = joined(randomImages(embedder, embedder.batchSize));
  const { embeddings, norms } = await embedder.run(pixels);
  assert.equal(norms?.length, embedder.batchSize);
  const length = Math.hypot(...embeddings.subarray(0, embedder.dim));
  assert.ok(Math.abs(length - 1) < 1e-5 && norms[0]! > 1, `${length} and ${norms[0]!}`);
});

for (const provider of ['dml', 'coreml', 'cuda'] as const) {
  test(`${provider}, where it is missing, falls back to the CPU and says so`, async () => {
    await using opened = await open(smallConvNet(), provider);
    const { embedder } = opened;
    const { ran, requested, refused } = embedder.provider;
    // On a machine that has the provider, it must be the one that ran.
    if (ran === provider) {
      assert.deepEqual(refused, []);
      return;
    }
    assert.deepEqual([requested, ran, refused.length, refused[0]?.provider], [provider, 'cpu', 1, provider]);
    assert.match(embedder.notes[0]?.code ?? '', /^provider(FellBack|Disagrees)$/);
  });
}

test('auto takes a provider without complaining about those that are missing', async () => {
  await using opened = await open(smallConvNet(), 'auto');
  assert.deepEqual(
    opened.embedder.notes.filter(({ code }) => code === 'providerFellBack'),
    [],
  );
});

test('a batch of another size is refused', async () => {
  await using opened = await open(pixelRevealingNet());
  await assert.rejects(opened.embedder.run(new Uint8Array(3)), (error) => isAppError(error, 'internal'));
});

test('a graph that ONNX Runtime cannot load is a failed model', async () => {
  const net = smallConvNet();
  const [first, ...rest] = net.graph.nodes;
  const nodes = [{ ...first!, opType: 'NoSuchOperator' }, ...rest];
  await assert.rejects(
    open({ ...net, graph: { ...net.graph, nodes } }),
    (error) => isAppError(error, 'modelFailed') && error.message.includes('NoSuchOperator'),
  );
});

interface Opened extends AsyncDisposable {
  readonly embedder: Embedder;
}

async function open(
  model: OnnxModel,
  provider: RequestedProvider = 'cpu',
  override: Partial<ModelOverride> = {},
  paperCompat = false,
): Promise<Opened> {
  const path = join(folder, 'net.onnx');
  writeFileSync(path, netBytes(model));
  const embedder = await openEmbedder({
    override: { path, ...override },
    provider,
    batchSize: 8,
    paperCompat,
    halfPrecision: false,
    memory: () => noProviderMemory,
    log: () => undefined,
  });
  return { embedder, [Symbol.asyncDispose]: () => embedder.release() };
}

function randomImages({ profile }: Embedder, count: number): Uint8Array[] {
  const random = new SeededRandom(11);
  const nBytes = profile.preprocessing.width * profile.preprocessing.height * 3;
  return Array.from({ length: count }, () => Uint8Array.from({ length: nBytes }, () => random.nextInt(256)));
}

/** Embeds at most one batch, padded with black. */
async function embedRows(embedder: Embedder, images: readonly Uint8Array[]): Promise<Float32Array[]> {
  const nBytes = images[0]!.length;
  const pixels = new Uint8Array(embedder.batchSize * nBytes);
  pixels.set(joined(images));
  const { embeddings } = await embedder.run(pixels);
  return images.map((_, row) => embeddings.slice(row * embedder.dim, (row + 1) * embedder.dim));
}

function joined(images: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(images));
}
