import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { writeReport } from '../../src/engine/jobs/writeReport.ts';
import { readComparison } from '../../src/protocol/readComparison.ts';
import { repositoryRoot } from '../support/repository.ts';
import { sampleReport } from '../support/sampleReport.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  await writeReport(join(folder, 'first.attrlens.json'), sampleReport({ nAttributes: 12 }));
  await writeReport(join(folder, 'second.attrlens.json'), sampleReport({ nAttributes: 12, seed: 2 }));
});
after(() => rm(folder, { recursive: true, force: true }));

function lens(...args: string[]) {
  const cli = join(repositoryRoot, 'dist', 'cli.cjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('`compare` writes a comparison and prints its largest differences', async () => {
  const { status, stdout, stderr } = lens('compare', 'first.attrlens.json', 'second.attrlens.json');
  assert.equal(status, 0, stderr);
  const file = join(folder, 'attribute-lens', 'first-vs-second.attrlens.json');
  assert.match(stdout, /^Largest differences of signed KS$/m);
  assert.match(stdout, /^\d+ of 24 intervals exclude zero; /m);
  assert.match(stdout, /^seed +1 +2$/m);
  assert.equal(/^Comparison: (.*)$/m.exec(stdout)?.[1], file);
  assert.equal(readComparison(JSON.parse(await readFile(file, 'utf8'))).pairs.length, 1);
});

test('`compare --json` prints what differs, and nothing else on standard output', async () => {
  const { status, stdout, stderr } = lens(
    ...['compare', 'first.attrlens.json', 'second.attrlens.json'],
    ...['--report', 'own.attrlens.json', '--json'],
  );
  assert.equal(status, 0, stderr);
  const comparison = readComparison(JSON.parse(await readFile(join(folder, 'own.attrlens.json'), 'utf8')));
  const { changes, pairs, notes } = comparison;
  assert.deepEqual(JSON.parse(stdout), { changes, pairs, notes });
});

test('a file that is not there, and a report with itself, are told apart by exit codes', () => {
  const missing = lens('compare', 'first.attrlens.json', 'third.attrlens.json');
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /third\.attrlens\.json cannot be read/);
  const same = lens('compare', 'first.attrlens.json', 'first.attrlens.json');
  assert.equal(same.status, 2);
  assert.match(same.stderr, /compared with itself/);
});
