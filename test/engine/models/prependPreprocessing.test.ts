import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import type { ModelOverride } from '../../../src/domain/preprocessing.ts';
import { profileOf } from '../../../src/models/inspectModel.ts';
import type { OnnxModel } from '../../../src/models/onnxProto.ts';
import { OnnxSession } from '../../../src/models/onnxRuntime.ts';
import { pixelInputName, prependPreprocessing } from '../../../src/models/prependPreprocessing.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { netBytes, normOutputNet, pixelRevealingNet, revealedPixels } from '../../support/onnxNets.ts';

const [width, height] = [9, 7];
const rows = 3;

for (const opset of [9, 11, 13, 17, 18, 22]) {
  for (const layout of ['NCHW', 'NHWC'] as const) {
    test(`opset ${opset}, ${layout}: the model sees (x − mean) · scale of the right pixel and channel`, async () => {
      const net = pixelRevealingNet({ layout, width, height, opset });
      const pixels = randomPixels();
      const rgb = await embed(net, { mean: 100, scale: 0.5 }, pixels);
      assertValues(
        rgb,
        seen(pixels, [0, 1, 2], (x) => (x - 100) * 0.5),
      );
      const bgr = await embed(net, { mean: 100, scale: 0.5, channels: 'BGR' }, pixels);
      assertValues(
        bgr,
        seen(pixels, [2, 1, 0], (x) => (x - 100) * 0.5),
      );
    });
  }

  test(`opset ${opset}: prewhitening uses each image's own mean and deviation`, async () => {
    const net = pixelRevealingNet({ layout: 'NHWC', width, height, opset });
    const pixels = randomPixels();
    // One image of a single shade: its deviation is 0, and 1/√N stands in.
    pixels.fill(77, pixels.length / rows, (2 * pixels.length) / rows);
    const profile = { ...profileOf(net, 'net.onnx', { path: '' }) };
    const preprocessing = { ...profile.preprocessing, normalisation: { kind: 'prewhiten' } as const };
    const values = await run(prependPreprocessing(net, { ...profile, preprocessing }), pixels);
    const expected = seen(pixels, [0, 1, 2], (x, image) => {
      const mean = image.reduce((sum, value) => sum + value, 0) / image.length;
      const variance = image.reduce((sum, value) => sum + (value - mean) ** 2, 0) / image.length;
      return (x - mean) / Math.max(Math.sqrt(variance), 1 / Math.sqrt(image.length));
    });
    assertValues(values, expected);
  });
}

test('a graph that normalises itself gets the bytes, and only once (x − 127.5) · 0.0078125', async () => {
  const pixels = randomPixels();
  const values = await embed(pixelRevealingNet({ width, height, normalisesItself: true }), {}, pixels);
  assertValues(
    values,
    seen(pixels, [0, 1, 2], (x) => (x - 127.5) * 0.0078125),
  );
});

test('the default is (x − 127.5) / 127.5', async () => {
  const pixels = randomPixels();
  const values = await embed(pixelRevealingNet({ width, height }), {}, pixels);
  assertValues(
    values,
    seen(pixels, [0, 1, 2], (x) => (x - 127.5) / 127.5),
  );
});

test('a model of bytes gets them unchanged, its channels swapped where it wants BGR', async () => {
  const pixels = randomPixels();
  const net = pixelRevealingNet({ width, height, elementType: 'uint8' });
  assertValues(
    await embed(net, {}, pixels),
    seen(pixels, [0, 1, 2], (x) => x),
  );
  assertValues(
    await embed(net, { channels: 'BGR' }, pixels),
    seen(pixels, [2, 1, 0], (x) => x),
  );
});

test('a float64 model is fed and read as float32', async () => {
  const pixels = randomPixels();
  const net = pixelRevealingNet({ width, height, elementType: 'float64' });
  assertValues(
    await embed(net, {}, pixels),
    seen(pixels, [0, 1, 2], (x) => (x - 127.5) / 127.5),
  );
});

test('a fixed batch stays fixed', async () => {
  const net = pixelRevealingNet({ width, height, batch: 2 });
  await assert.rejects(embed(net, {}, randomPixels()), (error) => isAppError(error, 'modelFailed'));
});

test('a model from before IR version 4, whose weights are inputs too, still runs', async () => {
  const net = pixelRevealingNet({ width, height, opset: 9 });
  const weightInputs = net.graph.initializers.map(({ name, dataType, dims }) => ({
    name,
    tensor: { elementType: dataType, shape: dims },
    other: [],
  }));
  const old: OnnxModel = {
    ...net,
    irVersion: 3,
    graph: { ...net.graph, inputs: [...net.graph.inputs, ...weightInputs] },
  };
  const pixels = randomPixels();
  assertValues(
    await embed(old, {}, pixels),
    seen(pixels, [0, 1, 2], (x) => (x - 127.5) / 127.5),
  );
});

test('only the embedding and its norm are left as outputs', () => {
  const net = normOutputNet({ width, height });
  const prepared = prependPreprocessing(net, profileOf(net, 'net.onnx', { path: '' }));
  assert.deepEqual(
    prepared.graph.outputs.map((output) => output.name),
    ['embedding', 'norm'],
  );
});

test('an operator set before 7 is refused', () => {
  const net = pixelRevealingNet({ opset: 6 });
  assert.throws(
    () => prependPreprocessing(net, profileOf(net, 'net.onnx', { path: '' })),
    (error) => isAppError(error, 'modelNotEmbedder') && error.message.includes('operator set 6'),
  );
});

function randomPixels(): Uint8Array {
  const random = new SeededRandom(5);
  return Uint8Array.from({ length: rows * height * width * 3 }, () => random.nextInt(256));
}

function embed(net: OnnxModel, override: Partial<ModelOverride>, pixels: Uint8Array): Promise<Float32Array> {
  return run(prependPreprocessing(net, profileOf(net, 'net.onnx', { path: '', ...override })), pixels);
}

async function run(model: OnnxModel, pixels: Uint8Array): Promise<Float32Array> {
  const session = await OnnxSession.open(netBytes(model), { provider: 'cpu' });
  try {
    const outputs = await session.run({
      [pixelInputName]: { data: pixels, shape: [rows, height, width, 3] },
    });
    const { data } = outputs[model.graph.outputs[0]!.name]!;
    assert.ok(data instanceof Float32Array);
    return data;
  } finally {
    await session.release();
  }
}

/** What `pixelRevealingNet` shows when channel c of the model is `channels[c]` of the image, through `value`. */
function seen(
  pixels: Uint8Array,
  channels: readonly number[],
  value: (x: number, image: Uint8Array) => number,
): number[] {
  const nBytes = width * height * 3;
  return Array.from({ length: rows }, (_, row) => {
    const image = pixels.subarray(row * nBytes, (row + 1) * nBytes);
    return revealedPixels(width, height).flatMap(([x, y]) =>
      channels.map((c) => value(image[(y * width + x) * 3 + c]!, image)),
    );
  }).flat();
}

function assertValues(actual: Float32Array, expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => {
    const difference = Math.abs(actual[i]! - value);
    assert.ok(difference <= 1e-5 * Math.max(1, Math.abs(value)), `value ${i}: ${actual[i]!} for ${value}`);
  });
}
