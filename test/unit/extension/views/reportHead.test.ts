import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headBytes, readReportHead } from '../../../../src/extension/views/reportHead.ts';
import { readText } from '../../../support/repository.ts';

const current = readText('test/fixtures/reports/version4.attrlens.json');

test('the first part of a report tells data set, models and what it holds', () => {
  const whole = JSON.parse(current) as { inputs: { dataset: { name: string }; models: { name: string }[] } };
  const head = readReportHead(current.slice(0, headBytes), 'x.attrlens.json');
  assert.equal(head.dataset, whole.inputs.dataset.name);
  assert.deepEqual(
    head.models,
    whole.inputs.models.map(({ name }) => name),
  );
  assert.equal(head.holds, 'macroscale');
});

test('a text that is cut anywhere tells what stands before the cut', () => {
  for (let end = 0; end < 2_000; end += 7) readReportHead(current.slice(0, end), 'x.attrlens.json');
  const name = current.indexOf('"kind"', current.indexOf('"dataset"'));
  assert.notEqual(readReportHead(current.slice(0, name), 'x.attrlens.json').dataset, null);
});

test('what the text does not say the usual file name does', () => {
  assert.equal(readReportHead('{', 'a-verification.attrlens.json').holds, 'verification');
  assert.equal(readReportHead('{}', 'a-description.attrlens.json').holds, 'description');
  assert.deepEqual(readReportHead('not JSON', 'a.attrlens.json'), { dataset: null, models: [], holds: null });
});

test('analyses are told apart by the job, comparisons by their schema', () => {
  const of = (job: object) => readReportHead(JSON.stringify({ inputs: { job } }), 'a.attrlens.json').holds;
  assert.equal(of({ kind: 'analyze', analyses: ['verification'] }), 'verification');
  assert.equal(of({ kind: 'analyze', analyses: ['macroscale', 'verification'] }), 'both');
  assert.equal(of({ kind: 'invariance' }), 'invariance');
  assert.equal(of({ kind: 'validateEnergy' }), 'energyValidation');
  assert.equal(of({ kind: 7 }), null);
  assert.equal(
    readReportHead('{"schema": "attribute-lens.comparison"}', 'a.attrlens.json').holds,
    'comparison',
  );
});
