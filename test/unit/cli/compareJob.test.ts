import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { jobOf } from '../../../src/cli/jobs.ts';
import { parseCommandLine } from '../../../src/cli/parseCommandLine.ts';

const folder = mkdtempSync(join(tmpdir(), 'attribute-lens-cli-'));
after(() => rmSync(folder, { recursive: true }));

async function jobFor(...args: string[]) {
  const line = parseCommandLine(args);
  assert.ok(line.kind === 'run');
  return jobOf(line, folder);
}

test('`compare` takes two reports and the file to write, relative to the current folder', async () => {
  assert.deepEqual(
    await jobFor('compare', 'a.attrlens.json', 'b.attrlens.json', '--report', 'c.attrlens.json'),
    {
      kind: 'compare',
      reports: [join(folder, 'a.attrlens.json'), join(folder, 'b.attrlens.json')],
      report: join(folder, 'c.attrlens.json'),
    },
  );
});

test('without `--report` the comparison goes to the report folder, named after both', async () => {
  const job = await jobFor('compare', 'a.attrlens.json', 'b.attrlens.json');
  assert.ok(job.kind === 'compare');
  assert.equal(job.report, join(folder, 'attribute-lens', 'a-vs-b.attrlens.json'));
});

test('`compare` needs two reports, and no third', () => {
  assert.throws(() => parseCommandLine(['compare', 'a']), { message: 'compare needs REPORT REPORT.' });
  assert.throws(() => parseCommandLine(['compare', 'a', 'b', 'c']), {
    message: 'compare does not take «c».',
  });
});
