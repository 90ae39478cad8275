import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PageState } from '../../../src/protocol/webviewMessages.ts';
import { nextSort } from '../../../webview-ui/listState.ts';
import {
  defaultSort,
  ksOf,
  type MacroscaleView,
  type SortColumn,
} from '../../../webview-ui/macroscaleState.ts';
import { macroscaleList } from '../../../webview-ui/macroscaleList.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { handReport } from '../../support/handReport.ts';
import { sampleReport } from '../../support/sampleReport.ts';

function view(state: PageState = {}): MacroscaleView {
  return viewReport(handReport(), 'hand.attrlens.json', state).macroscale!;
}

function order(column: SortColumn, descending: boolean, state: PageState = {}): readonly string[] {
  return view({ ...state, sort: { column, descending } }).rows.map((row) => row.attribute);
}

test('without a choice, the strongest attribute comes first and is selected', () => {
  const { rows, selected, sort } = view();
  assert.deepEqual(
    rows.map((row) => row.attribute),
    ['Hat', 'Beard', 'Scar', 'Age', 'Twin'],
  );
  assert.equal(selected?.attribute, 'Hat');
  assert.deepEqual(sort, defaultSort);
});

test('each column sorts both ways, and what was not tested comes last in either', () => {
  assert.deepEqual(order('attribute', false), ['Age', 'Beard', 'Hat', 'Scar', 'Twin']);
  assert.deepEqual(order('attribute', true), ['Twin', 'Scar', 'Hat', 'Beard', 'Age']);
  assert.deepEqual(order('ks', false), ['Age', 'Scar', 'Beard', 'Hat', 'Twin']);
  assert.deepEqual(order('p', false), ['Hat', 'Beard', 'Scar', 'Age', 'Twin']);
  assert.deepEqual(order('p', true), ['Age', 'Scar', 'Beard', 'Hat', 'Twin']);
  assert.deepEqual(order('ksPositive', true, { signed: false }), ['Hat', 'Beard', 'Age', 'Scar', 'Twin']);
  assert.deepEqual(order('ksNegative', true, { signed: false }), ['Scar', 'Beard', 'Hat', 'Age', 'Twin']);
});

test('signed, a modality that spreads sorts below one that clusters', () => {
  assert.deepEqual(order('ksPositive', true, { signed: true }), ['Hat', 'Age', 'Beard', 'Scar', 'Twin']);
  assert.deepEqual(order('ksNegative', true, { signed: true }), ['Beard', 'Hat', 'Age', 'Scar', 'Twin']);
});

test('equal values are in the order of names, so that an order never depends on the file', () => {
  assert.deepEqual(order('n', true), ['Age', 'Beard', 'Hat', 'Scar', 'Twin']);
  assert.deepEqual(order('n', false), ['Age', 'Beard', 'Hat', 'Scar', 'Twin']);
});

test('p too small for a double still sorts, by its logarithm', () => {
  const report = handReport();
  const rows = report.results.macroscale[0]!.rows;
  Object.assign(rows[0]!, { pNaive: 0, log10PNaive: -2400 });
  Object.assign(rows[2]!, { pNaive: 0, log10PNaive: -3000 });
  Object.assign(rows[6]!, { pNaive: 0, log10PNaive: null });
  const { macroscale: model } = viewReport(report, '', { sort: { column: 'p', descending: false } });
  assert.deepEqual(
    model!.rows.map((row) => row.attribute),
    ['Scar', 'Beard', 'Hat', 'Age', 'Twin'],
  );
});

test('a filter ignores case, blanks around it, and takes a blank for an underscore', () => {
  const found = (filter: string) =>
    viewReport(sampleReport(), '', {
      filter,
      sort: { column: 'attribute', descending: false },
    }).macroscale!.rows.map((row) => row.attribute);
  assert.deepEqual(found(' wearing h'), ['Wearing_Hat']);
  assert.deepEqual(found('BLOND hair'), ['Blond_Hair']);
  assert.equal(found('').length, 40);
  assert.deepEqual(found('nothing of the kind'), []);
});

test('a filter leaves the selection and the summary alone', () => {
  const { rows, selected, ranking } = view({ filter: 'beard', attribute: 'Age' });
  assert.equal(rows.length, 1);
  assert.equal(selected?.attribute, 'Age');
  assert.equal(ranking.length, 5);
});

test('a chosen attribute that the report does not hold gives way to the strongest', () => {
  assert.equal(view({ attribute: 'Monocle' }).selected?.attribute, 'Hat');
});

test('a sort column of another version gives way to the default', () => {
  assert.deepEqual(view({ sort: { column: 'energy', descending: false } }).sort, defaultSort);
});

test('a column clicked again turns round; a new one begins where a reader wants it', () => {
  const column = (key: SortColumn) => macroscaleList(view()).columns.find((one) => one.key === key)!;
  assert.deepEqual(nextSort(defaultSort, column('ks')), { column: 'ks', descending: false });
  assert.deepEqual(nextSort(defaultSort, column('p')), { column: 'p', descending: false });
  assert.deepEqual(nextSort(defaultSort, column('attribute')), { column: 'attribute', descending: false });
  assert.deepEqual(nextSort(defaultSort, column('ksNegative')), { column: 'ksNegative', descending: true });
});

test('a signed KS distance has a minus where the modality spreads', () => {
  const beard = view().ranking[1]!;
  assert.equal(ksOf(beard.positive, true), -0.12);
  assert.equal(ksOf(beard.positive, false), 0.12);
  assert.equal(ksOf(beard.negative, true), 0.08);
  assert.equal(ksOf(null, true), null);
});

test('an attribute tested on one side has that side alone', () => {
  const scar = view({ attribute: 'Scar' }).selected!;
  assert.equal(scar.positive, null);
  assert.equal(scar.strongest, scar.negative);
});

test('models are chosen by name, told apart where names repeat, and share one axis', () => {
  const report = sampleReport({ nModels: 3, discriminative: false });
  report.results.macroscale[1]!.model = 'arcface-r50';
  report.results.macroscale[1]!.metric = 'euclidean';
  report.results.macroscale[2]!.model = 'arcface-r50';
  report.results.macroscale[2]!.metric = 'euclidean';
  const labels = ['arcface-r50', 'arcface-r50 · euclidean', 'arcface-r50 · 2'];
  assert.deepEqual(viewReport(report, '', {}).modelLabels, labels);
  const views = labels.map((model) => viewReport(report, '', { model }).macroscale!);
  assert.deepEqual(
    views.map(({ result }) => report.results.macroscale.indexOf(result)),
    [0, 1, 2],
  );
  assert.deepEqual(views[1]!.axis, views[0]!.axis);
  assert.equal(viewReport(report, '', { model: 'gone' }).label, 'arcface-r50');
});

test('a report without macroscale results has no model to show', () => {
  const report = sampleReport({ nModels: 0 });
  assert.equal(viewReport(report, '', {}).macroscale, null);
});

test('where identities are unknown, images are compared, not people', () => {
  const report = handReport();
  report.inputs.dataset.identitiesKnown = false;
  assert.equal(viewReport(report, '', {}).macroscale!.noun, 'images');
  assert.equal(view().noun, 'people');
});
