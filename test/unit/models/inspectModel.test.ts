import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ErrorCode, isAppError } from '../../../src/domain/appError.ts';
import type { ModelOverride } from '../../../src/domain/preprocessing.ts';
import { inspectModel } from '../../../src/models/inspectModel.ts';
import { onnxNode, valueInfo } from '../../../src/models/onnxBuild.ts';
import type { OnnxDim, OnnxModel } from '../../../src/models/onnxProto.ts';
import {
  netBytes,
  normOutputNet,
  noVectorNet,
  outputsNet,
  pixelRevealingNet,
  quantisedNet,
  smallConvNet,
  twoImageInputsNet,
} from '../../support/onnxNets.ts';

const signedUnit = { kind: 'affine', mean: 127.5, scale: 1 / 127.5 };

test('size, layout, batch, width of the embedding and output are read from the graph', () => {
  const profile = inspect(smallConvNet({ width: 40, height: 24, batch: 4, dim: 20 }));
  const { preprocessing } = profile;
  assert.deepEqual([preprocessing.width, preprocessing.height, preprocessing.layout], [40, 24, 'NCHW']);
  assert.deepEqual([profile.fixedBatch, profile.dim, profile.embeddingOutput], [4, 20, 'embedding']);
  assert.deepEqual([profile.normOutput, profile.quantised], [null, false]);
});

test('three channels in the last place are NHWC, and a symbolic batch is free', () => {
  const profile = inspect(pixelRevealingNet({ layout: 'NHWC', width: 9, height: 7 }));
  const { preprocessing } = profile;
  assert.deepEqual([preprocessing.width, preprocessing.height, preprocessing.layout], [9, 7, 'NHWC']);
  assert.equal(profile.fixedBatch, null);
});

test('where both places hold three, the first node tells the layout', () => {
  const shape: OnnxDim[] = ['N', 3, 8, 3];
  assert.equal(inspect(withInput(smallConvNet(), shape)).preprocessing.layout, 'NCHW');
  const transposed = withInput(smallConvNet(), shape);
  const nodes = [
    onnxNode('Transpose', ['image'], ['moved'], { perm: [0, 3, 1, 2] }),
    ...transposed.graph.nodes.slice(1),
  ];
  const model = { ...transposed, graph: { ...transposed.graph, nodes } };
  assert.equal(inspect(model).preprocessing.layout, 'NHWC');
});

test('a graph that subtracts and multiplies first is fed 0 to 255', () => {
  const profile = inspect(pixelRevealingNet({ normalisesItself: true }));
  assert.deepEqual(profile.preprocessing.normalisation, { kind: 'none' });
  assert.match(profile.why, /normalise 0 to 255 themselves/);
});

test('a graph that subtracts a half first is fed 0 to 1', () => {
  const model = pixelRevealingNet({ normalisesItself: true });
  const initializers = model.graph.initializers.map((tensor) =>
    tensor.name === 'mean' ? { ...tensor, rawData: new Uint8Array(Float32Array.of(0.5).buffer) } : tensor,
  );
  const profile = inspect({ ...model, graph: { ...model.graph, initializers } });
  assert.deepEqual(profile.preprocessing.normalisation, { kind: 'affine', mean: 0, scale: 1 / 255 });
});

test('a subtraction deeper in the graph is no normalisation of the image', () => {
  assert.deepEqual(inspect(smallConvNet()).preprocessing.normalisation, signedUnit);
});

test('dynamic quantisation is seen', () => {
  assert.equal(inspect(quantisedNet()).quantised, true);
});

test('a second output that is the norm of the first makes it AdaFace: BGR, and the norm is kept', () => {
  const profile = inspect(normOutputNet());
  assert.deepEqual([profile.family, profile.preprocessing.channels], ['adaface', 'BGR']);
  assert.deepEqual([profile.embeddingOutput, profile.normOutput], ['embedding', 'norm']);
});

test('our own baseline is recognised by its metadata, with few components too', () => {
  const model = smallConvNet({ dim: 5, metadata: { 'attribute_lens.family': 'eigenfaces' } });
  const profile = inspect(model);
  assert.deepEqual([profile.family, profile.dim], ['eigenfaces', 5]);
  assert.deepEqual(profile.preprocessing.normalisation, { kind: 'none' });
});

test('a trailing 1 × 1 of the output still is a vector', () => {
  assert.equal(inspect(outputsNet([['embedding', ['N', 512, 1, 1]]])).dim, 512);
});

test('an output of symbolic width is a vector whose width the first run tells', () => {
  assert.equal(inspect(outputsNet([['embedding', ['N', 'width']]])).dim, null);
});

test('settings win, and the reason says so', () => {
  const override = { family: 'facenet', channels: 'BGR', mean: 100, scale: 0.5, metric: 'cosine' } as const;
  const { family, preprocessing, metric, why } = inspect(pixelRevealingNet(), override);
  assert.deepEqual([family, preprocessing.channels, metric], ['facenet', 'BGR', 'cosine']);
  assert.deepEqual(preprocessing.normalisation, { kind: 'affine', mean: 100, scale: 0.5 });
  assert.equal(why, 'The settings say so; the settings decide channels, mean, scale, metric.');
});

test('a size the graph leaves free comes from the settings, else from the family', () => {
  const model = withInput(smallConvNet(), ['N', 3, 'h', 'w']);
  const { preprocessing } = inspect(model, { width: 96 });
  assert.deepEqual([preprocessing.width, preprocessing.height], [96, 112]);
});

const refusals: readonly (readonly [
  what: string,
  model: OnnxModel,
  override: Partial<ModelOverride>,
  code: ErrorCode,
  says: RegExp,
])[] = [
  [
    'two image inputs',
    twoImageInputsNet(),
    {},
    'modelNotEmbedder',
    /2 image inputs \(«left» \[N, 3, 8, 8\], «right»/,
  ],
  ['a second input', withSecondInput(), {}, 'modelNotEmbedder', /2 inputs .*«phase_train» \[\]/],
  ['a feature map', noVectorNet(), {}, 'modelNotEmbedder', /no vector for each image: «map» \[N, 3, 8, 8\]/],
  [
    'three scores',
    outputsNet([['scores', ['N', 3]]]),
    {},
    'modelNotEmbedder',
    /output has 3 values: a classifier, not an embedder/,
  ],
  ['nine outputs', outputsNet(detectorOutputs()), {}, 'modelNotEmbedder', /9 outputs: a detector/],
  [
    'two embeddings',
    outputsNet([
      ['a', ['N', 64]],
      ['b', ['N', 64]],
    ]),
    {},
    'modelNotEmbedder',
    /2 outputs that could be the embedding.*set «output»/,
  ],
  ['a softmax', softmaxNet(), {}, 'modelNotEmbedder', /ends in Softmax/],
  [
    'grey images',
    withInput(smallConvNet(), ['N', 1, 8, 8]),
    {},
    'modelNotEmbedder',
    /\[N, 1, 8, 8\]: no size is 3/,
  ],
  [
    'a flat input',
    withInput(smallConvNet(), ['N', 3]),
    {},
    'modelNotEmbedder',
    /\[N, 3\]; an image has four sizes/,
  ],
  ['integer pixels', integerInput(), {}, 'modelNotEmbedder', /element type 7/],
  [
    'another size in the settings',
    pixelRevealingNet(),
    { width: 9 },
    'settingInvalid',
    /say width 9, .* width 8/,
  ],
  [
    'another layout in the settings',
    pixelRevealingNet(),
    { layout: 'NHWC' },
    'settingInvalid',
    /layout NHWC/,
  ],
  [
    'an unknown output',
    pixelRevealingNet(),
    { output: 'x' },
    'settingInvalid',
    /no output «x»; it has «embedding»/,
  ],
  [
    'a scale for bytes',
    pixelRevealingNet({ elementType: 'uint8' }),
    { scale: 2 },
    'settingInvalid',
    /takes bytes as they are/,
  ],
];

for (const [what, model, override, code, says] of refusals) {
  test(`${what}: refused with ${code}`, () => {
    assert.throws(
      () => inspect(model, override),
      (error) => isAppError(error, code) && says.test(error.message),
    );
  });
}

test('a setting names one of two embeddings', () => {
  const model = outputsNet([
    ['a', ['N', 64]],
    ['b', ['N', 32]],
  ]);
  assert.equal(inspect(model, { output: 'b' }).dim, 32);
});

function inspect(model: OnnxModel, override: Partial<ModelOverride> = {}) {
  return inspectModel(netBytes(model), 'model.onnx', { path: '/models/model.onnx', ...override });
}

function withInput(model: OnnxModel, shape: readonly OnnxDim[]): OnnxModel {
  return { ...model, graph: { ...model.graph, inputs: [valueInfo('image', 'float32', shape)] } };
}

function withSecondInput(): OnnxModel {
  const model = smallConvNet();
  const inputs = [...model.graph.inputs, valueInfo('phase_train', 'float32', [])];
  return { ...model, graph: { ...model.graph, inputs } };
}

function integerInput(): OnnxModel {
  const model = smallConvNet();
  return { ...model, graph: { ...model.graph, inputs: [valueInfo('image', 'int64', ['N', 3, 8, 8])] } };
}

function softmaxNet(): OnnxModel {
  const model = outputsNet([['embedding', ['N', 100]]]);
  return { ...model, graph: { ...model.graph, nodes: [onnxNode('Softmax', ['image'], ['embedding'])] } };
}

function detectorOutputs(): (readonly [string, readonly OnnxDim[]])[] {
  return [1, 4, 10].flatMap((width) =>
    [8, 16, 32].map((stride) => [`${width}_${stride}`, [null, width]] as const),
  );
}
