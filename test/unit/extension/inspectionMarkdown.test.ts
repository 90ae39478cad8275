import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inert, inspectionMarkdown } from '../../../src/extension/inspectionMarkdown.ts';
import type { Translate } from '../../../src/extension/jobProgress.ts';
import type { ModelInspection } from '../../../src/protocol/jobs.ts';

const english: Translate = (message, ...args) =>
  message.replace(/\{(\d)\}/g, (_, index: string) => String(args[Number(index)]));

const inspection: ModelInspection = {
  name: 'w600k_r50',
  sha256: 'ab'.repeat(32),
  nBytes: 174_383_860,
  profile: {
    family: 'arcface',
    why: 'PReLU and a 512-wide head.',
    preprocessing: {
      width: 112,
      height: 112,
      layout: 'NCHW',
      channels: 'RGB',
      normalisation: { kind: 'affine', mean: 127.5, scale: 1 / 127.5 },
    },
    metric: 'cosine',
    embeddingOutput: '683',
    normOutput: null,
    dim: 512,
    fixedBatch: null,
    quantised: false,
    flip: false,
  },
  opset: 11,
  producer: 'pytorch 1.10',
  nParameters: 43_590_976,
  inputs: [{ name: 'input.1', elementType: 'float32', shape: ['', 3, 112, 112] }],
  outputs: [{ name: '683', elementType: 'float32', shape: ['batch', 512] }],
  operators: [
    { name: 'Conv', count: 53 },
    { name: 'PRelu', count: 25 },
  ],
  licenceNote: 'For research only.',
  notes: [],
  selfTest: {
    nFaces: 24,
    dim: 512,
    nNotFinite: 0,
    isConstant: false,
    norm: { min: 17.123456, mean: 20.5, max: 24 },
    meanWithin: 0.25,
    meanBetween: 0.9876543,
    passed: true,
    problems: [],
  },
  speed: [
    { provider: 'cpu', batchSize: 1, imagesPerSecond: 12.3456, agreement: null },
    { provider: 'cuda', batchSize: 32, imagesPerSecond: 2345.6, agreement: 0.99999912 },
  ],
  refused: [{ provider: 'webgpu', reason: 'Failed to get a WebGPU adapter.' }],
};

const markdown = (changes: Partial<ModelInspection> = {}) =>
  inspectionMarkdown({ ...inspection, ...changes }, english, 'en');
/** What a reader sees of it. */
const shown = (changes?: Partial<ModelInspection>) => markdown(changes).replaceAll('\\', '');

test('the document says in words what the model is and what is done to an image', () => {
  const text = shown();
  assert.match(text, /^# w600k_r50\n/);
  assert.ok(text.includes('| Family | arcface |'));
  assert.ok(text.includes('| Why | PReLU and a 512-wide head. |'));
  assert.ok(text.includes('| Each image is | resized to 112 × 112, RGB, NCHW, (x − 127.5) · 0.00784314 |'));
  assert.ok(text.includes('| Embedding | 683, 512 wide |'));
  assert.ok(text.includes('| Batch | any size |'));
  assert.ok(text.includes('| Parameters | 43,590,976 |'));
  assert.ok(text.includes('| Size | 174.4 MB |'));
  assert.ok(text.includes('| input | input.1 | float32 | ? × 3 × 112 × 112 |'));
  assert.ok(text.includes('| output | 683 | float32 | batch × 512 |'));
  assert.ok(text.includes('| Conv | 53 |'));
  assert.ok(text.includes('**Licence:** For research only.'));
  assert.ok(!text.includes('## Notes'));
});

test('the self-test is told with its measures', () => {
  const text = shown();
  assert.ok(text.includes('The self-test on 24 drawn faces passed.'));
  assert.ok(text.includes('| Norms | 17.12 to 24, mean 20.5 |'));
  assert.ok(text.includes('| Mean distance of one person’s images (cosine) | 0.25 |'));
  assert.ok(text.includes('| Mean distance of two people’s images (cosine) | 0.9877 |'));
});

test('what the self-test found amiss comes before everything but the name', () => {
  const text = shown({
    selfTest: {
      ...inspection.selfTest,
      passed: false,
      problems: ['All faces gave one vector.', 'There is NaN.'],
      norm: null,
      meanWithin: null,
    },
  });
  assert.match(
    text,
    /^# w600k_r50\n\n> \*\*The self-test failed\.\*\*\n>\n> - All faces gave one vector\.\n> - There is NaN\.\n/,
  );
  assert.ok(text.includes('| Norms | – |'));
  assert.ok(!text.includes('passed'));
});

test('speed is a table of providers with their agreement, and says who did not run', () => {
  const text = shown();
  assert.ok(text.includes('| cpu | 1 | 12.35 | – |'));
  assert.ok(text.includes('| cuda | 32 | 2,346 | 0.9999991 |'));
  assert.ok(text.includes('- webgpu did not run it: Failed to get a WebGPU adapter.'));
  assert.ok(shown({ speed: [] }).includes('Not measured.'));
});

test('a batch that is fixed or must be one is told', () => {
  const { profile } = inspection;
  assert.ok(shown({ profile: { ...profile, fixedBatch: 8 } }).includes('| always 8, fixed in the graph |'));
  assert.ok(shown({ profile: { ...profile, quantised: true } }).includes('| 1, because rows'));
});

test('weights of which nothing is known say so', () => {
  assert.ok(shown({ licenceNote: null }).includes('nothing is known about that of these weights.'));
});

test('a hostile name is one line of text in which nothing means anything', () => {
  assert.equal(inert('a|b'), 'a\\|b');
  assert.equal(inert('<img src=x onerror=alert(1)>'), '\\<img src\\=x onerror\\=alert\\(1\\)\\>');
  assert.equal(inert('![x](https://a.b)'), '\\!\\[x\\]\\(https\\:\\/\\/a\\.b\\)');
  assert.equal(inert('one\n\n# two\r\u2028three'), 'one \\# two three');
  assert.equal(
    inert('`code` $math$ *bold* ~~gone~~ [^1]'),
    '\\`code\\` \\$math\\$ \\*bold\\* \\~\\~gone\\~\\~ \\[\\^1\\]',
  );
  assert.equal(inert('back\\slash'), 'back\\\\slash');
  assert.equal(inert('gnp.\u202exnno'), 'gnp\\.xnno');
  assert.equal(inert('Käse 数'), 'Käse 数');
});

test('no text of a model gets into the document as it is', () => {
  const hostile = '|x<b>\n# y';
  const text = markdown({
    name: hostile,
    producer: hostile,
    licenceNote: hostile,
    notes: [hostile],
    operators: [{ name: hostile, count: 1 }],
    inputs: [{ name: hostile, elementType: hostile, shape: [hostile] }],
    outputs: [{ name: hostile, elementType: 'float32', shape: [hostile] }],
    refused: [{ provider: 'cuda', reason: hostile }],
    selfTest: { ...inspection.selfTest, passed: false, problems: [hostile] },
    profile: { ...inspection.profile, why: hostile, embeddingOutput: hostile, normOutput: hostile },
  });
  assert.equal(text.split(inert(hostile)).length - 1, 15);
  assert.doesNotMatch(text, /(?<!\\)[<`]/);
  assert.equal(text.match(/^# /gm)?.length, 1);
});
