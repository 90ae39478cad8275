import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { jobOf } from '../../../src/cli/jobs.ts';
import { parseCommandLine } from '../../../src/cli/parseCommandLine.ts';
import { printResult } from '../../../src/cli/printResult.ts';
import { exportFolderName } from '../../../src/protocol/exportFolderName.ts';

const folder = resolve('somewhere');

async function jobFor(...args: string[]) {
  const line = parseCommandLine(args);
  assert.ok(line.kind === 'run');
  return jobOf(line, folder);
}

test('`export` takes a report and the folder to write, relative to the current folder', async () => {
  assert.deepEqual(await jobFor('export', 'a.attrlens.json', '--out', 'paper'), {
    kind: 'export',
    report: join(folder, 'a.attrlens.json'),
    out: join(folder, 'paper'),
  });
});

test('without `--out` the folder lies beside the report and has its name', async () => {
  const job = await jobFor('export', join('sub', 'a.attrlens.json'));
  assert.ok(job.kind === 'export');
  assert.equal(job.out, join(folder, 'sub', 'a-export'));
});

test('a folder is named after its report, whatever that is called', () => {
  assert.equal(exportFolderName('faces.attrlens.json'), 'faces-export');
  assert.equal(exportFolderName('faces.json'), 'faces-export');
  assert.equal(exportFolderName('.attrlens.json'), 'report-export');
  assert.equal(exportFolderName('faces'), 'faces-export');
});

test('the result names the folder and what is in it', async () => {
  const result = { kind: 'export', folder: '/a/b', files: ['README.txt', 'report.html'] } as const;
  assert.equal(
    await printResult(result, false),
    '2 files written; README.txt says what is what.\nExport: /a/b',
  );
  assert.deepEqual(JSON.parse(await printResult(result, true)), { folder: '/a/b', files: result.files });
});
