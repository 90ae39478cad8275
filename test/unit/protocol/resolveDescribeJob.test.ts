import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { describeJobSchema } from '../../../src/protocol/jobs.ts';
import { resolveDescribeJob } from '../../../src/protocol/resolveDescribeJob.ts';
import { parseSettings, type SettingsPlace } from '../../../src/protocol/resolveSettings.ts';
import type { SettingName } from '../../../src/protocol/settings.ts';

const place: SettingsPlace = {
  baseFolder: '/ws',
  home: '/users/ada',
  paths: path.posix,
  defaultStoreFolder: '/cache/attribute-lens',
};

const settingsWith = (values: Partial<Record<SettingName, unknown>>) => parseSettings((name) => values[name]);

test('a description has every path absolute, and the settings that have a meaning for it', () => {
  const job = resolveDescribeJob(
    settingsWith({
      dataset: 'faces',
      annotations: '../anno',
      minImages: 30,
      combinations: ['A & B'],
      pairwiseValues: true,
      interEntropyBandwidth: 0.05,
      seed: 7,
    }),
    place,
  );
  assert.deepEqual(job, {
    kind: 'describe',
    data: '/ws/faces',
    annotations: '/anno',
    minImages: 30,
    combinations: ['A & B'],
    pairwiseValues: true,
    interEntropyBandwidth: 0.05,
    seed: 7,
    report: '/ws/attribute-lens/faces-description.attrlens.json',
  });
  describeJobSchema.parse(job);
});

test('without a data set the annotations are described by themselves', () => {
  const job = resolveDescribeJob(settingsWith({ annotations: 'anno/table.csv' }), place);
  assert.deepEqual([job.data, job.annotations], ['/ws/anno/table.csv', null]);
  assert.equal(job.report, '/ws/attribute-lens/table-description.attrlens.json');
});

test('another data set than that of the settings leaves its annotations aside, and a given report wins', () => {
  const settings = settingsWith({ dataset: 'faces', annotations: 'anno' });
  const job = resolveDescribeJob(settings, place, { data: '/others', report: 'own.attrlens.json' });
  assert.deepEqual([job.data, job.annotations, job.report], ['/others', null, '/ws/own.attrlens.json']);
});

test('with nothing to describe, it says what it needs', () => {
  assert.throws(
    () => resolveDescribeJob(settingsWith({}), place),
    (error) => isAppError(error, 'usage') && error.message.includes('No data set was named'),
  );
});
