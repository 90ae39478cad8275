import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
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

test('`check` says by its exit code whether a report is current, and in words or JSON why not', () => {
  assert.equal(lens('sample', 'study', '--identities', '4', '--images-per-identity', '2').status, 0);
  const report = 'study.attrlens.json';
  const described = lens('describe', '--data', 'study', '--report', report);
  assert.equal(described.status, 0, described.stderr);
  const current = lens('check', report);
  assert.deepEqual([current.status, current.stdout], [0, 'Current: data and models are what they were.\n']);
  rmSync(join(folder, 'study', 'Anno', 'identity_CelebA.txt'));
  const stale = lens('check', report);
  assert.equal(stale.status, 1);
  assert.equal(
    stale.stdout,
    'Stale: run the analysis again.\n· Images or what is known of them have changed.\n',
  );
  rmSync(join(folder, 'study'), { recursive: true });
  const unknown = lens('check', report, '--json');
  assert.equal(unknown.status, 1);
  assert.deepEqual(JSON.parse(unknown.stdout), {
    state: 'unknown',
    changes: [`${join(folder, 'study')} is not there any more.`],
  });
});

test('`check` of what is no report fails with one sentence', () => {
  const { status, stdout, stderr } = lens('check', 'missing.attrlens.json');
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(stderr, /^The report .*missing\.attrlens\.json cannot be read[^\n]*\n$/);
});
