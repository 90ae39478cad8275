import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { runCompareJob } from '../../../src/engine/jobs/compareJob.ts';
import { writeReport } from '../../../src/engine/jobs/writeReport.ts';
import { readComparison } from '../../../src/protocol/readComparison.ts';
import { readText } from '../../support/repository.ts';
import { sampleReport } from '../../support/sampleReport.ts';

async function study(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'attribute-lens-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [before, after] = [join(folder, 'before.attrlens.json'), join(folder, 'sub', 'after.attrlens.json')];
  await writeReport(before, sampleReport({ nAttributes: 3 }));
  await writeReport(after, sampleReport({ nAttributes: 3, seed: 2 }));
  return { folder, before, after, report: join(folder, 'sub', 'both.attrlens.json') };
}

const readJson = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as unknown;

test('two reports become one file that says how they differ', async (t) => {
  const { folder, before, after, report } = await study(t);
  const result = await runCompareJob({ kind: 'compare', reports: [before, after], report });
  assert.deepEqual(result, { kind: 'compare', report });
  const { sides, pairs } = readComparison(await readJson(report));
  assert.deepEqual(
    sides.map(({ file }) => file),
    ['../before.attrlens.json', 'after.attrlens.json'],
  );
  assert.equal(pairs[0]!.macroscale.length, 6);
  assert.deepEqual(await readdir(join(folder, 'sub')), ['after.attrlens.json', 'both.attrlens.json']);
});

test('the same reports give the same bytes', async (t) => {
  const { before, after, report } = await study(t);
  await runCompareJob({ kind: 'compare', reports: [before, after], report });
  const first = await readFile(report, 'utf8');
  await runCompareJob({ kind: 'compare', reports: [before, after], report });
  assert.equal(await readFile(report, 'utf8'), first);
});

test('reports of earlier versions are compared, too', async (t) => {
  const { folder, before, report } = await study(t);
  const old = join(folder, 'old.attrlens.json');
  await writeFile(old, readText('test/fixtures/reports/version1.attrlens.json'));
  await runCompareJob({ kind: 'compare', reports: [old, before], report });
  assert.ok(readComparison(await readJson(report)).changes.length > 0);
});

test('what cannot be compared is refused, and no file is written', async (t) => {
  const { folder, before, after, report } = await study(t);
  const compare = (reports: [string, string], out = report) =>
    runCompareJob({ kind: 'compare', reports, report: out });
  await assert.rejects(
    compare([before, join(folder, 'sub', '..', 'before.attrlens.json')]),
    (error) => isAppError(error, 'usage') && error.message.includes('compared with itself'),
  );
  await assert.rejects(
    compare([before, after], after),
    (error) => isAppError(error, 'usage') && error.message.includes('would replace'),
  );
  await assert.rejects(
    compare([before, join(folder, 'none.attrlens.json')]),
    (error) =>
      isAppError(error, 'reportInvalid') && error.message.includes('none.attrlens.json cannot be read'),
  );
  const broken = join(folder, 'broken.attrlens.json');
  await writeFile(broken, '{');
  await assert.rejects(
    compare([broken, after]),
    (error) =>
      isAppError(error, 'reportInvalid') && error.message.startsWith(`${broken}: The file is not JSON`),
  );
  const newer = join(folder, 'newer.attrlens.json');
  await writeFile(newer, '{"schema": "attribute-lens.report", "version": 99}');
  await assert.rejects(
    compare([after, newer]),
    (error) => isAppError(error, 'reportVersion') && error.message.startsWith(`${newer}: `),
  );
  assert.deepEqual(await readdir(join(folder, 'sub')), ['after.attrlens.json']);
});

test('a comparison is no report to compare', async (t) => {
  const { folder, before, after, report } = await study(t);
  await runCompareJob({ kind: 'compare', reports: [before, after], report });
  await assert.rejects(
    runCompareJob({
      kind: 'compare',
      reports: [report, after],
      report: join(folder, 'again.attrlens.json'),
    }),
    (error) => isAppError(error, 'reportInvalid') && error.message.includes('is a comparison itself'),
  );
});
