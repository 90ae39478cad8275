import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelStructure } from '../../../src/models/modelStructure.ts';
import { float32Tensor, int64Tensor, onnxAttribute, onnxNode } from '../../../src/models/onnxBuild.ts';
import { decodeModel, type OnnxModel } from '../../../src/models/onnxProto.ts';
import { netBytes, outputsNet, quantisedNet, smallConvNet } from '../../support/onnxNets.ts';

test('parameters, operators, shapes and types are those of the file', () => {
  const structure = modelStructure(decodeModel(netBytes(smallConvNet({ dim: 16, opset: 17 }))));
  assert.deepEqual([structure.opset, structure.producer], [17, 'attribute-lens']);
  assert.deepEqual(structure.inputs, [{ name: 'image', elementType: 'float32', shape: ['N', 3, 32, 32] }]);
  assert.deepEqual(structure.outputs, [{ name: 'embedding', elementType: 'float32', shape: ['N', 16] }]);
  assert.deepEqual(structure.operators, [
    { name: 'Conv', count: 2 },
    { name: 'Flatten', count: 1 },
    { name: 'Gemm', count: 1 },
    { name: 'PRelu', count: 1 },
    { name: 'Relu', count: 1 },
  ]);
  // Two convolutions, a slope each, and 16 × 1024 with a bias.
  const expected = 16 * 3 * 9 + 16 + 16 + 16 * 16 * 9 + 16 + 16 * 16 * 64 + 16;
  assert.equal(structure.nParameters, expected);
});

test('whole weights of a quantised model count; shapes and indices do not', () => {
  assert.equal(modelStructure(quantisedNet({ dim: 16 })).nParameters, 192 * 16 + 1);
  const net = smallConvNet();
  const before = modelStructure(net).nParameters;
  const more = [...net.graph.initializers, int64Tensor('shape', [4], [1, 2, 3, 4])];
  assert.equal(modelStructure({ ...net, graph: { ...net.graph, initializers: more } }).nParameters, before);
});

test('weights in Constant nodes and in branches are found', () => {
  const net = smallConvNet();
  const constant = onnxNode('Constant', [], ['c'], { value: float32Tensor('', [5], [1, 2, 3, 4, 5]) });
  const branch = {
    ...net.graph,
    nodes: [constant],
    initializers: [float32Tensor('w', [7], new Float32Array(7))],
  };
  const choice = {
    ...onnxNode('If', ['condition'], ['out']),
    domain: 'com.example',
    attributes: [{ ...onnxAttribute('then_branch', 0), type: 5, i: null, g: branch }],
  };
  const model: OnnxModel = { ...net, graph: { ...net.graph, nodes: [...net.graph.nodes, constant, choice] } };
  const structure = modelStructure(model);
  assert.equal(structure.nParameters, modelStructure(net).nParameters + 5 + 12);
  assert.deepEqual(
    structure.operators.filter(({ name }) => /Constant|If/.test(name)),
    [
      { name: 'Constant', count: 2 },
      { name: 'com.example.If', count: 1 },
    ],
  );
});

test('what a file leaves open is said so', () => {
  const model = outputsNet([['a', [null, 5]]]);
  const unknown = { name: 'b', tensor: { elementType: 9, shape: null }, other: [] };
  const noTensor = { name: 'c', tensor: null, other: [] };
  const outputs = [...model.graph.outputs, unknown, noTensor];
  const structure = modelStructure({
    ...model,
    opsets: [],
    producerName: '',
    graph: { ...model.graph, outputs },
  });
  assert.deepEqual([structure.opset, structure.producer], [null, '']);
  assert.deepEqual(
    structure.outputs.map(({ elementType, shape }) => [elementType, ...shape]),
    [
      ['float32', '?', 5],
      ['bool', '…'],
      ['unknown', '…'],
    ],
  );
});
