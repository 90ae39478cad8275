import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distanceCdf } from '../../../webview-ui/charts/distanceCdf.ts';
import { dotsByAttribute } from '../../../webview-ui/charts/dotsByAttribute.ts';
import { macroscaleList } from '../../../webview-ui/macroscaleList.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { themeFrom } from '../../../webview-ui/theme.ts';
import { nextIndex } from '../../../webview-ui/views/listKeys.ts';
import { handReport } from '../../support/handReport.ts';

const theme = themeFrom(['vscode-dark'], () => '');
const view = (signed: boolean) => viewReport(handReport(), '', { signed }).macroscale!;

function chart(signed: boolean) {
  return dotsByAttribute(macroscaleList(view(signed)), theme);
}

/** Points of each dataset; a gap is `null`. */
function data(signed: boolean) {
  return Object.fromEntries(
    chart(signed).data.datasets.map((dataset) => [
      dataset.label!,
      dataset.data.map(({ x, y }) => (Number.isNaN(x) ? null : [x, y])),
    ]),
  );
}

test('each attribute is two dots on its line and the bar between them, in the order of the rows', () => {
  assert.deepEqual(
    view(false).rows.map((row) => row.attribute),
    ['Hat', 'Beard', 'Scar', 'Age', 'Twin'],
  );
  assert.deepEqual(data(false), {
    Positive: [[0.2, 0], [0.12, 1], null, [0.012, 3], null],
    Negative: [[0.05, 0], [0.08, 1], [0.1, 2], [0.012, 3], null],
    Both: [[0.2, 0], [0.05, 0], null, [0.12, 1], [0.08, 1], null, [0.012, 3], [0.012, 3], null],
  });
});

test('signed, a modality that spreads stands left of zero and the bar spans it', () => {
  assert.deepEqual(data(true), {
    Positive: [[0.2, 0], [-0.12, 1], null, [0.012, 3], null],
    Negative: [[0.05, 0], [0.08, 1], [-0.1, 2], [-0.012, 3], null],
    Both: [[0.2, 0], [0.05, 0], null, [-0.12, 1], [0.08, 1], null, [0.012, 3], [-0.012, 3], null],
  });
});

test('the axis of the chart is that of the page, its lines are the rows, and nothing moves', () => {
  const { options } = chart(true);
  const { min, max } = view(true).axis;
  assert.partialDeepStrictEqual(options, {
    animation: false,
    scales: { x: { min, max }, y: { min: -0.5, max: 4.5, reverse: true } },
  });
});

function cdf() {
  const { distribution, result } = view(true);
  const rows = result.rows.filter((row) => row.attribute === 'Hat');
  return distanceCdf({ distribution: distribution!, rows, metric: 'cosine' }, theme);
}

test('the CDF chart draws the three curves from the counts', () => {
  const curves = new Map(cdf().data.datasets.map((dataset) => [dataset.label, dataset.data]));
  assert.deepEqual(
    curves.get('Within +')?.map(({ y }) => y),
    [0, 0.1, 0.4, 0.8, 1],
  );
  assert.deepEqual(
    curves.get('Within −')?.map(({ y }) => y),
    [0, 0, 0.5, 1, 1],
  );
  assert.deepEqual(
    curves.get('Across')?.map(({ x, y }) => [x, y]),
    [
      [0, 0],
      [0.5, 0],
      [1, 0.2],
      [1.5, 0.8],
      [2, 1],
    ],
  );
});

test('the gap of each modality runs from within to across at its location, as the report has it', () => {
  const gaps = new Map(cdf().data.datasets.map((dataset) => [dataset.label, dataset.data]));
  assert.deepEqual(gaps.get('KS positive'), [
    { x: 1, y: 0.4 },
    { x: 1, y: 0.2 },
  ]);
  assert.deepEqual(gaps.get('KS negative'), [
    { x: 1, y: 0.25 },
    { x: 1, y: 0.2 },
  ]);
});

test('each gap is labelled with its KS distance, in the colour of its modality', () => {
  assert.deepEqual(cdf().options?.plugins?.gapLabels?.gaps, [
    { x: 1, y: (0.4 + 0.2) / 2, text: 'KS 0.200', colour: theme.positive },
    { x: 1, y: (0.25 + 0.2) / 2, text: 'KS 0.050', colour: theme.negative },
  ]);
});

test('line style is a second code beside colour', () => {
  const dashes = cdf()
    .data.datasets.filter(({ label }) => !label!.startsWith('KS'))
    .map((dataset) => JSON.stringify(dataset.borderDash));
  assert.equal(new Set(dashes).size, 3);
});

test('keys move within a list and never out of it', () => {
  assert.equal(nextIndex('ArrowDown', 3, 40), 4);
  assert.equal(nextIndex('ArrowDown', 39, 40), 39);
  assert.equal(nextIndex('ArrowUp', 0, 40), 0);
  assert.equal(nextIndex('ArrowDown', -1, 40), 0);
  assert.equal(nextIndex('ArrowUp', -1, 40), 39);
  assert.equal(nextIndex('PageDown', 35, 40), 39);
  assert.equal(nextIndex('PageUp', 35, 40), 25);
  assert.equal(nextIndex('Home', 35, 40), 0);
  assert.equal(nextIndex('End', 0, 40), 39);
  assert.equal(nextIndex('x', 0, 40), null);
  assert.equal(nextIndex('ArrowDown', 0, 0), null);
});
