import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { parseReportFile, readComparison } from '../../../src/protocol/readComparison.ts';
import { handReport } from '../../support/handReport.ts';
import { sampleComparison } from '../../support/sampleComparison.ts';

const comparison = sampleComparison({ nAttributes: 3 });

test('a valid comparison is read as it is', () => {
  assert.deepEqual(readComparison(JSON.parse(JSON.stringify(comparison))), comparison);
});

test('a file is a report or a comparison by what it says of itself', () => {
  const report = handReport();
  assert.deepEqual(parseReportFile(JSON.stringify(report)), { kind: 'report', report });
  assert.deepEqual(parseReportFile(JSON.stringify(comparison)), { kind: 'comparison', comparison });
});

test('what is neither is refused in words', () => {
  for (const text of ['{"schema": "other"}', '7', 'null']) {
    assert.throws(
      () => parseReportFile(text),
      (error) => isAppError(error, 'reportInvalid') && error.message.includes('not an Attribute Lens report'),
    );
  }
  assert.throws(
    () => parseReportFile('{"schema": '),
    (error) => isAppError(error, 'reportInvalid') && error.message.startsWith('The file is not JSON: '),
  );
  assert.throws(
    () => readComparison({ schema: 'attribute-lens.comparison' }),
    (error) => isAppError(error, 'reportInvalid') && error.message.includes('and a version'),
  );
});

test('a broken part is named', () => {
  const [pair] = comparison.pairs;
  const [row, ...rows] = pair!.macroscale;
  const broken = {
    ...comparison,
    pairs: [{ ...pair!, macroscale: [{ ...row!, difference: 'much' }, ...rows] }],
  };
  assert.throws(
    () => readComparison(broken),
    (error) =>
      isAppError(error, 'reportInvalid') && error.message.includes('«pairs[0].macroscale[0].difference»'),
  );
  assert.throws(
    () => readComparison({ ...comparison, more: 1 }),
    (error) => isAppError(error, 'reportInvalid') && error.message.includes('its top level'),
  );
});

test('a comparison of a newer version asks for an update', () => {
  assert.throws(
    () => readComparison({ ...comparison, version: 2 }),
    (error) => isAppError(error, 'reportVersion') && error.message.includes('newer than 1'),
  );
});
