import assert from 'node:assert/strict';
import { test } from 'node:test';
import { providersToTry } from '../../../src/models/platformProviders.ts';

const linux = { os: 'linux', arch: 'x64', hasNvidiaDevice: true, hasGraphicsDevice: true } as const;

test('auto on Linux tries CUDA and WebGPU, then takes the CPU', () => {
  assert.deepEqual(providersToTry('auto', linux), ['cuda', 'webgpu', 'cpu']);
});

test('auto leaves WebGPU out where no graphics device is', () => {
  assert.deepEqual(providersToTry('auto', { ...linux, hasGraphicsDevice: false }), ['cuda', 'cpu']);
});

test('auto does not speak of CUDA where no NVIDIA device is', () => {
  assert.deepEqual(providersToTry('auto', { ...linux, hasNvidiaDevice: false }), ['webgpu', 'cpu']);
  assert.deepEqual(providersToTry('cuda', { ...linux, hasNvidiaDevice: false }), ['cuda', 'cpu']);
});

test('auto ends on the CPU on every platform', () => {
  for (const os of ['linux', 'win32', 'darwin', 'freebsd'] as const)
    for (const arch of ['x64', 'arm64', 'riscv64'])
      assert.equal(
        providersToTry('auto', { os, arch, hasNvidiaDevice: true, hasGraphicsDevice: true }).at(-1),
        'cpu',
        `${os} ${arch}`,
      );
});

test('a provider that was asked for is tried even where it is unlikely, then the CPU', () => {
  assert.deepEqual(providersToTry('webgpu', { ...linux, hasGraphicsDevice: false }), ['webgpu', 'cpu']);
  assert.deepEqual(providersToTry('coreml', linux), ['coreml', 'cpu']);
});

test('asking for the CPU tries nothing else', () => {
  assert.deepEqual(providersToTry('cpu', linux), ['cpu']);
});
