import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { nvidiaFacts, vulkanFacts } from '../../../../src/engine/hardware/machineFacts.ts';
import { recommendSettings } from '../../../../src/engine/hardware/recommendSettings.ts';
import type { ModelSpeed } from '../../../../src/protocol/jobs.ts';

const root = mkdtempSync(join(tmpdir(), 'attribute-lens-machine-'));
after(() => rmSync(root, { recursive: true }));
mkdirSync(join(root, 'proc/driver/nvidia'), { recursive: true });
writeFileSync(
  join(root, 'proc/driver/nvidia/version'),
  'NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.124.06  Release Build\nGCC version: 12\n',
);
mkdirSync(join(root, 'usr/share/vulkan/icd.d'), { recursive: true });
writeFileSync(join(root, 'usr/share/vulkan/icd.d/radeon_icd.x86_64.json'), '{}');
mkdirSync(join(root, 'dev/dri'), { recursive: true });
writeFileSync(join(root, 'dev/dri/renderD128'), '');

test('driver and devices are read from the kernel and from nvidia-smi', async () => {
  const ask = () => Promise.resolve('NVIDIA H100 80GB HBM3, 81559 MiB, 570.124.06\n');
  assert.deepEqual(await nvidiaFacts(true, root, ask), {
    hasDevice: true,
    driver: '570.124.06',
    devices: [{ name: 'NVIDIA H100 80GB HBM3', memory: '81559 MiB', driver: '570.124.06' }],
    note: null,
  });
});

test('an nvidia-smi that fails, or is missing beside a driver, is told; on a machine without one it is not', async () => {
  const fails = () =>
    Promise.reject(new Error('Command failed: nvidia-smi\nDriver/library version mismatch'));
  assert.match(
    (await nvidiaFacts(true, root, fails)).note!,
    /did not answer: Driver\/library version mismatch\.$/,
  );
  const missing = () => Promise.reject(Object.assign(new Error('spawn'), { code: 'ENOENT' }));
  assert.match((await nvidiaFacts(true, root, missing)).note!, /not installed, or not on the PATH/);
  assert.equal((await nvidiaFacts(false, join(root, 'none'), missing)).note, null);
});

test('drivers of Vulkan are those of the system, or those that the environment names', () => {
  const icd = join(root, 'usr/share/vulkan/icd.d/radeon_icd.x86_64.json');
  const found = vulkanFacts(root, {}, null);
  assert.deepEqual([found.drivers, found.devices], [[icd], [join(root, 'dev/dri/renderD128')]]);
  assert.deepEqual(vulkanFacts(root, { VK_ICD_FILENAMES: `/gone.json:${icd}` }, null).drivers, [icd]);
  assert.deepEqual(vulkanFacts(root, { VK_DRIVER_FILES: '/gone.json' }, null).drivers, []);
});

const speed = (provider: ModelSpeed['provider'], batchSize: number, imagesPerSecond: number): ModelSpeed => ({
  provider,
  batchSize,
  imagesPerSecond,
  agreement: provider === 'cpu' ? null : 1,
});

test('the smallest batch near the fastest is recommended, and half precision where it was taken', () => {
  const measured = [
    speed('cpu', 1, 10),
    speed('cpu', 8, 20),
    speed('cuda', 1, 300),
    speed('cuda', 8, 980),
    speed('cuda', 32, 1000),
  ];
  const half = { isTaken: true, reason: 'Half is faster.' };
  const found = recommendSettings({ speed: measured, half });
  assert.deepEqual([found.executionProvider, found.batchSize, found.halfPrecision], ['auto', 8, true]);
  assert.match(found.reasons[0]!, /takes cuda: 1000 images\/s, 50\.0 times the CPU's 20\.$/);
  assert.equal(found.reasons[2], 'Half is faster.');
});

test('with nothing measured the defaults stand', () => {
  const { batchSize, halfPrecision } = recommendSettings({ speed: [], half: null });
  assert.deepEqual([batchSize, halfPrecision], [32, false]);
});
