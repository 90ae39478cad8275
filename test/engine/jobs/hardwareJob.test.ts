import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { runtimePackage } from '../../../src/engine/cuda/runtimePackage.ts';
import { runHardwareJob } from '../../../src/engine/jobs/hardwareJob.ts';
import { runJob } from '../../../src/engine/jobs/runJob.ts';
import { netBytes, smallConvNet } from '../../support/onnxNets.ts';
import { repositoryRoot } from '../../support/repository.ts';
import { type Heard, listeningContext } from './smallStudy.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'attribute-lens-hardware-')));
after(() => rmSync(folder, { recursive: true }));

const job = { kind: 'hardware', model: null, cudaFolder: join(folder, 'cuda') } as const;
const bare = { os: 'linux', arch: 'x64', hasNvidiaDevice: false, hasGraphicsDevice: false } as const;

function heard(): Heard {
  return { progress: [], log: [] };
}

test('a machine without a GPU: versions, why each provider is missing, speed of the small net', async () => {
  const all = heard();
  const { hardware } = await runHardwareJob(job, listeningContext(all), bare);
  assert.equal(hardware.versions['onnxruntime'], runtimePackage().version);
  assert.deepEqual([hardware.model, hardware.speed.map(({ batchSize }) => batchSize)], [null, [1, 8, 32]]);
  const missing = hardware.providers.filter(({ state }) => state === 'missing');
  assert.deepEqual(
    missing.map(({ provider }) => provider),
    ['cuda', 'webgpu'],
  );
  assert.ok(missing.every(({ reason, fix }) => reason !== '' && fix !== null));
  assert.equal(hardware.recommended.executionProvider, 'auto');
  assert.deepEqual(JSON.parse(JSON.stringify(hardware)), hardware, 'nothing that JSON would lose');
  const { done, total } = all.progress.at(-1)!;
  assert.equal(done, total);
});

test('with an NVIDIA device that nothing serves, CUDA is tried and the attempt is explained', async () => {
  const platform = { ...bare, hasNvidiaDevice: true };
  const { hardware } = await runHardwareJob(job, listeningContext(heard()), platform);
  const cuda = hardware.providers.find(({ provider }) => provider === 'cuda')!;
  assert.equal(cuda.state, 'missing');
  assert.match(cuda.reason, /«cuda» does not work here/);
  assert.ok(hardware.speed.every(({ provider }) => provider === 'cpu'));
});

test('a given model is what is measured', async () => {
  const path = join(folder, 'net.onnx');
  writeFileSync(path, netBytes(smallConvNet()));
  const result = await runJob({ ...job, model: { path } }, listeningContext(heard()));
  assert.ok(result.kind === 'hardware');
  assert.equal(result.hardware.model, 'net');
});

test('a cancel ends it before the next measurement', async () => {
  const abort = new AbortController();
  const context = { ...listeningContext(heard()), signal: abort.signal };
  abort.abort();
  await assert.rejects(runHardwareJob(job, context, bare), (error) => isAppError(error, 'cancelled'));
});

if (process.platform === 'linux' && process.arch === 'x64') {
  test('a process started with the folder first loads the runtime from it, and looks for providers there', () => {
    const place = join(folder, 'copy');
    mkdirSync(place);
    copyFileSync(runtimePackage().library, join(place, 'libonnxruntime.so.1'));
    const program = `
      import { readFileSync } from 'node:fs';
      import ort from 'onnxruntime-node';
      const tried = await ort.InferenceSession.create(new Uint8Array(1), { executionProviders: ['cuda'] }).catch(() => 'no');
      console.log(tried, [...new Set(readFileSync('/proc/self/maps', 'utf8').match(/\\S*libonnxruntime\\S*/g))].join());
    `;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: repositoryRoot,
      env: { ...process.env, LD_LIBRARY_PATH: place },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    assert.equal(out, `no ${join(place, 'libonnxruntime.so.1')}\n`);
  });
}
