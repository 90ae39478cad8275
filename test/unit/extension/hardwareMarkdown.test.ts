import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hardwareMarkdown, withoutHome } from '../../../src/extension/hardwareMarkdown.ts';
import type { HardwareReport } from '../../../src/protocol/hardwareJobs.ts';

const report: HardwareReport = {
  machine: { platform: 'linux-x64', system: 'Debian, 6.1', cpu: 'A|B', nCores: 8, memoryBytes: 2 ** 34 },
  versions: { node: '24.0.0', onnxruntime: '1.30.0' },
  nvidia: {
    hasDevice: true,
    driver: '570.1',
    devices: [{ name: 'NVIDIA H100', memory: '81559 MiB', driver: '570.1' }],
    note: null,
  },
  cuda: {
    libraries: [
      { name: 'libcudart.so.12', path: '/people/ada/venv/libcudart.so.12', fix: 'pip install x' },
      { name: 'libcudnn.so.9', path: null, fix: "pip install 'nvidia-cudnn-cu12==9.*'" },
    ],
    installation: { state: 'none' },
  },
  vulkan: { loader: null, drivers: [], devices: [] },
  providers: [
    { provider: 'cpu', state: 'available', reason: '', fix: null },
    { provider: 'cuda', state: 'missing', reason: 'cuDNN is missing.', fix: 'pip install it' },
  ],
  model: 'arc_face',
  speed: [{ provider: 'cpu', batchSize: 8, imagesPerSecond: 22.34, agreement: null }],
  recommended: {
    executionProvider: 'auto',
    batchSize: 8,
    halfPrecision: false,
    reasons: ['«auto» takes cpu.'],
  },
};

test('a page says at once that the CPU alone runs, and what to begin with', () => {
  const text = hardwareMarkdown(report, '/people/ada');
  assert.match(
    text,
    /^# Hardware for Attribute Lens\n\n\*\*Models run on the CPU alone here\.\*\* .*begin with CUDA: pip install it\n/,
  );
  assert.match(text, /\| CUDA \| \*\*missing\*\* \| cuDNN is missing\. \| pip install it \|/);
  assert.match(text, /## Speed of arc\\_face\n/);
  assert.match(text, /\| CPU \| 8 \| 22\.3 \| – \|/);
  assert.match(text, /"attributeLens\.batchSize": 8/);
  assert.match(text, /\| CPU \| A\\\|B, 8 cores \|/);
  assert.match(text, /\| Memory \| 16\.0 GiB \|/);
  assert.match(
    text,
    /\| `libcudnn\.so\.9` \| \*\*not found\*\* \| `pip install 'nvidia-cudnn-cu12==9\.\*'` \|/,
  );
});

test('a page names no user', () => {
  const text = hardwareMarkdown(report, '/people/ada/');
  assert.match(text, /`~\/venv\/libcudart\.so\.12`/);
  assert.doesNotMatch(text, /ada/);
});

test('the home folder is shown as ~, and folders that only begin alike are not', () => {
  assert.equal(
    withoutHome('/people/ada/x, /people/ada2/x, /people/ada', '/people/ada'),
    '~/x, /people/ada2/x, ~',
  );
  assert.equal(withoutHome('C:\\People\\Ada\\x', 'C:\\People\\Ada'), '~\\x');
  assert.equal(withoutHome('/x', '/'), '/x');
});

test('where a GPU ran, that is the first line', () => {
  const cuda = { provider: 'cuda', batchSize: 8, imagesPerSecond: 2140.4, agreement: 0.99999 } as const;
  const text = hardwareMarkdown({ ...report, model: null, speed: [...report.speed, cuda] }, '/people/ada');
  assert.match(text, /Models run on CPU, CUDA here\./);
  assert.match(text, /\| CUDA \| 8 \| 2140 \| 0\.9999900 \|/);
  assert.match(text, /## Speed of a small net \(no model was given\)/);
});
