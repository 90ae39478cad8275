import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readProjection } from '../../src/protocol/readProjection.ts';
import { repositoryRoot } from '../support/repository.ts';

const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-'));
after(() => rmSync(folder, { recursive: true }));

/** Runs the built command line. */
function lens(...args: string[]) {
  return spawnSync(process.execPath, [join(repositoryRoot, 'dist', 'cli.cjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') },
  });
}

test('`project` writes a projection beside the report and says what it holds, in words or JSON', () => {
  assert.equal(lens('sample', 'study', '--identities', '6', '--images-per-identity', '3').status, 0);
  const report = 'study.attrlens.json';
  const model = join('study', 'models', 'fisherfaces.onnx');
  const analysed = lens(
    'analyze',
    '--data',
    'study',
    '--model',
    model,
    '--report',
    report,
    '--permutations',
    '0',
  );
  assert.equal(analysed.status, 0, analysed.stderr);
  const { status, stdout, stderr } = lens('project', report);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^18 of 18 images\nUMAP: 15 neighbours/);
  const file = join(folder, 'study.projection.json');
  assert.equal(readProjection(readFileSync(file, 'utf8'), file).points.images.length, 18);
  const json = lens('project', report, '--json', '--out', 'other.json', '--projection-points', '10');
  assert.equal(json.status, 0, json.stderr);
  const summary = JSON.parse(json.stdout) as { nPoints: number; nImages: number };
  assert.deepEqual([summary.nPoints, summary.nImages], [10, 18]);
});

test('`project` of a report whose embeddings are gone says what to do', () => {
  rmSync(join(folder, 'cache'), { recursive: true });
  const { status, stdout, stderr } = lens('project', 'study.attrlens.json');
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(stderr, /Run the analysis again/);
});
