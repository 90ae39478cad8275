import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspectionText } from '../../../src/cli/printInspection.ts';
import type { ModelInspection } from '../../../src/protocol/jobs.ts';

const inspection: ModelInspection = {
  name: 'r50',
  sha256: 'ab'.repeat(32),
  nBytes: 1_234_567,
  profile: {
    family: 'adaface',
    why: 'A second output is the norm of the embedding, as in AdaFace.',
    preprocessing: {
      width: 112,
      height: 112,
      layout: 'NCHW',
      channels: 'BGR',
      normalisation: { kind: 'affine', mean: 127.5, scale: 1 / 127.5 },
    },
    metric: 'cosine',
    embeddingOutput: 'feature',
    normOutput: 'norm',
    dim: 512,
    fixedBatch: 4,
    quantised: false,
    flip: true,
  },
  opset: null,
  producer: '',
  nParameters: 43_590_976,
  inputs: [{ name: 'image', elementType: 'float32', shape: [4, 3, 112, 112] }],
  outputs: [
    { name: 'feature', elementType: 'float32', shape: [4, 512] },
    { name: 'norm', elementType: 'float32', shape: [4, 1] },
    { name: 'map', elementType: 'float32', shape: ['N', '?'] },
  ],
  operators: [
    { name: 'Conv', count: 53 },
    { name: 'PRelu', count: 25 },
  ],
  licenceNote: null,
  notes: ['the batch is 4 instead of 32: its batch is fixed at 4.'],
  selfTest: {
    nFaces: 36,
    dim: 512,
    nNotFinite: 0,
    isConstant: false,
    norm: { min: 18.25, mean: 21.5, max: 25 },
    meanWithin: 0.1254,
    meanBetween: 0.4921,
    passed: true,
    problems: [],
  },
  speed: [
    { provider: 'cpu', batchSize: 4, imagesPerSecond: 21.049, agreement: null },
    { provider: 'webgpu', batchSize: 4, imagesPerSecond: 12345.4, agreement: 0.9999981 },
  ],
  refused: [{ provider: 'cuda', reason: 'no device.' }],
};

test('a model is told in words, line by line', () => {
  assert.equal(
    inspectionText(inspection),
    [
      'r50',
      'family      adaface, compared by cosine distance',
      'why         A second output is the norm of the embedding, as in AdaFace.',
      'image       resized to 112 × 112, BGR, NCHW, (x − 127.5) · 0.00784314, added to its mirror image before anything is normalised',
      'input       image float32 [4, 3, 112, 112]',
      'output      feature float32 [4, 512], the embedding',
      'output      norm float32 [4, 1], its norm',
      'output      map float32 [N, ?], not used',
      'batch       fixed at 4',
      'parameters  43\u2009590\u2009976',
      'operators   53 Conv, 25 PRelu',
      'file        1\u2009234\u2009567 bytes, opset unknown, written by an unknown tool',
      `sha256      ${'ab'.repeat(32)}`,
      'licence     Unknown: ask whoever published the weights.',
      'note        the batch is 4 instead of 32: its batch is fixed at 4.',
      '',
      'Self-test with 36 drawn faces: passed',
      'vectors of 512 values, norms from 18.25 to 25.00, 21.50 on average',
      'mean cosine distance 0.125 within a person, 0.492 between people',
      '',
      'provider  batch  images/s  smallest cosine to the CPU',
      'cpu           4      21.0',
      'webgpu        4     12345  0.999998',
      'cuda was refused: no device.',
    ].join('\n'),
  );
});

test('a failed self-test says what is amiss, and no figure that does not exist', () => {
  const text = inspectionText({
    ...inspection,
    selfTest: {
      ...inspection.selfTest,
      norm: null,
      meanWithin: null,
      meanBetween: null,
      passed: false,
      problems: ['36 of 36 vectors hold values that are not finite.'],
    },
  });
  assert.match(
    text,
    /^Self-test with 36 drawn faces: failed\n· 36 of 36 .*\nvectors of 512 values, none of them finite\n\n/m,
  );
});

test('what decides the batch is said', () => {
  const withProfile = (change: Partial<ModelInspection['profile']>) =>
    inspectionText({ ...inspection, profile: { ...inspection.profile, ...change } });
  assert.match(withProfile({ fixedBatch: null }), /^batch {7}free$/m);
  assert.match(withProfile({ quantised: true }), /^batch {7}1: it is quantised dynamically/m);
});
