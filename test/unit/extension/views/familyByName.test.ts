import assert from 'node:assert/strict';
import { test } from 'node:test';
import { familyByName } from '../../../../src/extension/views/familyByName.ts';

test('a family is told by the names that weights usually have', () => {
  const families: Readonly<Record<string, string | null>> = {
    'w600k_r50.onnx': 'arcface',
    'w600k_mbf.onnx': 'mobilefacenet',
    'R100.onnx': 'arcface',
    'arcface-resnet.onnx': 'arcface',
    'adaface_ir101_webface4m.onnx': 'adaface',
    'facenet-vggface2.onnx': 'facenet',
    'MobileFaceNet.onnx': 'mobilefacenet',
    'face_recognition_sface_2021dec.onnx': 'sface',
    'sphereface-r.onnx': 'sphereface-r',
    'img-eigenfaces.onnx': 'eigenfaces',
    'det_10g.onnx': 'face detector',
    'face_detection_yunet_2023mar.onnx': 'face detector',
    'checkpoint-12.onnx': null,
    'r2d2.onnx': null,
  };
  for (const [name, family] of Object.entries(families)) assert.equal(familyByName(name), family, name);
});
