import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EnergyValidation } from '../../../src/protocol/microscaleSchema.ts';
import { energyBoxes, linePlaces, nLines } from '../../../webview-ui/charts/energyBoxes.ts';
import { stepBars } from '../../../webview-ui/charts/stepBars.ts';
import { validationScatter } from '../../../webview-ui/charts/validationScatter.ts';
import type { EnergyListView, EnergyRow, EnergyRowPart } from '../../../webview-ui/energyList.ts';
import { niceAxis } from '../../../webview-ui/charts/axis.ts';
import { themeFrom } from '../../../webview-ui/theme.ts';

const theme = themeFrom(['vscode-dark'], () => '');

function part(values: Partial<EnergyRowPart>): EnergyRowPart {
  return {
    label: 'sface',
    energies: [],
    box: null,
    mean: null,
    interval: null,
    text: '—',
    missing: 'does not move',
    step: 0,
    stepInterval: null,
    stepText: '0',
    ...values,
  };
}

function row(attribute: string, ...parts: EnergyRowPart[]): EnergyRow {
  return { attribute, parts, cells: [], inWords: attribute };
}

const roll = part({
  energies: [0.1, 0.2, 0.3, 0.4, 0.5],
  box: { low: 0.1, q1: 0.2, median: 0.3, q3: 0.4, high: 0.5 },
  mean: 0.3,
  interval: [0.25, 0.35],
  missing: '',
  step: 0.2,
  stepInterval: [0.18, 0.22],
});

function view(rows: readonly EnergyRow[], byModel = false): EnergyListView {
  return {
    source: rows,
    variant: '',
    rows,
    nAttributes: rows.length,
    selected: null,
    columns: [],
    sort: { column: 'energy', descending: false },
    filter: '',
    view: 'chart',
    chartInWords: '',
    caveat: '',
    legend: [],
    tableName: '',
    energyAxis: niceAxis(0, 1),
    stepAxis: niceAxis(0, 1),
    byModel,
    references: [
      { kind: 'matched', value: 0.4, text: 'one person' },
      { kind: 'unmatched', value: 0.9, text: 'two people' },
    ],
  };
}

/** Points of a dataset without the gaps between its parts. */
function points(
  datasets: readonly { readonly label?: string | undefined; readonly data: readonly unknown[] }[],
  label: string,
) {
  const found = datasets.find((one) => one.label === label);
  return (found?.data ?? []) as readonly { readonly x: number; readonly y: number }[];
}

const drawn = ({ x }: { readonly x: number }) => Number.isFinite(x);

test('rows have a line each, by model a head and a line for every model', () => {
  const rows = [row('roll', roll, roll), row('hue', part({}), part({}))];
  assert.deepEqual(linePlaces(rows, true), [
    [1, 2],
    [4, 5],
  ]);
  assert.equal(nLines(rows, true), 6);
  assert.deepEqual(linePlaces([row('roll', roll), row('hue', part({}))], false), [[0], [1]]);
  assert.equal(nLines([], false), 0);
});

test('a line has its mean, its interval, each identity and a box in one place', () => {
  const { data } = energyBoxes(view([row('hue', part({})), row('roll', roll)]), theme);
  assert.deepEqual(points(data.datasets, 'Mean').filter(drawn), [{ x: 0.3, y: 1 }]);
  assert.deepEqual(points(data.datasets, 'Interval').filter(drawn), [
    { x: 0.25, y: 1 },
    { x: 0.35, y: 1 },
  ]);
  const dots = points(data.datasets, 'Identities');
  assert.deepEqual(
    dots.map(({ x }) => x),
    [0.1, 0.2, 0.3, 0.4, 0.5],
  );
  assert.ok(dots.every(({ y }) => Math.abs(y - 1) <= 0.22));
  assert.deepEqual(data.labels, ['1']);
  const [box] = data.datasets.find(({ label }) => label === 'Quartiles')!.data as readonly {
    readonly q1: number;
    readonly median: number;
  }[];
  assert.equal(box!.q1, 0.2);
  assert.equal(box!.median, 0.3);
});

test('what does not move has neither dot nor bar', () => {
  const rows = [row('hue', part({}))];
  const { data } = energyBoxes(view(rows), theme);
  assert.deepEqual(
    data.datasets.filter(({ label }) => label !== 'No common direction').flatMap((one) => one.data.length),
    [1, 0, 0],
  );
  assert.deepEqual(points(data.datasets, 'Mean').filter(drawn), []);
  assert.deepEqual(points(stepBars(view(rows), theme).data.datasets, 'Step lengths'), []);
});

test('no common direction is at 1, over all lines', () => {
  const { data } = energyBoxes(view([row('roll', roll), row('hue', part({}))]), theme);
  assert.deepEqual(points(data.datasets, 'No common direction'), [
    { x: 1, y: -0.5 },
    { x: 1, y: 1.5 },
  ]);
});

test('of thousands of identities a chart draws some, evenly by rank and with the smallest', () => {
  const energies = Array.from({ length: 3000 }, (_, i) => i / 3000);
  const { data } = energyBoxes(view([row('roll', { ...roll, energies })]), theme);
  const dots = points(data.datasets, 'Identities');
  assert.equal(dots.length, 300);
  assert.equal(dots[0]!.x, 0);
  assert.ok(Math.abs(dots.reduce((sum, { x }) => sum + x, 0) / 300 - 0.5) < 0.01);
});

test('a step is a bar from zero with its interval, held against both distances', () => {
  const { datasets } = stepBars(view([row('roll', roll)]), theme).data;
  assert.deepEqual(points(datasets, 'Step lengths').filter(drawn), [
    { x: 0, y: 0 },
    { x: 0.2, y: 0 },
  ]);
  assert.deepEqual(points(datasets, 'Intervals').filter(drawn), [
    { x: 0.18, y: 0 },
    { x: 0.22, y: 0 },
  ]);
  assert.deepEqual(
    points(datasets, 'two people').map(({ x }) => x),
    [0.9, 0.9],
  );
});

test('a validation is a point with two standard errors either way, and one that does not move is none', () => {
  const base = { dim: 64, kappa: null, nCurves: 400, nDraws: 12, neighbours: 'all' } as const;
  const validations: readonly EnergyValidation[] = [
    { ...base, field: 'halfMixed', measured: 0.51, standardError: 0.01, analytic: 0.5, z: 1 },
    { ...base, field: 'aligned', measured: 0, standardError: 0, analytic: 0, z: null },
    { ...base, field: 'linearInvariant', measured: null, standardError: null, analytic: null, z: null },
  ];
  const { datasets } = validationScatter(validations, theme).data;
  assert.deepEqual(points(datasets, 'Fields'), [
    { x: 0.5, y: 0.51 },
    { x: 0, y: 0 },
  ]);
  const ends = points(datasets, 'Two standard errors').filter(drawn);
  assert.deepEqual(
    ends.map(({ x, y }) => [x, y.toFixed(4)]),
    [
      [0.5, '0.4904'],
      [0.5, '0.5296'],
    ],
  );
});
