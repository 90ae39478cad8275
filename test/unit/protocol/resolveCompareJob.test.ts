import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import { resolveCompareJob } from '../../../src/protocol/resolveCompareJob.ts';

const place = { baseFolder: '/study', home: '/users/me', paths: posix, defaultStoreFolder: '/cache' };
const settings = { reportFolder: 'attribute-lens' };

test('the comparison is named after both reports, and lies in the report folder', () => {
  const reports = ['/study/attribute-lens/a.attrlens.json', '/elsewhere/b c.attrlens.json'] as const;
  assert.deepEqual(resolveCompareJob(reports, settings, place), {
    kind: 'compare',
    reports: [...reports],
    report: '/study/attribute-lens/a-vs-b-c.attrlens.json',
  });
});

test('reports of one name are told apart by their folders', () => {
  const { report } = resolveCompareJob(
    ['/runs/epoch10/faces.attrlens.json', '/runs/epoch20/faces.attrlens.json'],
    settings,
    place,
  );
  assert.equal(report, '/study/attribute-lens/epoch10-faces-vs-epoch20-faces.attrlens.json');
});

test('names as long as names may be still give one that a disk takes', () => {
  const long = '漢'.repeat(80);
  const { report } = resolveCompareJob(
    [`/${long}1.attrlens.json`, `/${long}2.attrlens.json`],
    settings,
    place,
  );
  assert.ok(Buffer.byteLength(posix.basename(report)) <= 255);
});
