import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  EnergyValidation,
  MicroscaleResult,
  MicroscaleRow,
} from '../../../src/protocol/microscaleSchema.ts';
import type { Report } from '../../../src/protocol/report.ts';
import { energiesAsCsv, validationsAsCsv } from '../../../webview-ui/csvMicroscale.ts';
import { validationCells, validationInWords } from '../../../webview-ui/energyValidationWording.ts';
import { comparisonInWords } from '../../../webview-ui/microscaleComparisonWording.ts';
import { boxOf, type MeasuredView } from '../../../webview-ui/microscaleState.ts';
import {
  energiesInWords,
  energyLineInWords,
  ruleInWords,
  selectedInWords,
} from '../../../webview-ui/microscaleWording.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { plainText } from '../../../webview-ui/wording.ts';
import type { PageState } from '../../../src/protocol/webviewMessages.ts';
import { handReport } from '../../support/handReport.ts';

function row(
  attribute: string,
  identity: string | null,
  changes: Partial<MicroscaleRow> = {},
): MicroscaleRow {
  return {
    attribute,
    identity,
    nIdentities: 2,
    nCurves: 20,
    nStill: 0,
    nIsolated: 0,
    energy: 0.5,
    energyWithSelf: null,
    ci: identity === null ? [0.4, 0.6] : null,
    stepLength: 0.1,
    stepLengthCi: null,
    stepOverWithin: 0.25,
    stepOverBetween: 0.1,
    moves: true,
    reason: null,
    ...changes,
  };
}

const still = {
  energy: null,
  ci: null,
  moves: false,
  stepLength: 0,
  stepOverWithin: 0,
  stepOverBetween: 0,
  reason: 'Does not move: start and end have the same embedding.',
} satisfies Partial<MicroscaleRow>;

function result(changes: Partial<MicroscaleResult> = {}): MicroscaleResult {
  return {
    model: 'a',
    metric: 'cosine',
    neighbours: 'knn:10',
    precision: 'double',
    bootstraps: 1000,
    seed: 1,
    meanWithin: 0.4,
    meanBetween: 1,
    rows: [
      row('hue', null, still),
      row('noise', null, { energy: 0.9, ci: [0.85, 0.95] }),
      row('noise', '=one', { energy: 0.8 }),
      row('noise', 'two', { energy: 1 }),
      row('blur', null, { energy: 0.25, ci: [0.2, 0.3] }),
      row('blur', '=one', { energy: 0.2 }),
      row('blur', 'two', { energy: 0.3 }),
    ],
    tests: [{ a: 'noise', b: 'blur', nA: 2, nB: 2, u: 4, p: 0.3, pAdjusted: 0.33, pHolm: 0.34 }],
    ...changes,
  };
}

function report(): Report {
  const made = handReport();
  made.results.macroscale = [];
  made.results.microscale = [
    result(),
    result({ neighbours: 'all', rows: [row('noise', null, { energy: 0.7 })], tests: [] }),
    result({ model: 'b', rows: [row('noise', null, { energy: 0.6 })], tests: [] }),
  ];
  made.results.microscaleComparisons = [
    {
      modelA: 'b',
      modelB: 'a',
      neighbours: 'knn:10',
      rows: [{ attribute: 'noise', nIdentities: 2, difference: -0.3, ci: [-0.4, -0.2] }],
    },
  ];
  return made;
}

function measured(state: PageState = {}): MeasuredView {
  return viewReport(report(), '', { section: 'microscale', ...state }).microscale!.measured!;
}

test('a report without macroscale opens on its microscale, by the first rule', () => {
  const view = viewReport(report(), '', {});
  assert.equal(view.section, 'microscale');
  assert.equal(view.microscale!.measured!.result.neighbours, 'knn:10');
  assert.deepEqual(measured().rules, ['knn:10', 'all']);
  assert.equal(measured({ neighbours: 'all' }).result.neighbours, 'all');
  assert.equal(measured({ neighbours: 'inverse' }).result.neighbours, 'knn:10', 'one that is not there');
});

test('the most aligned comes first, what does not move last in either direction', () => {
  const names = (state: PageState) => measured(state).lines.map(({ attribute }) => attribute);
  assert.deepEqual(names({}), ['blur', 'noise', 'hue']);
  assert.deepEqual(names({ energySort: { column: 'energy', descending: true } }), ['noise', 'blur', 'hue']);
  assert.deepEqual(names({ latticeFilter: 'OI' }), ['noise']);
});

test('the share of larger energies is of the chosen attribute, whichever side of the test it was', () => {
  const larger = (latticeAttribute: string) => measured({ latticeAttribute }).tests.map((one) => one.larger);
  assert.deepEqual(larger('noise'), [1], 'u = 4 of 2 × 2');
  assert.deepEqual(larger('blur'), [0]);
  assert.deepEqual(larger('hue'), []);
});

test('a comparison is turned round where the shown model is its second', () => {
  const { comparison } = measured();
  assert.deepEqual(comparison!.rows[0]!.difference, 0.3);
  assert.deepEqual(comparison!.rows[0]!.ci, [0.2, 0.4]);
  assert.match(plainText(comparisonInWords(comparison!)), /1 of 1 intervals exclude zero .* 0\.3/);
});

test('the chosen attribute is there by every model, lines only where they are asked for', () => {
  const state = { latticeAttribute: 'noise' };
  assert.deepEqual(
    measured(state).ofModels.map(({ label, mean }) => [label, mean.energy]),
    [
      ['a', 0.9],
      ['b', 0.6],
    ],
  );
  assert.equal(measured(state).selected!.parts.length, 1);
  assert.equal(measured({ ...state, byModel: true }).selected!.parts.length, 2);
});

test('quartiles are interpolated, and whiskers stop at what is not an outlier', () => {
  assert.equal(boxOf([1, 2, 3, 4]), null);
  assert.deepEqual(boxOf([1, 2, 3, 4, 100]), { low: 1, q1: 2, median: 3, q3: 4, high: 4 });
  assert.deepEqual(boxOf([0, 1, 2, 3, 4, 5])!.q1, 1.25);
});

test('what does not move has no energy in any words', () => {
  const view = measured({ latticeAttribute: 'hue' });
  assert.equal(energyLineInWords(view.selected!, view), '\u2068hue\u2069: does not move');
  assert.match(selectedInWords(view), /does not move the embedding.*It has no energy/);
  assert.match(
    plainText(energiesInWords(view)),
    /^Most aligned: \u2068blur\u2069 \(energy 0\.25\); least: \u2068noise\u2069 \(0\.90\).*\u2068hue\u2069 does not move .* or the images do not change/,
  );
});

test('rules are said in words', () => {
  assert.deepEqual(['knn:1', 'knn:5', 'ball:0.5', 'inverse', 'all'].map(ruleInWords), [
    'the nearest neighbour',
    '5 nearest neighbours',
    'a ball of 0.5 of the mean distance',
    'all points by inverse distance',
    'all pairs',
  ]);
});

test('the CSV has attributes in the shown order with their identities, and no formulas', () => {
  const lines = energiesAsCsv(measured()).trimEnd().split('\r\n');
  assert.equal(lines.length, 1 + 3 + 3 + 1);
  const width = lines[0]!.split(',').length;
  assert.ok(lines.every((line) => line.split(',').length === width));
  assert.ok(lines[1]!.startsWith('a,cosine,knn:10,blur,,2,20,0,0,0.25,0.2,0.3,,0.1,'));
  assert.ok(lines[2]!.startsWith("a,cosine,knn:10,blur,'=one,"));
  assert.ok(lines[7]!.includes(',false,Does not move: start and end'));
});

function validation(changes: Partial<EnergyValidation> = {}): EnergyValidation {
  return {
    field: 'vonMisesFisher',
    dim: 64,
    kappa: 20,
    nCurves: 400,
    nDraws: 12,
    neighbours: 'all',
    measured: 0.915,
    standardError: 0.001,
    analytic: 0.9174,
    z: -2.4,
    ...changes,
  };
}

const unmoved = validation({
  field: 'linearInvariant',
  kappa: null,
  measured: null,
  standardError: null,
  analytic: null,
  z: null,
});

test('validations alone are a section, counted by how far they are', () => {
  const made = handReport();
  made.results.macroscale = [];
  made.results.energyValidations = [validation(), validation({ z: 1.9 }), unmoved];
  const view = viewReport(made, '', {});
  assert.equal(view.section, 'microscale');
  assert.equal(view.microscale!.measured, null);
  assert.match(
    validationInWords(made.results.energyValidations),
    /made-up fields whose energy is known \(3\): .* at most 0\.0024; 1 of 2 lie more than two standard errors apart, where chance alone would put about 0\.1\.$/,
  );
  assert.equal(validationsAsCsv(view.microscale!).split('\r\n').length, 1 + 3 + 1);
  assert.deepEqual(validationCells(unmoved).slice(3, 7), ['does not move', 'does not move', '—', '—']);
});

test('a field that moves where it should not is said to disagree', () => {
  assert.match(
    validationInWords([{ ...unmoved, measured: 0.5 }]),
    /In 1 it disagrees on whether the field moves/,
  );
});
