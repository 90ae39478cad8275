import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelFamily, Normalisation } from '../../../src/domain/preprocessing.ts';
import {
  familyRules,
  type FamilyRule,
  type ModelEvidence,
  recogniseFamily,
} from '../../../src/models/modelFamilies.ts';

const nothing: ModelEvidence = {
  scalesFrom: null,
  quantised: false,
  hasPRelu: false,
  hasInceptionBranches: false,
  hasGlobalDepthwise: false,
  layout: 'NCHW',
  height: 112,
  width: 112,
  dim: 512,
  layerWidth: 512,
  isUnit: false,
  hasNormOutput: false,
  declaredFamily: undefined,
  fileName: 'model.onnx',
};
const side160 = { width: 160, height: 160 };

const cases: readonly (readonly [
  what: string,
  evidence: Partial<ModelEvidence>,
  ModelFamily,
  says: RegExp,
])[] = [
  ['112 × 112, 512 values, PRelu', { hasPRelu: true }, 'arcface', /112 × 112, 512 values out and PRelu/],
  [
    'the same in a file named adaface',
    { hasPRelu: true, fileName: 'adaface_ir50.onnx' },
    'adaface',
    /file name says/,
  ],
  [
    'the same in a file named sphereface',
    { fileName: 'SphereFace-R.onnx' },
    'sphereface-r',
    /file name says/,
  ],
  ['512 values without PRelu', {}, 'generic', /usual preprocessing is assumed/],
  ['160 × 160', side160, 'facenet', /160 × 160, 512 values out .* facenet-pytorch/],
  ['160 × 160 NHWC', { ...side160, layout: 'NHWC' }, 'facenet', /NHWC and raw values for keras-facenet 2018/],
  [
    '160 × 160 NHWC, unit',
    { ...side160, layout: 'NHWC', isUnit: true },
    'facenet',
    /unit values for facenet 2018 in TensorFlow/,
  ],
  ['160 × 160 NHWC, 128 values', { ...side160, layout: 'NHWC', dim: 128 }, 'facenet', /keras-facenet 2017/],
  [
    'Inception branches of free size',
    { width: null, height: null, hasInceptionBranches: true },
    'facenet',
    /branches of Inception-ResNet/,
  ],
  ['160 × 160 with 100 values', { ...side160, dim: 100 }, 'generic', /100 values/],
  ['128 values and own scaling', { dim: 128, scalesFrom: 255 }, 'sface', /normalises them itself/],
  [
    '128 values in a file named sface',
    { dim: 128, fileName: 'face_recognition_sface.onnx' },
    'sface',
    /file name says/,
  ],
  [
    '128 values in a file named sphereface',
    { dim: 128, fileName: 'sphereface.onnx' },
    'generic',
    /128 values/,
  ],
  [
    '128 values after a global depthwise convolution',
    { dim: 128, hasGlobalDepthwise: true },
    'mobilefacenet',
    /whose authors divide by 128/,
  ],
  [
    'an undeclared width whose last layer has 128',
    { dim: null, layerWidth: 128, hasGlobalDepthwise: true },
    'mobilefacenet',
    /128 values out/,
  ],
  [
    '512 values after a global depthwise convolution',
    { hasGlobalDepthwise: true, hasPRelu: true },
    'arcface',
    /PRelu/,
  ],
  ['128 values', { dim: 128 }, 'generic', /112 × 112 NCHW and 128 values out/],
  ['a norm output', { hasNormOutput: true, fileName: 'sface.onnx' }, 'adaface', /norm of the embedding/],
  ['our metadata', { declaredFamily: 'eigenfaces', ...side160 }, 'eigenfaces', /metadata/],
  ['a file name against the graph', { ...side160, fileName: 'adaface.onnx' }, 'facenet', /FaceNet/],
];

for (const [what, evidence, family, says] of cases) {
  test(`${what}: ${family}`, () => {
    const match = recogniseFamily({ ...nothing, ...evidence });
    assert.equal(match.family, family);
    assert.match(match.why, says);
  });
}

const signedUnit: Normalisation = { kind: 'affine', mean: 127.5, scale: 1 / 127.5 };
const by128: Normalisation = { kind: 'affine', mean: 127.5, scale: 1 / 128 };
const table: readonly (readonly [
  ModelFamily,
  Partial<ModelEvidence>,
  number,
  'RGB' | 'BGR',
  Normalisation,
  string,
])[] = [
  ['arcface', {}, 112, 'RGB', signedUnit, 'cosine'],
  ['adaface', {}, 112, 'BGR', signedUnit, 'cosine'],
  ['sphereface-r', {}, 112, 'RGB', signedUnit, 'cosine'],
  ['facenet', { layout: 'NHWC' }, 160, 'RGB', signedUnit, 'euclidean'],
  ['facenet', { layout: 'NHWC', dim: 128 }, 160, 'RGB', { kind: 'prewhiten' }, 'euclidean'],
  ['facenet', { layout: 'NHWC', isUnit: true }, 160, 'RGB', by128, 'euclidean'],
  ['facenet', { isUnit: true }, 160, 'RGB', by128, 'euclidean'],
  ['facenet', {}, 160, 'RGB', by128, 'euclidean'],
  ['mobilefacenet', { dim: 128 }, 112, 'RGB', by128, 'cosine'],
  ['sface', { dim: 128 }, 112, 'RGB', { kind: 'none' }, 'cosine'],
];

for (const [family, evidence, size, channels, normalisation, metric] of table) {
  const { layout, dim, isUnit } = { ...nothing, ...evidence };
  test(`${family} of ${layout} and ${dim ?? 0} ${isUnit ? 'unit' : 'raw'} values is preprocessed as its authors do`, () => {
    const rule: FamilyRule = familyRules[family];
    assert.deepEqual(
      [rule.size, rule.channels, rule.normalisation({ layout, dim, isUnit }), rule.metric],
      [size, channels, normalisation, metric],
    );
  });
}
