import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { readReport } from '../../../src/protocol/readReport.ts';
import { reportVersion } from '../../../src/protocol/report.ts';
import { handVerification } from '../../support/handVerification.ts';
import { readText, repositoryFiles } from '../../support/repository.ts';
import { sampleReport } from '../../support/sampleReport.ts';

test('a valid report is read as it is', () => {
  const report = sampleReport({ nAttributes: 3 });
  assert.deepEqual(readReport(JSON.parse(JSON.stringify(report))), report);
});

test('every version that was ever written is still read', () => {
  const fixtures = repositoryFiles().filter((path) => path.startsWith('test/fixtures/reports/'));
  const versions = fixtures.map((path) => {
    const json = JSON.parse(readText(path)) as { version: number };
    assert.equal(readReport(json).version, reportVersion, path);
    return json.version;
  });
  assert.deepEqual(
    versions.sort((a, b) => a - b),
    Array.from({ length: reportVersion }, (_, i) => i + 1),
  );
});

test('before version 4 the time of nodes was not kept, neither a model’s nor a detector’s', () => {
  const early = JSON.parse(readText('test/fixtures/reports/version3.attrlens.json')) as {
    inputs: { models: { provider: object; alignment: object }[] };
  };
  const [model] = early.inputs.models;
  const detected = {
    kind: 'detected',
    detector: 'scrfd',
    family: 'scrfd',
    sha256: 'ab'.repeat(32),
    scoreThreshold: 0.5,
    retryPadded: true,
    faces: 'single',
    provider: model!.provider,
  };
  model!.alignment = detected;
  const [read] = readReport(early).inputs.models;
  assert.equal(read!.provider!.nodeTimeShare, null);
  assert.deepEqual(read!.alignment, { ...detected, provider: read!.provider });
});

test('before version 4 verification had no intervals but those of rates', () => {
  const early = JSON.parse(readText('test/fixtures/reports/version3.attrlens.json')) as {
    results: { verification: object[] };
  };
  const { aucCi, eerCi, meanWithinCi, meanBetweenCi, ratioCi, ...known } = handVerification();
  early.results.verification = [known];
  const [read] = readReport(early).results.verification;
  assert.ok(aucCi && eerCi && meanWithinCi && meanBetweenCi && ratioCi);
  assert.deepEqual(read, {
    ...known,
    ...{ aucCi: null, eerCi: null, meanWithinCi: null, meanBetweenCi: null, ratioCi: null },
  });
});

test('what is no report is refused in words', () => {
  for (const json of [
    null,
    7,
    [],
    {},
    { schema: 'other', version: 1 },
    { schema: 'attribute-lens.report' },
  ]) {
    assert.throws(
      () => readReport(json),
      (error) => isAppError(error, 'reportInvalid') && error.message.includes('not an Attribute Lens report'),
    );
  }
});

test('a newer version is refused with both numbers', () => {
  assert.throws(
    () => readReport({ ...sampleReport(), version: reportVersion + 1 }),
    (error) => isAppError(error, 'reportVersion') && /version 5, newer than 4.*Update/.test(error.message),
  );
});

test('a broken part is named by its place', () => {
  const report = sampleReport({ nAttributes: 3 });
  report.results.macroscale[0]!.rows[1]!.ks = 1.5;
  assert.throws(
    () => readReport(report),
    (error) =>
      isAppError(error, 'reportInvalid') && error.message.includes('results.macroscale[0].rows[1].ks'),
  );
});

test('a broken top level is called so', () => {
  assert.throws(
    () => readReport({ ...sampleReport({ nAttributes: 1 }), surplus: 1 }),
    (error) => isAppError(error, 'reportInvalid') && error.message.includes('broken at its top level'),
  );
});
