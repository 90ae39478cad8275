import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dotsByAttribute } from '../../../webview-ui/charts/dotsByAttribute.ts';
import { pairHistogram, thresholdsOf } from '../../../webview-ui/charts/pairHistogram.ts';
import { decades, lowestFar, rocCurve, tarAtFar } from '../../../webview-ui/charts/rocCurve.ts';
import { rowsOf } from '../../../webview-ui/charts/labelRows.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { themeFrom } from '../../../webview-ui/theme.ts';
import { verificationList } from '../../../webview-ui/verificationList.ts';
import { handReport } from '../../support/handReport.ts';
import { handVerification } from '../../support/handVerification.ts';

const theme = themeFrom(['vscode-dark'], () => '');
const result = handVerification();

test('the histogram outlines the share of its own pairs in every bin, from the floor to the floor', () => {
  const [one, two] = pairHistogram(result, theme).data.datasets;
  const steps = (heights: readonly number[]) => [
    [0, 0],
    ...heights.flatMap((y, bin) => [
      [bin / 2, y],
      [(bin + 1) / 2, y],
    ]),
    [2, 0],
  ];
  assert.deepEqual(
    one!.data.map(({ x, y }) => [x, y]),
    steps([0.25, 0.5, 0.25, 0]),
  );
  assert.deepEqual(
    two!.data.map(({ x, y }) => [x, y]),
    steps([0, 0.2, 0.6, 0.2]),
  );
  assert.notDeepEqual(one!.borderDash, two!.borderDash, 'line style is a second code beside colour');
});

test('a histogram of nothing is flat, not broken', () => {
  const empty = handVerification({ histograms: { min: 0, max: 1, matched: [0, 0], unmatched: [0, 0] } });
  for (const { data } of pairHistogram(empty, theme).data.datasets) {
    assert.ok(data.every(({ y }) => y === 0));
  }
});

test('every threshold is marked at its distance, and the EER’s', () => {
  assert.deepEqual(
    thresholdsOf(result).map(({ x, text }) => [x, text]),
    [
      [0.5, 'FAR 10⁻⁴'],
      [0.625, 'FAR 10⁻³'],
      [0.75, 'FAR 10⁻²'],
      [0.875, 'EER'],
    ],
  );
  assert.equal(pairHistogram(result, theme).options?.plugins?.thresholdMarks?.marks?.length, 4);
});

test('names of thresholds that would overlap stand in rows of their own', () => {
  assert.deepEqual(
    rowsOf([
      [0, 10],
      [20, 30],
      [5, 25],
      [26, 40],
      [27, 41],
    ]),
    [0, 0, 1, 1, 2],
  );
  assert.deepEqual(rowsOf([]), []);
});

const curves = () => new Map(rocCurve(result, theme).data.datasets.map(({ label, data }) => [label, data]));

test('the ROC begins with what is accepted without a false accept, at the left end of the axis', () => {
  assert.equal(lowestFar(result), 1e-4);
  assert.deepEqual(curves().get('ROC'), [
    { x: 1e-4, y: 0.5 },
    { x: 0.0005, y: 0.7 },
    { x: 0.001, y: 0.8 },
    { x: 0.01, y: 0.9 },
    { x: 0.5, y: 1 },
    { x: 1, y: 1 },
  ]);
});

test('rates are dots with whiskers, hollow where there are too few pairs; those left of the axis are not drawn', () => {
  assert.deepEqual(curves().get('TAR at FAR'), [
    { x: 1e-2, y: 0.9 },
    { x: 1e-3, y: 0.8 },
    { x: 1e-4, y: 0.7 },
  ]);
  assert.deepEqual(curves().get('Interval')?.slice(0, 2), [
    { x: 1e-2, y: 0.875 },
    { x: 1e-2, y: 0.925 },
  ]);
  const dots = rocCurve(result, theme).data.datasets.find(({ label }) => label === 'TAR at FAR')!;
  assert.deepEqual(dots.pointBackgroundColor, [theme.matched, theme.matched, theme.background]);
});

test('the EER lies on the curve at equal errors, and chance on TAR = FAR', () => {
  assert.deepEqual(curves().get('EER'), [{ x: 0.04, y: 0.96 }]);
  const chance = curves().get('Chance')!;
  assert.ok(chance.every(({ x, y }) => x === y));
  assert.ok(Math.abs(chance[0]!.x - 1e-4) < 1e-12 && chance.at(-1)!.x === 1);
});

test('between its points the curve promises no more than the point before', () => {
  assert.equal(tarAtFar(result, 0), 0.5);
  assert.equal(tarAtFar(result, 0.0004), 0.5);
  assert.equal(tarAtFar(result, 0.002), 0.8);
  assert.equal(tarAtFar(result, 1), 1);
  assert.equal(tarAtFar(handVerification({ roc: [] }), 0.5), null);
});

test('the axis of the ROC reaches to one false accept, in whole decades', () => {
  assert.deepEqual(
    [10, 300, 3000, 100_000, 1_000_000].map((nUnmatched) => lowestFar(handVerification({ nUnmatched }))),
    [0.1, 1e-3, 1e-4, 1e-5, 1e-6],
  );
  assert.equal(lowestFar(handVerification({ nUnmatched: 3 })), 0.1);
  assert.deepEqual(decades(1e-3), [1e-3, 1e-2, 0.1, 1]);
});

test('rates of modalities stand on halves of their line with whiskers, the rate of all is a line through all', () => {
  const view = viewReport(handReport([result]), '', {}).verification!;
  const data = new Map(
    dotsByAttribute(verificationList(view), theme).data.datasets.map((dataset) => [
      dataset.label,
      dataset.data.map(({ x, y }) => (Number.isNaN(x) ? null : [x, Math.round(y * 100) / 100])),
    ]),
  );
  assert.deepEqual(data.get('Positive'), [[0.25, -0.21], [0.5, 0.79], [0.8, 1.79], null, null]);
  assert.deepEqual(data.get('Negative'), [[0.85, 0.21], [0.825, 1.21], [0.9, 2.21], [0.8, 3.21], null]);
  assert.deepEqual(data.get('Positive interval')?.slice(3, 6), [[0.45, 0.79], [0.55, 0.79], null]);
  assert.deepEqual(data.get('All'), [[0.8, -0.5], [0.8, 4.5], null]);
  assert.equal(data.has('Both'), false);
});
