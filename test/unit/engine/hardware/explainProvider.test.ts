import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Provider } from '../../../../src/domain/provider.ts';
import { neededLibraries } from '../../../../src/engine/cuda/cudaLibraries.ts';
import {
  explainProviders,
  type ProviderSurroundings,
  providersToMeasure,
} from '../../../../src/engine/hardware/explainProvider.ts';
import type { CudaFacts } from '../../../../src/protocol/hardwareJobs.ts';

const cuda = (installation: CudaFacts['installation'], path: string | null = '/x'): CudaFacts => ({
  installation,
  libraries: neededLibraries.map(({ name }) => ({ name, path, fix: `pip install ${name}` })),
});

const linux: ProviderSurroundings = {
  platform: { os: 'linux', arch: 'x64', hasNvidiaDevice: true, hasGraphicsDevice: true },
  cuda: cuda({ state: 'ready', folder: '/c', isUsed: true }),
  vulkan: { loader: '/l', drivers: ['/d.json'], devices: ['/dev/dri/card0'] },
};

const noDevice = { ...linux.platform, hasNvidiaDevice: false, hasGraphicsDevice: false };

function explained(surroundings: ProviderSurroundings, provider: Provider, refusal?: string) {
  const refused = new Map<Provider, string>(refusal === undefined ? [] : [[provider, refusal]]);
  return explainProviders(surroundings, new Set(['cpu']), refused).find((one) => one.provider === provider)!;
}

test('each step to CUDA is named in its order, with what mends it', () => {
  const steps: readonly [ProviderSurroundings, RegExp, RegExp][] = [
    [{ ...linux, platform: noDevice }, /No NVIDIA device/, /install its driver/],
    [{ ...linux, cuda: cuda({ state: 'none' }, null) }, /not found: libcudart\.so\.12/, /^pip install /],
    [
      { ...linux, cuda: cuda({ state: 'none' }) },
      /provider libraries .* not installed/,
      /Install CUDA Support/,
    ],
    [
      { ...linux, cuda: cuda({ state: 'broken', reason: 'It is old.' }) },
      /It is old/,
      /Install CUDA Support/,
    ],
    [
      { ...linux, cuda: cuda({ state: 'ready', folder: '/c', isUsed: false }) },
      /started without it/,
      /Restart Engine/,
    ],
  ];
  for (const [surroundings, reason, fix] of steps) {
    const { state, ...found } = explained(surroundings, 'cuda');
    assert.equal(state, 'missing');
    assert.match(found.reason, reason);
    assert.match(found.fix!, fix);
  }
});

test('where all is there and it still does not run, the runtime’s own words stand', () => {
  const found = explained(linux, 'cuda', 'driver too old');
  assert.deepEqual([found.state, found.reason, found.fix], ['missing', 'driver too old', null]);
});

test('what ran is available; what is for other platforms is said to be so', () => {
  const facts = explainProviders(linux, new Set(['cpu', 'cuda']), new Map([['webgpu', 'no adapter']]));
  assert.deepEqual(
    facts.map(({ provider, state }) => `${provider} ${state}`),
    [
      'cpu available',
      'cuda available',
      'tensorrt untried',
      'webgpu missing',
      'dml elsewhere',
      'coreml elsewhere',
    ],
  );
  assert.match(facts[3]!.reason, /no adapter/);
});

test('WebGPU lacks a loader, a driver or a device', () => {
  const without = (vulkan: Partial<NonNullable<ProviderSurroundings['vulkan']>>) =>
    explained({ ...linux, platform: noDevice, vulkan: { ...linux.vulkan!, ...vulkan } }, 'webgpu');
  assert.equal(without({ loader: null }).fix, 'apt install libvulkan1 mesa-vulkan-drivers');
  assert.equal(without({ drivers: [] }).fix, 'apt install mesa-vulkan-drivers');
  assert.match(without({}).fix!, /--device \/dev\/dri/);
});

test('what is worth an attempt depends on platform and devices', () => {
  assert.deepEqual(providersToMeasure(linux), ['cuda', 'webgpu']);
  assert.deepEqual(providersToMeasure({ ...linux, platform: noDevice }), []);
  const on = (os: NodeJS.Platform, arch: string) =>
    providersToMeasure({ platform: { ...linux.platform, os, arch }, cuda: null, vulkan: null });
  assert.deepEqual(on('win32', 'x64'), ['dml', 'webgpu']);
  assert.deepEqual(on('darwin', 'arm64'), ['coreml', 'webgpu']);
  assert.deepEqual(on('darwin', 'x64'), []);
});
