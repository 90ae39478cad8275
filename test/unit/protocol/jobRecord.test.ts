import assert from 'node:assert/strict';
import * as paths from 'node:path';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import type { AnalyzeJob } from '../../../src/protocol/jobs.ts';
import { jobOfRecord, jobRecord } from '../../../src/protocol/jobRecord.ts';
import { analyzeDefaults } from '../../support/jobDefaults.ts';

const job = {
  ...analyzeDefaults,
  data: '/project/faces',
  annotations: '/tables/list.csv',
  models: [{ path: '/project/models/a.onnx', channels: 'BGR' }],
  storeFolder: '/cache',
  report: '/project/reports/faces.attrlens.json',
} satisfies AnalyzeJob;

test('a report keeps its job with paths relative to its folder, without its own path and the store', () => {
  const record = jobRecord(job, paths.posix);
  assert.equal(record['data'], '../faces');
  assert.equal(record['annotations'], '../../tables/list.csv');
  assert.deepEqual(record['models'], [{ path: '../models/a.onnx', channels: 'BGR' }]);
  assert.ok(!('report' in record) && !('storeFolder' in record));
  assert.ok(!JSON.stringify(record).includes('/project'));
});

test('a moved report finds its job beside it', () => {
  const record = jobRecord(job, paths.posix);
  const moved = jobOfRecord(record, '/elsewhere/reports/faces.attrlens.json', '/store', paths.posix);
  assert.equal(moved.kind === 'analyze' && moved.data, '/elsewhere/faces');
  assert.equal(moved.kind === 'analyze' && moved.storeFolder, '/store');
  assert.deepEqual(jobOfRecord(record, job.report, '/cache', paths.posix), job);
});

test('a record does not depend on the order in which its job was put together', () => {
  const turned = Object.fromEntries(Object.entries(job).reverse()) as unknown as typeof job;
  assert.equal(JSON.stringify(jobRecord(turned, paths.posix)), JSON.stringify(jobRecord(job, paths.posix)));
});

test('records of Windows have forward slashes', () => {
  const record = jobRecord(
    {
      ...job,
      data: 'C:\\faces\\all',
      annotations: null,
      models: [],
      report: 'C:\\faces\\out\\r.attrlens.json',
    },
    paths.win32,
  );
  assert.equal(record['data'], '../all');
});

test('a job that is not known or not understood is refused in words', () => {
  const refusal = (record: Parameters<typeof jobOfRecord>[0], pattern: RegExp) =>
    assert.throws(
      () => jobOfRecord(record, job.report, '/cache', paths.posix),
      (error) => isAppError(error, 'usage') && pattern.test(error.message),
    );
  refusal(null, /earlier version.*anew/);
  refusal({ ...jobRecord(job, paths.posix), seed: 'seven' }, /seed/);
  refusal({ kind: 'crops', model: null, images: ['a'] }, /crops is no analysis/);
});
