import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { chromiumPath, ensureBrowser } from '../../support/ensureBrowser.ts';
import type { ProviderFacts } from './webgpuProgram.ts';

/** Chromium brings a Vulkan of its own that needs no device: slow, and right. */
const chromiumFolder = join(dirname(dirname(chromiumPath)), 'lib', 'chromium');

await ensureBrowser();

test('without a graphics device: WebGPU is chosen where it is asked for, proven by a profile, and agrees', () => {
  const { requested, largestDifference } = software();
  assert.deepEqual(
    [
      requested.provider.ran,
      requested.provider.nodeShare,
      requested.provider.nodeTimeShare,
      requested.provider.refused,
    ],
    ['webgpu', 1, 1, []],
  );
  assert.ok(requested.provider.agreement! > 0.9999);
  assert.deepEqual(
    requested.notes.filter(({ code }) => code.startsWith('provider')),
    [],
  );
  assert.ok(largestDifference > 0 && largestDifference < 1e-4, String(largestDifference));
});

test('auto measures that a software device is slower, and leaves it', () => {
  const { provider } = software().auto;
  assert.equal(provider.ran, 'cpu');
  assert.match(provider.refused[0]?.reason ?? '', /^it is slower here: .* images\/s against .* on cpu\.$/);
});

test('a device that returns wrong numbers is caught and refused, loudly', () => {
  const { provider, notes } = software().doctored;
  assert.equal(provider.ran, 'cpu');
  assert.match(provider.refused[0]?.reason ?? '', /differ from the CPU's/);
  assert.deepEqual(
    notes.map(({ code }) => code),
    ['providerDisagrees', 'providerFellBack'],
  );
});

test('without an adapter the CPU runs, and the report says why', () => {
  const { requested, auto, largestDifference } = run({ VK_ICD_FILENAMES: '/no/driver.json' });
  for (const { provider } of [requested, auto]) {
    assert.equal(provider.ran, 'cpu');
    assert.match(provider.refused[0]?.reason ?? '', /Failed to get a WebGPU adapter/);
  }
  assert.deepEqual(
    requested.notes.filter(({ code }) => code.startsWith('provider')).map(({ code }) => code),
    ['providerFellBack'],
  );
  assert.equal(largestDifference, 0);
});

let softwareFacts: ProviderFacts | undefined;

function software(): ProviderFacts {
  return (softwareFacts ??= run({
    LD_LIBRARY_PATH: chromiumFolder,
    VK_ICD_FILENAMES: join(chromiumFolder, 'vk_swiftshader_icd.json'),
  }));
}

function run(surroundings: NodeJS.ProcessEnv): ProviderFacts {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'webgpuProgram.ts')],
    { env: { ...process.env, ...surroundings }, encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as ProviderFacts;
}
