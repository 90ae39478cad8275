import assert from 'node:assert/strict';
import { test } from 'node:test';
import { float16Bits, float16Value } from '../../../src/models/float16.ts';
import { toHalfPrecision } from '../../../src/models/halfPrecision.ts';
import { float32Tensor, onnxGraph, onnxModel, onnxNode, valueInfo } from '../../../src/models/onnxBuild.ts';
import { decodeModel, encodeModel, type OnnxTensor, tensorTypes } from '../../../src/models/onnxProto.ts';

test('numbers are rounded to the nearest half, ties to even', () => {
  const bits: readonly (readonly [number, number])[] = [
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65520, 0x7c00],
    [Infinity, 0x7c00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [1.5 * 2 ** -25, 0x0001],
    [2 ** -15, 0x0200],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [2 - 2 ** -12, 0x4000],
    [1 / 3, 0x3555],
  ];
  for (const [value, expected] of bits) assert.equal(float16Bits(value), expected, String(value));
  assert.ok(Number.isNaN(float16Value(float16Bits(NaN))));
});

test('every half is its own nearest', () => {
  for (let word = 0; word < 0x7c00; word++) assert.equal(float16Bits(float16Value(word)), word);
});

const weights = float32Tensor('w', [2, 2], [1, -0.5, 1 / 3, 2]);

function net(nodes = [onnxNode('MatMul', ['x', 'w'], ['y'])], initializers: OnnxTensor[] = [weights]) {
  return onnxModel(
    onnxGraph({
      name: 'net',
      nodes,
      initializers,
      inputs: [valueInfo('x', 'float32', ['n', 2])],
      outputs: [valueInfo('y', 'float32', ['n', 2])],
    }),
    { opset: 13 },
  );
}

test('weights, input, outputs and casts become half, and the model is written and read again', () => {
  const half = toHalfPrecision(
    net([onnxNode('Cast', ['x'], ['c'], { to: 1 }), onnxNode('MatMul', ['c', 'w'], ['y'])]),
  );
  assert.ok(half.isPossible);
  const { graph } = decodeModel(encodeModel(half.model));
  assert.equal(graph.initializers[0]!.dataType, tensorTypes.float16);
  assert.deepEqual(
    [...new Uint16Array(graph.initializers[0]!.rawData!.slice().buffer)],
    [0x3c00, 0xb800, 0x3555, 0x4000],
  );
  assert.equal(graph.nodes[0]!.attributes[0]!.i, 10n);
  assert.deepEqual(
    [graph.inputs[0], graph.outputs[0]].map((info) => info!.tensor!.elementType),
    [10, 10],
  );
});

test('what an operator wants as float32 stays so', () => {
  const scales = float32Tensor('s', [2], [1, 2]);
  const half = toHalfPrecision(net([onnxNode('Resize', ['x', '', 's'], ['y'])], [scales]));
  assert.ok(half.isPossible);
  assert.equal(half.model.graph.initializers[0]!.dataType, tensorTypes.float32);
});

test('a model that cannot be halved says why', () => {
  const refusal = (model: ReturnType<typeof net>) => {
    const half = toHalfPrecision(model);
    return half.isPossible ? '' : half.reason;
  };
  assert.match(refusal(net([onnxNode('QuantizeLinear', ['x', 'w'], ['y'])])), /QuantizeLinear/);
  assert.match(
    refusal(net(undefined, [float32Tensor('w', [2, 2], [1, 1e5, 0, 0])])),
    /«w» has values beyond 65504/,
  );
});
