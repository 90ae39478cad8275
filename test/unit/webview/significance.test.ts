import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PageState } from '../../../src/protocol/webviewMessages.ts';
import { significanceAsCsv } from '../../../webview-ui/csvSignificance.ts';
import { type SignificanceView, stepOf } from '../../../webview-ui/significanceState.ts';
import { cellInWords, significanceInWords } from '../../../webview-ui/significanceWording.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { handReportWithInference } from '../../support/handInference.ts';
import { handReport } from '../../support/handReport.ts';

function view(state: PageState = {}, report = handReportWithInference()): SignificanceView {
  return viewReport(report, '', { section: 'significance', ...state }).significance!;
}

const names = (state: PageState) => view(state).rows.map(({ attribute }) => attribute);
const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '').replace(/\u202F/g, ' ');

test('there is a column for each modality of each model, a line for each tested attribute', () => {
  const { columns, rows, nAttributes } = view();
  assert.deepEqual(
    columns.map(({ model, modality }) => [model, modality]),
    [
      ['arcface-r50', 'positive'],
      ['arcface-r50', 'negative'],
      ['sface', 'positive'],
      ['sface', 'negative'],
    ],
  );
  assert.equal(nAttributes, 4);
  assert.deepEqual(
    rows.map(({ attribute, cells }) => [attribute, ...cells.map((row) => row?.pAdjusted ?? null)]),
    [
      ['Hat', 0.0035, 0.0047, 0.0035, 0.0006],
      ['Beard', 0.0035, 0.0525, null, null],
      ['Scar', null, 0.7, null, null],
      ['Age', 0.56, 0.7, null, null],
    ],
  );
});

test('the adjusted p is shown unless another is asked for; without permutations there is the naive one alone', () => {
  assert.deepEqual(view().kinds, ['adjusted', 'permutation', 'holm', 'naive']);
  assert.equal(view().kind, 'adjusted');
  assert.equal(view({ pKind: 'holm' }).kind, 'holm');
  const older = view({ pKind: 'holm' }, handReport());
  assert.deepEqual([older.kinds, older.kind], [['naive'], 'naive']);
});

test('tests below 0.05 are counted over the whole report, whatever is filtered', () => {
  assert.deepEqual([view().nBelow, view().nTests], [5, 9]);
  assert.deepEqual([view({ pKind: 'permutation' }).nBelow, view({ pKind: 'permutation' }).nTests], [6, 9]);
  assert.deepEqual([view({ filter: 'age' }).nBelow, view({ filter: 'age' }).rows.length], [5, 1]);
});

test('any column sorts; what is equal is in the order of KS, what was not tested comes last', () => {
  const by = (column: string, descending: boolean, pKind: PageState['pKind'] = 'adjusted') =>
    names({ pKind, pSort: { column, descending } });
  assert.deepEqual(by('positive arcface-r50', false), ['Hat', 'Beard', 'Age', 'Scar']);
  assert.deepEqual(by('positive arcface-r50', true), ['Age', 'Hat', 'Beard', 'Scar']);
  assert.deepEqual(by('negative arcface-r50', false, 'naive'), ['Beard', 'Scar', 'Hat', 'Age']);
  assert.deepEqual(by('attribute', false), ['Age', 'Beard', 'Hat', 'Scar']);
  assert.deepEqual(by('below', false), ['Scar', 'Age', 'Beard', 'Hat']);
  assert.deepEqual(view({ pSort: { column: 'positive gone', descending: false } }).sort.column, 'below');
});

test('steps end below 0.05, 0.01 and 0.001, not at them', () => {
  assert.deepEqual([0.05, 0.0499, 0.01, 0.0099, 0.001, 0.00099, 0, 1].map(stepOf), [0, 1, 1, 2, 2, 3, 3, 0]);
});

test('each kind of p is told with what its count means', () => {
  assert.equal(
    significanceInWords(view()),
    '5 of 9 tests have an adjusted p below 0.05; of these, at most one in twenty is expected to be chance.',
  );
  assert.equal(
    plain(significanceInWords(view({ pKind: 'permutation' }))),
    '6 of 9 tests have a permutation p below 0.05; chance alone would give about 0.5. With 1 999 permutations none can be below 0.00050.',
  );
  assert.match(
    significanceInWords(view({ pKind: 'naive' })),
    /^7 of 9 tests have a naive p below 0\.05\. It takes pairs for independent/,
  );
});

test('a cell is heard with attribute, modality, model, p, step and KS', () => {
  const { rows, columns } = view();
  assert.equal(
    plain(cellInWords('Hat', columns[3]!, rows[0]!.cells[3]!, { p: 0.0006, log10P: null })),
    'Hat, negative, sface: p 0.00060, below 0.001; KS 0.040',
  );
  assert.equal(plain(cellInWords('Age', columns[2]!, null, null)), 'Age, positive, sface: not tested');
});

test('all tests of the shown lines are copied with every p and what they are from', () => {
  const [head, ...lines] = significanceAsCsv(view({ filter: 'hat' }))
    .trimEnd()
    .split('\r\n');
  assert.equal(
    head,
    'attribute,model,metric,modality,ks,sign,p_permutation,p_adjusted_bh,p_holm,p_naive,log10_p_naive,null_95,n_effective,permutations,n_images,n_identities,n_within,n_cross',
  );
  assert.equal(lines.length, 4);
  assert.deepEqual(lines[3]!.split(',').slice(0, 9), [
    'Hat',
    'sface',
    'cosine',
    'negative',
    '0.04',
    '-1',
    '0.002',
    '0.0006',
    '0.01',
  ]);
  assert.deepEqual(lines[3]!.split(',').slice(-5), ['1999', '50', '50', '1225', '2490']);
});
