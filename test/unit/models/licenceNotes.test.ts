import assert from 'node:assert/strict';
import { test } from 'node:test';
import { licenceNote } from '../../../src/models/licenceNotes.ts';
import { float32Tensor, onnxNode } from '../../../src/models/onnxBuild.ts';
import type { OnnxModel } from '../../../src/models/onnxProto.ts';
import { smallConvNet } from '../../support/onnxNets.ts';

const unknownDigest = '0'.repeat(64);

test('published files are known by their digest', () => {
  const w600k = '4c06341c33c2ca1f86781dab0e829f88ad5b64be9fba56e56bc9ebdefc619e43';
  const sface = '0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79';
  assert.match(licenceNote(w600k, smallConvNet()) ?? '', /^InsightFace .* non-commercial research only/);
  assert.match(licenceNote(sface, smallConvNet()) ?? '', /Apache License 2\.0/);
});

test('names in the graph tell whose code made it, and the note claims no more', () => {
  const arcface = withNames(['features.running_mean', 'fc.bias'], []);
  assert.match(licenceNote(unknownDigest, arcface) ?? '', /named as in InsightFace.*non-commercial/);
  const facenet = withNames([], ['/repeat_1/repeat_1.0/branch0/conv/Conv', '/last_bn/BatchNormalization']);
  assert.match(licenceNote(unknownDigest, facenet) ?? '', /facenet-pytorch.*MIT.*VGGFace2/);
});

test('of anything else nothing is known', () => {
  assert.equal(licenceNote(unknownDigest, smallConvNet()), null);
  assert.equal(licenceNote(unknownDigest, withNames(['fc.bias'], ['/last_linear/MatMul'])), null);
});

function withNames(tensors: readonly string[], nodes: readonly string[]): OnnxModel {
  const model = smallConvNet();
  return {
    ...model,
    graph: {
      ...model.graph,
      initializers: [...model.graph.initializers, ...tensors.map((name) => float32Tensor(name, [1], [0]))],
      nodes: [
        ...model.graph.nodes,
        ...nodes.map((name) => ({ ...onnxNode('Identity', ['image'], ['x']), name })),
      ],
    },
  };
}
