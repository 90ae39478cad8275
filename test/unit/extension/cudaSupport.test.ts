import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readCudaSupport, withCudaSupport } from '../../../src/extension/cudaSupport.ts';
import { cudaEnvironment } from '../../../src/protocol/hardwareJobs.ts';

const root = mkdtempSync(join(tmpdir(), 'attribute-lens-support-'));
after(() => rmSync(root, { recursive: true }));

const executable = { execPath: '/node', env: { A: '1' }, why: 'it is there' };
const folder = join(root, 'cuda', 'onnxruntime-1.30.0');
const installation = { version: '1.30.0', source: '/p.nupkg', folder, files: ['a.so'], links: {} };

test('an engine is started with the folder before whatever the loader looked through', () => {
  const chosen = withCudaSupport(executable, { kind: 'ready', installation }, '/x:/y');
  assert.deepEqual(chosen.env, { A: '1', LD_LIBRARY_PATH: `${folder}:/x:/y` });
  assert.match(chosen.why, /^it is there; with the CUDA support in /);
  assert.deepEqual(withCudaSupport(executable, { kind: 'none' }, '/x'), executable);
  assert.deepEqual(withCudaSupport(executable, { kind: 'broken', reason: 'x' }, '/x'), executable);
});

test('no empty entry, which would be the current folder, and no second one', () => {
  assert.deepEqual(cudaEnvironment(installation, undefined), { LD_LIBRARY_PATH: folder });
  assert.deepEqual(cudaEnvironment(installation, `/x::${folder}`), { LD_LIBRARY_PATH: `${folder}:/x` });
});

if (process.platform === 'linux' && process.arch === 'x64') {
  test('what is installed is read for the runtime that is shipped, and only when it is whole', async () => {
    const modules = join(root, 'node_modules');
    mkdirSync(join(modules, 'onnxruntime-node'), { recursive: true });
    writeFileSync(join(modules, 'onnxruntime-node', 'package.json'), '{"version":"1.30.0"}');
    const read = () => readCudaSupport(join(root, 'cuda'), join(root, 'dist'));
    assert.deepEqual(await read(), { kind: 'none' });
    mkdirSync(folder, { recursive: true });
    assert.deepEqual(await read(), { kind: 'none' });
    writeFileSync(join(folder, 'installation.json'), '{"half');
    assert.equal((await read()).kind, 'broken');
    writeFileSync(join(folder, 'installation.json'), JSON.stringify(installation));
    assert.deepEqual(await read(), {
      kind: 'broken',
      reason: `Files of the CUDA support are gone: ${folder}/a.so.`,
    });
    writeFileSync(join(folder, 'a.so'), '');
    assert.deepEqual(await read(), { kind: 'ready', installation });
  });
}
