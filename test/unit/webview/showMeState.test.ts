import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewReport } from '../../../webview-ui/state.ts';
import { sampleReport } from '../../support/sampleReport.ts';

const report = sampleReport({ nModels: 2, nAttributes: 3 });
const names = report.results.attributes.map(({ attribute }) => attribute);

function showMe(shown: typeof report, state: { model?: string; attribute?: string }) {
  return viewReport(shown, 'faces.attrlens.json', state).macroscale!.showMe!;
}

test('faces are the chosen attribute’s, pairs those of the shown model as well', () => {
  const attribute = names[1]!;
  const view = showMe(report, { model: 'adaface-r18', attribute });
  assert.deepEqual(
    [view.attribute, view.model, view.noun, view.metric],
    [attribute, 'adaface-r18', 'people', 'cosine'],
  );
  assert.equal(view.faces, report.results.faces[1]);
  assert.ok(view.pairs.kind === 'pairs');
  assert.equal(
    view.pairs.extremes,
    report.results.extremes.find((one) => one.model === 'adaface-r18' && one.attribute === attribute),
  );
  assert.equal(view.pairs.among, 'all');
});

test('a report without faces and pairs has none to show, and centroids never have', () => {
  const older = { ...report, results: { ...report.results, faces: [], extremes: [] } };
  assert.deepEqual([showMe(older, {}).faces, showMe(older, {}).pairs], [null, { kind: 'none' }]);
  const withPoints = (points: 'centroids' | 'everyImage') => ({
    ...report,
    results: {
      ...report.results,
      macroscale: report.results.macroscale.map((one) => ({
        ...one,
        sampling: { ...one.sampling, points },
      })),
    },
  });
  assert.deepEqual(showMe(withPoints('centroids'), {}).pairs, { kind: 'centroids' });
  const { pairs } = showMe(withPoints('everyImage'), {});
  assert.equal(pairs.kind === 'pairs' && pairs.among, 'drawn');
});
