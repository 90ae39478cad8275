import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import {
  float32Tensor,
  int64Tensor,
  onnxAttribute,
  onnxNode,
  valueInfo,
} from '../../../src/models/onnxBuild.ts';
import { decodeModel, encodeModel, type OnnxModel } from '../../../src/models/onnxProto.ts';
import { MessageWriter, joinChunks, readFields } from '../../../src/models/protobuf.ts';
import { netBytes, normOutputNet, smallConvNet } from '../../support/onnxNets.ts';

test('a model that was read is written back byte for byte', () => {
  const bytes = netBytes(smallConvNet());
  assert.deepEqual(encodeModel(decodeModel(bytes)), bytes);
});

test('a model whose every part was copied is encoded to the same bytes', () => {
  const bytes = netBytes(normOutputNet({ metadata: { key: 'value' } }));
  const copy = copied(decodeModel(bytes));
  assert.deepEqual(encodeModel(copy), bytes);
});

test('a copied node that was changed is written with the change', () => {
  const model = decodeModel(netBytes(smallConvNet()));
  const nodes = model.graph.nodes.map((node) => ({ ...node, name: 'renamed' }));
  const again = decodeModel(encodeModel({ ...model, graph: { ...model.graph, nodes } }));
  assert.deepEqual(new Set(again.graph.nodes.map(({ name }) => name)), new Set(['renamed']));
});

test('weights are views of the file, not copies', () => {
  const bytes = netBytes(smallConvNet());
  for (const tensor of decodeModel(bytes).graph.initializers)
    assert.equal(tensor.rawData?.buffer, bytes.buffer, tensor.name);
});

test('fields nobody knows survive, at every level', () => {
  const unknown = readFields(joinChunks(new MessageWriter().text(90, 'from the future').chunks()));
  const model = smallConvNet();
  const { graph } = model;
  const marked: OnnxModel = {
    ...model,
    other: unknown,
    graph: {
      ...graph,
      other: unknown,
      nodes: graph.nodes.map((node) => ({
        ...node,
        other: unknown,
        attributes: node.attributes.map((attribute) => ({ ...attribute, other: unknown })),
      })),
      initializers: graph.initializers.map((tensor) => ({ ...tensor, other: unknown })),
      inputs: graph.inputs.map((input) => ({ ...input, other: unknown })),
    },
  };
  const bytes = encodeModel(marked);
  const again = copied(decodeModel(bytes));
  assert.equal(again.graph.nodes[0]?.other[0]?.number, 90);
  assert.deepEqual(encodeModel(again), bytes);
});

test('a field is encoded as the protobuf documentation has it', () => {
  // https://protobuf.dev/programming-guides/encoding: field 1 = 150 is 08 96 01, field 2 = "testing".
  const bytes = joinChunks(new MessageWriter().text(2, 'testing').int(1, 150).chunks());
  assert.equal(Buffer.from(bytes).toString('hex'), '089601120774657374696e67');
});

test('negative and large whole numbers keep their value', () => {
  const values = [-1, 0, 2 ** 40, -(2 ** 53 - 1)];
  const model = smallConvNet();
  const node = onnxNode('Constant', [], ['x'], {
    value: int64Tensor('', [4], values),
    axes: values,
    big: 2n ** 62n,
  });
  const again = decodeModel(encodeModel({ ...model, graph: { ...model.graph, nodes: [node] } }));
  const [tensor, axes, big] = again.graph.nodes[0]!.attributes;
  assert.deepEqual(axes?.ints.map(Number), values);
  assert.equal(big?.i, 2n ** 62n);
  assert.deepEqual(new BigInt64Array(tensor!.t!.rawData!.slice().buffer), BigInt64Array.from(values, BigInt));
});

test('attributes of every built kind come back', () => {
  const tensor = float32Tensor('t', [2], [1.5, -2]);
  const values = {
    int: 0,
    text: 'SAME',
    ints: [0, 3],
    float: { float: 0.25 },
    floats: { floats: [1, 0.5] },
    tensor,
  };
  const model = smallConvNet();
  const nodes = [onnxNode('Any', [], ['x'], values)];
  const [node] = decodeModel(encodeModel({ ...model, graph: { ...model.graph, nodes } })).graph.nodes;
  const expected = Object.entries(values).map(([name, value]) => onnxAttribute(name, value));
  assert.deepEqual(node?.attributes, expected);
});

test('shapes keep fixed, symbolic and unknown sizes apart, and an undeclared rank', () => {
  const model = smallConvNet();
  const outputs = [
    valueInfo('a', 'float32', [1, 'batch', null]),
    valueInfo('b', 'uint8', []),
    { name: 'c', tensor: { elementType: 1, shape: null }, other: [] },
  ];
  const again = decodeModel(encodeModel({ ...model, graph: { ...model.graph, outputs } }));
  assert.deepEqual(again.graph.outputs, outputs);
});

test('a tensor with another number of values than its shape is refused', () => {
  assert.throws(() => float32Tensor('w', [2, 3], [1, 2, 3]), /«w» of 2 × 3 got 3 values/);
});

const foreign: readonly (readonly [what: string, bytes: Uint8Array, says: RegExp])[] = [
  ['an HTML page', Buffer.from('<!DOCTYPE html><html><body>Sign in</body></html>'), /is an HTML page/],
  [
    'a git-LFS pointer',
    Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0'),
    /git lfs pull/,
  ],
  ['a PyTorch archive', Buffer.from('PK\u0003\u0004archive/data.pkl'), /ZIP archive/],
  ['an empty file', new Uint8Array(0), /is empty/],
  ['random bytes', Uint8Array.from({ length: 64 }, (_, i) => (i * 151 + 44) & 255), /64 bytes/],
  [
    'a message of another format',
    joinChunks(new MessageWriter().int(1, 7).chunks()),
    /its graph has no nodes/,
  ],
  ['a model cut off in its weights', netBytes(smallConvNet()).subarray(0, 5000), /a field of \d+ bytes/],
];

for (const [what, bytes, says] of foreign) {
  test(`${what} is refused as no ONNX model`, () => {
    assert.throws(
      () => decodeModel(bytes),
      (error) => isAppError(error, 'modelNotOnnx') && says.test(error.message),
    );
  });
}

/** The same values in new objects, so that nothing remembers the bytes it came from. */
function copied<T>(value: T): T {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => copied(item)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copied<unknown>(item)])) as T;
}
