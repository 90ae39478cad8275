import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { opensModels } from '../../../src/cli/withCuda.ts';
import { runtimePackage } from '../../../src/engine/cuda/runtimePackage.ts';
import type { CudaInstallation, HardwareReport } from '../../../src/protocol/hardwareJobs.ts';
import { repositoryRoot } from '../../support/repository.ts';

const home = mkdtempSync(join(tmpdir(), 'attribute-lens-with-cuda-'));
after(() => rmSync(home, { recursive: true }));

function hardware() {
  const main = join(repositoryRoot, 'src/cli/main.ts');
  const env = { ...process.env, XDG_DATA_HOME: home };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'hardware', '--json'], {
    cwd: home,
    env,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return { report: JSON.parse(stdout) as HardwareReport, stderr };
}

if (process.platform === 'linux' && process.arch === 'x64') {
  test('the command line starts once more with what was installed, and goes on without what is broken', () => {
    const { version, library } = runtimePackage();
    const folder = join(home, 'attribute-lens', 'cuda', `onnxruntime-${version}`);
    mkdirSync(folder, { recursive: true });
    copyFileSync(library, join(folder, 'libonnxruntime.so.1'));
    const installation: CudaInstallation = {
      version,
      source: '/p.nupkg',
      folder,
      files: ['libonnxruntime.so.1'],
      links: {},
    };
    writeFileSync(join(folder, 'installation.json'), JSON.stringify(installation));
    assert.deepEqual(hardware().report.cuda?.installation, { state: 'ready', folder, isUsed: true });
    rmSync(join(folder, 'libonnxruntime.so.1'));
    const { report, stderr } = hardware();
    assert.equal(report.cuda?.installation.state, 'broken');
    assert.match(
      stderr,
      /warning: Files of the CUDA support are gone: .*Run «attribute-lens install-cuda» again/,
    );
    assert.ok(report.speed.length > 0, 'the CPU goes on working');
  });
}

test('only jobs that open a model are worth a second process', () => {
  assert.equal(opensModels({ kind: 'hardware', model: null, cudaFolder: '/c' }), true);
  assert.equal(opensModels({ kind: 'check', report: '/r', storeFolder: '/s' }), false);
});
