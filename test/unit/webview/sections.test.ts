import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelsOf } from '../../../webview-ui/reportModels.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { nextTab } from '../../../webview-ui/views/listKeys.ts';
import { handReport } from '../../support/handReport.ts';
import { handVerification } from '../../support/handVerification.ts';
import { sampleReport } from '../../support/sampleReport.ts';

test('sections that the report has nothing for are not there', () => {
  assert.deepEqual(viewReport(handReport(), '', {}).sections, [
    'macroscale',
    'significance',
    'projection',
    'data',
    'run',
  ]);
  assert.deepEqual(viewReport(handReport([handVerification()]), '', {}).sections, [
    'macroscale',
    'significance',
    'verification',
    'projection',
    'data',
    'run',
  ]);
  const { sections } = viewReport(sampleReport({ nModels: 0, nAttributes: 0, data: false }), '', {});
  assert.deepEqual(sections, ['run']);
});

test('a report with verification alone opens there', () => {
  const report = handReport([handVerification()]);
  report.results.macroscale = [];
  const view = viewReport(report, '', {});
  assert.deepEqual([view.section, view.label], ['verification', 'arcface-r50']);
  assert.equal(view.macroscale, null);
});

test('a description has no model, and opens on its data', () => {
  const view = viewReport(sampleReport({ nModels: 0 }), '', {});
  assert.deepEqual([view.sections, view.section, view.label], [['data', 'run'], 'data', null]);
});

test('discriminative power goes to the model of its name and its metric', () => {
  const report = sampleReport({ nModels: 2, nAttributes: 3 });
  report.results.discriminative.reverse();
  report.results.discriminative[0]!.inputs = 'raw';
  assert.deepEqual(
    modelsOf(report).map(({ label, macroscale, discriminative }) => [
      label,
      macroscale !== null,
      discriminative?.inputs,
    ]),
    [
      ['arcface-r50', true, 'unitNorm'],
      ['adaface-r18', true, undefined],
      ['adaface-r18 · euclidean', false, 'raw'],
    ],
  );
});

test('the chosen section is kept where it is there', () => {
  assert.equal(viewReport(handReport(), '', { section: 'run' }).section, 'run');
  assert.equal(viewReport(handReport(), '', { section: 'verification' }).section, 'macroscale');
  assert.equal(viewReport(handReport(), '', { section: 'microscale' }).section, 'macroscale');
});

test('results of one model in two sections are one model', () => {
  const report = sampleReport({ nModels: 3, nAttributes: 3, verification: true });
  report.results.verification.reverse();
  assert.deepEqual(
    modelsOf(report).map(({ label, macroscale, verification }) => [
      label,
      macroscale?.model,
      verification?.model,
    ]),
    ['arcface-r50', 'adaface-r18', 'facenet-vgg'].map((name) => [name, name, name]),
  );
});

test('a model that only one section has is there too; its other sections are not', () => {
  const report = handReport([handVerification({ model: 'other' })]);
  assert.deepEqual(
    modelsOf(report).map(({ label }) => label),
    ['arcface-r50', 'other'],
  );
  assert.deepEqual(viewReport(report, '', { model: 'other' }).sections, [
    'significance',
    'verification',
    'projection',
    'data',
    'run',
  ]);
  assert.equal(viewReport(report, '', { model: 'other' }).section, 'verification', 'its own comes first');
  assert.deepEqual(viewReport(report, '', {}).sections, [
    'macroscale',
    'significance',
    'projection',
    'data',
    'run',
  ]);
});

test('the same name with another metric is another model', () => {
  const report = handReport([handVerification({ metric: 'euclidean' })]);
  assert.deepEqual(
    modelsOf(report).map(({ label, macroscale, verification }) => [
      label,
      macroscale !== null,
      verification !== null,
    ]),
    [
      ['arcface-r50', true, false],
      ['arcface-r50 · euclidean', false, true],
    ],
  );
});

test('arrow keys go round the tabs, Home and End to their ends', () => {
  assert.equal(nextTab('ArrowRight', 0, 3), 1);
  assert.equal(nextTab('ArrowRight', 2, 3), 0);
  assert.equal(nextTab('ArrowLeft', 0, 3), 2);
  assert.equal(nextTab('Home', 2, 3), 0);
  assert.equal(nextTab('End', 0, 3), 2);
  assert.equal(nextTab('x', 0, 3), null);
  assert.equal(nextTab('ArrowRight', -1, 3), null, 'the focus is not on a tab');
});
