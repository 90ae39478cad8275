import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { yunetNet } from '../support/detectorNets.ts';
import { netBytes, smallConvNet } from '../support/onnxNets.ts';
import { repositoryRoot } from '../support/repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-'));
after(() => rmSync(folder, { recursive: true }));

/** Runs the built command line. */
function lens(...args: string[]) {
  return spawnSync(process.execPath, [join(repositoryRoot, 'dist', 'cli.cjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
}

test('`inspect` tells what a model is on standard output, in words or as JSON', () => {
  writeFileSync(join(folder, 'net.onnx'), netBytes(smallConvNet()));
  const words = lens('inspect', 'net.onnx', '--provider', 'cpu');
  assert.equal(words.status, 0, words.stderr);
  assert.match(words.stdout, /^net\nfamily {6}generic/);
  assert.match(words.stdout, /^cpu {10}32 {2}[ \d.]{8}$/m);
  const json = lens('inspect', 'net.onnx', '--provider', 'cpu', '--json');
  const { inspection } = JSON.parse(json.stdout) as { inspection: { name: string; speed: unknown[] } };
  assert.deepEqual([inspection.name, inspection.speed.length], ['net', 3]);
});

test('`inspect` of a detector fails with one sentence that names it', () => {
  writeFileSync(join(folder, 'detector.onnx'), netBytes(yunetNet()));
  const { status, stdout, stderr } = lens('inspect', 'detector.onnx');
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(stderr, /^The model is a face detector \(YuNet with landmarks\), not an embedder[^\n]*\n$/);
});
