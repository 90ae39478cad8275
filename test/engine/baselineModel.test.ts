import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { faceSvg } from '../../src/datasets/proceduralFace.ts';
import { samplePictures } from '../../src/datasets/sampleAnnotations.ts';
import { decodeImage, renderSvgAsJpeg } from '../../src/models/decoder.ts';
import {
  type Eigenfaces,
  eigenfacesPixels,
  eigenfacesSide,
  smallestDeviation,
  trainEigenfaces,
} from '../../src/models/eigenfaces.ts';
import { encodeEigenfaces } from '../../src/models/eigenfacesGraph.ts';
import { inspectModel } from '../../src/models/inspectModel.ts';
import { OnnxSession, ortMatrixProduct } from '../../src/models/onnxRuntime.ts';

const nPeople = 30;
const imagesEach = 6;
/** The first half of the people is learned from, the second half, never seen, is tested on. */
const half = (nPeople / 2) * imagesEach;
const valuesPerImage = eigenfacesPixels * 3;

let learned: Uint8Array;
let unseen: Uint8Array;
const identities = Int32Array.from({ length: half }, (_, i) => Math.floor(i / imagesEach));

before(async () => {
  const pixels = new Uint8Array(2 * half * valuesPerImage);
  for (const [i, { person, shot }] of samplePictures(1, nPeople, imagesEach).entries()) {
    const jpeg = await renderSvgAsJpeg(faceSvg(person, shot), 90);
    pixels.set(await decodeImage(jpeg, eigenfacesSide, eigenfacesSide), i * valuesPerImage);
  }
  learned = pixels.subarray(0, half * valuesPerImage);
  unseen = pixels.subarray(half * valuesPerImage);
});

test('ONNX Runtime embeds as the formula does, to 1e-4 of an embedding', async () => {
  for (const known of [null, identities]) {
    const model = await train(known);
    const embeddings = await run(model, unseen);
    for (let i = 0; i < half; i++) {
      const expected = project(model, unseen.subarray(i * valuesPerImage, (i + 1) * valuesPerImage));
      const actual = embeddings.subarray(i * model.dim, (i + 1) * model.dim);
      const error = Math.hypot(...expected.map((x, j) => x - actual[j]!));
      assert.ok(error < 1e-4 * Math.hypot(...expected), `${model.method}, image ${i}: ${error}`);
    }
  }
});

test('a picture of one colour gets a finite embedding', async () => {
  const model = await train(null);
  const blank = new Uint8Array(half * valuesPerImage).fill(200);
  const embeddings = await run(model, blank);
  assert.ok(embeddings.every(Number.isFinite));
  project(model, blank.subarray(0, valuesPerImage)).forEach((x, i) => {
    assert.ok(Math.abs(x - embeddings[i]!) < 1e-3);
  });
});

test('people never seen are told apart: fisherfaces above eigenfaces above raw pixels', async () => {
  const raw = aucOfCosine(Float32Array.from(greyOf(unseen)), eigenfacesPixels);
  const eigenfaces = await train(null);
  const fisherfaces = await train(identities);
  assert.equal(fisherfaces.method, 'fisherfaces');
  const eigen = aucOfCosine(await run(eigenfaces, unseen), eigenfaces.dim);
  const fisher = aucOfCosine(await run(fisherfaces, unseen), fisherfaces.dim);
  assert.ok(raw < 0.7, `raw ${raw}`);
  assert.ok(eigen > raw + 0.05, `eigenfaces ${eigen}, raw ${raw}`);
  assert.ok(fisher > 0.8 && fisher > eigen + 0.03, `fisherfaces ${fisher}, eigenfaces ${eigen}`);
});

test('identities shuffled among the images teach nothing: fisherfaces fall below eigenfaces', async () => {
  const wrong = identities.map((_, i) => i % (nPeople / 2));
  const fisherfaces = await train(wrong);
  const eigenfaces = await train(null);
  const fisher = aucOfCosine(await run(fisherfaces, unseen), fisherfaces.dim);
  assert.ok(fisher < aucOfCosine(await run(eigenfaces, unseen), eigenfaces.dim), `fisherfaces ${fisher}`);
});

test('the file has the same bytes each time, and inspection knows what it is', async () => {
  const bytes = encodeEigenfaces(await train(identities), { seed: '1' });
  assert.deepEqual(bytes, encodeEigenfaces(await train(identities), { seed: '1' }));
  const profile = inspectModel(bytes, 'baseline.onnx', { path: 'baseline.onnx' });
  assert.equal(profile.family, 'eigenfaces');
  assert.equal(profile.metric, 'cosine');
  assert.equal(profile.embeddingOutput, 'embedding');
  assert.equal(profile.fixedBatch, null);
  assert.deepEqual(profile.preprocessing, {
    width: 64,
    height: 64,
    layout: 'NCHW',
    channels: 'RGB',
    normalisation: { kind: 'none' },
  });
});

function train(known: Int32Array | null): Promise<Eigenfaces> {
  return trainEigenfaces({
    pixels: learned,
    nImages: half,
    identities: known,
    components: 64,
    seed: 1,
    product: ortMatrixProduct,
    signal: new AbortController().signal,
  });
}

async function run(model: Eigenfaces, pixels: Uint8Array): Promise<Float32Array> {
  const planes = new Float32Array(pixels.length);
  for (let at = 0; at < pixels.length; at++) {
    const image = Math.floor(at / valuesPerImage);
    const pixel = Math.floor((at % valuesPerImage) / 3);
    planes[image * valuesPerImage + (at % 3) * eigenfacesPixels + pixel] = pixels[at]!;
  }
  const session = await OnnxSession.open(encodeEigenfaces(model, {}), { provider: 'cpu' });
  const shape = [pixels.length / valuesPerImage, 3, eigenfacesSide, eigenfacesSide];
  const { embedding } = await session.run({ image: { data: planes, shape } });
  await session.release();
  assert.ok(embedding?.data instanceof Float32Array);
  return embedding.data;
}

function project(model: Eigenfaces, pixels: Uint8Array): number[] {
  const grey = greyOf(pixels);
  const mean = grey.reduce((sum, x) => sum + x, 0) / grey.length;
  const variance = grey.reduce((sum, x) => sum + (x - mean) ** 2, 0) / grey.length;
  const deviation = Math.max(smallestDeviation, Math.sqrt(variance));
  return Array.from({ length: model.dim }, (_, row) =>
    grey.reduce(
      (sum, x, i) => sum + (model.weights[row * eigenfacesPixels + i]! * (x - mean)) / deviation,
      model.offset[row]!,
    ),
  );
}

function greyOf(pixels: Uint8Array): number[] {
  return Array.from(
    { length: pixels.length / 3 },
    (_, i) => 0.299 * pixels[3 * i]! + 0.587 * pixels[3 * i + 1]! + 0.114 * pixels[3 * i + 2]!,
  );
}

/** Share of (mated, non-mated) pairs of pairs in which the mated one has the larger cosine. */
function aucOfCosine(embeddings: Float32Array, dim: number): number {
  const rows = Array.from({ length: half }, (_, i) => embeddings.subarray(i * dim, (i + 1) * dim));
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const norms = rows.map((row) => Math.sqrt(dot(row, row)));
  const pairs = rows.flatMap((a, i) =>
    rows.slice(0, i).map((b, j) => ({
      cosine: dot(a, b) / norms[i]! / norms[j]!,
      mated: identities[i] === identities[j],
    })),
  );
  pairs.sort((a, b) => a.cosine - b.cosine);
  let strangersBelow = 0;
  let wins = 0;
  for (const { mated } of pairs) {
    if (mated) wins += strangersBelow;
    else strangersBelow++;
  }
  return wins / (strangersBelow * (pairs.length - strangersBelow));
}
