import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import {
  type EigenfacesTraining,
  eigenfacesPixels,
  smallestDeviation,
  trainEigenfaces,
} from '../../../src/models/eigenfaces.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

const side = 64;

test('whitened eigenfaces of the training images have mean 0 and covariance the identity', async () => {
  const pixels = noise(12);
  const model = await train({ pixels, nImages: 12, components: 5 });
  assert.equal(model.method, 'eigenfaces');
  assert.equal(model.dim, 5);
  assert.equal(model.components, 5);
  const embeddings = Array.from({ length: 12 }, (_, i) => project(model, pixels, i));
  for (let a = 0; a < 5; a++) {
    assert.ok(Math.abs(average(embeddings.map((e) => e[a]!))) < 1e-4);
    for (let b = 0; b < 5; b++) {
      const covariance = average(embeddings.map((e) => e[a]! * e[b]!));
      assert.ok(Math.abs(covariance - (a === b ? 1 : 0)) < 1e-3, `${a}, ${b}: ${covariance}`);
    }
  }
});

test('there are at most n − 1 components, and all of them hold all the variance', async () => {
  const model = await train({ pixels: noise(6), nImages: 6, components: 128 });
  assert.equal(model.components, 5);
  assert.ok(Math.abs(model.explainedVariance - 1) < 1e-9);
  const fewer = await train({ pixels: noise(6), nImages: 6, components: 2 });
  assert.ok(fewer.explainedVariance > 0.3 && fewer.explainedVariance < 0.6);
});

test('two patterns give the one axis between them', async () => {
  // Left half bright against top half bright; standardised, both are ±1 pictures.
  const pixels = pictures(2, (image, x, y) => ((image === 0 ? x : y) < side / 2 ? 200 : 100));
  const model = await train({ pixels, nImages: 2, components: 9 });
  assert.equal(model.dim, 1);
  const [first, second] = [project(model, pixels, 0)[0]!, project(model, pixels, 1)[0]!];
  assert.ok(Math.abs(Math.abs(first) - 1) < 1e-4 && Math.abs(first + second) < 1e-4);
});

test('exposure and contrast of an image do not move its embedding', async () => {
  const base = noise(8);
  const model = await train({ pixels: base, nImages: 8, components: 6 });
  const dimmed = base.map((x) => Math.round(x / 2) + 20);
  const before = project(model, base, 3);
  project(model, dimmed, 3).forEach((x, i) => assert.ok(Math.abs(x - before[i]!) < 0.05));
});

test('identities of which two have two images give fisherfaces, others eigenfaces', async () => {
  const pixels = noise(6);
  const method = async (identities: Int32Array | null) =>
    (await train({ pixels, nImages: 6, components: 4, identities })).method;
  assert.equal(await method(null), 'eigenfaces');
  assert.equal(await method(Int32Array.of(0, 1, 2, 3, 4, 5)), 'eigenfaces');
  assert.equal(await method(Int32Array.of(0, 0, 0, 1, 2, 3)), 'eigenfaces');
  assert.equal(await method(Int32Array.of(0, 0, 1, 1, 2, 3)), 'fisherfaces');
});

test('fisherfaces use at most n − identities components and have one dimension fewer than identities', async () => {
  const identities = Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2);
  const model = await train({ pixels: noise(9), nImages: 9, components: 100, identities });
  assert.equal(model.components, 6);
  assert.equal(model.dim, 2);
});

test('fisherfaces ignore what varies within people and see what differs between them', async () => {
  // Planted: a stripe at the identity's row, and a bright block at a random place in each image.
  const random = new SeededRandom(5);
  const places = Int32Array.from({ length: 40 }, () => random.nextInt(48));
  const pixels = pictures(40, (image, x, y) => {
    const block = x >= places[image]! && x < places[image]! + 16 && y >= 40;
    return Math.abs(y - 4 * (image % 8)) < 2 ? 220 : block ? 250 : 90;
  });
  const identities = Int32Array.from({ length: 40 }, (_, i) => i % 8);
  const training = { pixels, nImages: 40, components: 20 };
  const ratioOf = (model: Awaited<ReturnType<typeof train>>) => {
    const e = Array.from({ length: 40 }, (_, i) => project(model, pixels, i));
    return distance(e[0]!, e[8]!) / distance(e[0]!, e[1]!);
  };
  const eigen = ratioOf(await train(training));
  const fisher = ratioOf(await train({ ...training, identities }));
  assert.ok(fisher < eigen / 2, `within / between: ${fisher} against ${eigen}`);
});

test('the same images and seed give the same bits', async () => {
  const training = { pixels: noise(10), nImages: 10, components: 4 };
  assert.deepEqual(await train(training), await train(training));
});

test('progress rises to its total', async () => {
  const seen: string[] = [];
  const onProgress = (done: number, total: number) => void seen.push(`${done}/${total}`);
  await train({ pixels: noise(3), nImages: 3, components: 2, onProgress });
  assert.deepEqual(seen, ['1/3', '2/3', '3/3']);
});

test('fewer than two images, equal images and a cancel are refused by code', async () => {
  const blank = new Uint8Array(3 * eigenfacesPixels * 3).fill(77);
  await assert.rejects(train({ pixels: noise(1), nImages: 1 }), (e) => isAppError(e, 'notEnoughIdentities'));
  await assert.rejects(train({ pixels: blank, nImages: 3 }), (e) => isAppError(e, 'dataSetInvalid'));
  await assert.rejects(train({ pixels: noise(2), nImages: 3 }), (e) => isAppError(e, 'internal'));
  const signal = AbortSignal.abort();
  await assert.rejects(train({ pixels: noise(3), nImages: 3, signal }), (e) => isAppError(e, 'cancelled'));
});

function train(
  training: Pick<EigenfacesTraining, 'pixels' | 'nImages'> & Partial<EigenfacesTraining>,
): ReturnType<typeof trainEigenfaces> {
  return trainEigenfaces({
    identities: null,
    components: 5,
    seed: 1,
    product: plainMatrixProduct,
    signal: new AbortController().signal,
    ...training,
  });
}

/** What the docstring says, in other words than the code's. */
function project(
  model: Awaited<ReturnType<typeof trainEigenfaces>>,
  pixels: Uint8Array,
  image: number,
): number[] {
  const start = image * eigenfacesPixels * 3;
  const grey = Array.from({ length: eigenfacesPixels }, (_, i) => {
    const [r, g, b] = pixels.subarray(start + 3 * i, start + 3 * i + 3);
    return 0.299 * r! + 0.587 * g! + 0.114 * b!;
  });
  const mean = average(grey);
  const deviation = Math.max(smallestDeviation, Math.sqrt(average(grey.map((x) => (x - mean) ** 2))));
  return Array.from({ length: model.dim }, (_, row) =>
    grey.reduce(
      (sum, x, i) => sum + (model.weights[row * eigenfacesPixels + i]! * (x - mean)) / deviation,
      model.offset[row]!,
    ),
  );
}

function noise(nImages: number): Uint8Array {
  const random = new SeededRandom(3);
  return Uint8Array.from({ length: nImages * eigenfacesPixels * 3 }, () => 40 + random.nextInt(160));
}

/** Grey pictures. */
function pictures(nImages: number, value: (image: number, x: number, y: number) => number): Uint8Array {
  return Uint8Array.from({ length: nImages * eigenfacesPixels * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    const inImage = pixel % eigenfacesPixels;
    return value(Math.floor(pixel / eigenfacesPixels), inImage % side, Math.floor(inImage / side));
  });
}

function average(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((x, i) => x - b[i]!));
}
