import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isAppError } from '../../../../src/domain/appError.ts';
import { reportText, writeReport } from '../../../../src/engine/jobs/writeReport.ts';
import { sampleReport } from '../../../support/sampleReport.ts';

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
});
after(() => rm(folder, { recursive: true }));

test('the text of a report is JSON with one property a line and histograms on one', () => {
  const report = sampleReport({ nAttributes: 2 });
  const text = reportText(report);
  assert.deepEqual(JSON.parse(text), report);
  assert.ok(text.includes('\n  "schema": "attribute-lens.report",\n'));
  assert.match(text, /\n +"cross": \[[\d,]+\]\n/);
});

test('missing folders are made and nothing is left beside the report', async () => {
  const file = join(folder, 'new', 'x.attrlens.json');
  await writeReport(file, sampleReport());
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), sampleReport());
  assert.deepEqual(await readdir(join(folder, 'new')), ['x.attrlens.json']);
});

test('a report with a number that is none is not written, and the old one stays', async () => {
  const file = join(folder, 'kept.attrlens.json');
  await writeFile(file, 'old');
  const report = sampleReport();
  report.results.macroscale[0]!.rows[0]!.ks = NaN;
  await assert.rejects(writeReport(file, report), (error) => isAppError(error, 'internal'));
  assert.equal(await readFile(file, 'utf8'), 'old');
});

test('a place that cannot be written is named', async () => {
  await writeFile(join(folder, 'file'), '');
  await assert.rejects(
    writeReport(join(folder, 'file', 'x.attrlens.json'), sampleReport()),
    (error) => isAppError(error, 'writeFailed') && error.message.includes('x.attrlens.json'),
  );
});
