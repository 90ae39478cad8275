import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ComparedModality, Comparison } from '../../../src/protocol/comparisonSchema.ts';
import { comparedMacroscaleAsCsv } from '../../../webview-ui/comparisonCsv.ts';
import { comparedMacroscaleList } from '../../../webview-ui/comparisonLists.ts';
import { comparisonPlot } from '../../../webview-ui/comparisonPlot.ts';
import { isBeyondZero, isOfFew, viewComparison } from '../../../webview-ui/comparisonState.ts';
import { findings, measureName, noteText } from '../../../webview-ui/comparisonWording.ts';
import { plainText } from '../../../webview-ui/wording.ts';
import { handReport } from '../../support/handReport.ts';
import { compared, sampleComparison } from '../../support/sampleComparison.ts';

const same = compared(handReport(), handReport());

function row(
  attribute: string,
  modality: 'positive' | 'negative',
  [before, after]: readonly [number | null, number | null],
  differenceCi: [number, number] | null = null,
  n = 50,
): ComparedModality {
  const side = (value: number | null) => (value === null ? null : { value, ci: null, n });
  const difference = before === null || after === null ? null : after - before;
  return { attribute, modality, before: side(before), after: side(after), difference, differenceCi };
}

/** Hat falls, Beard turns its sign, Age has few people, Scar is on one side. */
const rows: ComparedModality[] = [
  row('Hat', 'positive', [0.25, 0.125], [-0.1875, -0.0625]),
  row('Hat', 'negative', [0.05, 0.05], [-0.01, 0.01]),
  row('Beard', 'positive', [-0.1, 0.15], [0.2, 0.3]),
  row('Age', 'positive', [0, 0.5], [-0.4, 1.4], 5),
  row('Scar', 'negative', [0.3, null]),
];

function comparisonOf(macroscale: ComparedModality[]): Comparison {
  return { ...same, pairs: [{ ...same.pairs[0]!, macroscale }] };
}

const macroscaleOf = (state: Parameters<typeof viewComparison>[2] = {}, all = rows) =>
  viewComparison(comparisonOf(all), 'x.attrlens.json', state).macroscale!;

test('attributes come with the larger difference of their modalities, the largest first, the missing last', () => {
  const { rows: lines } = macroscaleOf();
  assert.deepEqual(
    lines.map(({ attribute, largest }) => [attribute, largest]),
    [
      ['Age', 0.5],
      ['Beard', 0.25],
      ['Hat', 0.125],
      ['Scar', null],
    ],
  );
});

test('a column sorts by its values, with signs; an unknown one is passed over', () => {
  const names = (column: string, descending: boolean) =>
    macroscaleOf({ sort: { column, descending } }).rows.map(({ attribute }) => attribute);
  assert.deepEqual(names('positive', false), ['Hat', 'Beard', 'Age', 'Scar']);
  assert.deepEqual(names('beforeNegative', true), ['Scar', 'Hat', 'Age', 'Beard']);
  assert.deepEqual(names('attribute', false), ['Age', 'Beard', 'Hat', 'Scar']);
  assert.deepEqual(names('pAdjusted', false), ['Age', 'Beard', 'Hat', 'Scar']);
});

test('the axis holds zero and every interval, but not those of a few people', () => {
  const { axis } = macroscaleOf();
  assert.ok(axis.min <= -0.1875 && axis.min > -0.4, String(axis.min));
  assert.ok(axis.max >= 0.5 && axis.max < 1.4, String(axis.max));
  assert.ok(axis.ticks.includes(0));
  const still = macroscaleOf({}, [row('Hat', 'positive', [0.1, 0.1])]).axis;
  assert.deepEqual([still.min, still.max], [-0.02, 0.02]);
});

test('a dot is grey where its interval holds zero, and only there', () => {
  const list = comparedMacroscaleList(macroscaleOf());
  const hat = list.rows.find(({ attribute }) => attribute === 'Hat')!;
  assert.deepEqual([hat.positive!.isNoise, hat.negative!.isNoise], [false, true]);
  assert.equal(list.rows.find(({ attribute }) => attribute === 'Scar')!.negative, null);
  assert.deepEqual(
    [[-0.2, -0.1] as const, [0.1, 0.2] as const, [-0.1, 0.1] as const, [0, 0.1] as const].map((ci) =>
      isBeyondZero({ ...rows[0]!, differenceCi: [...ci] }),
    ),
    [true, true, false, false],
  );
});

test('few people on either side are few', () => {
  const few = { value: 0, ci: null, n: 19 };
  const enough = { value: 0, ci: null, n: 20 };
  const of = (before: typeof few | null, after: typeof few | null) => isOfFew({ ...rows[0]!, before, after });
  assert.deepEqual(
    [of(few, enough), of(enough, few), of(enough, enough), of(null, enough)],
    [true, true, false, false],
  );
});

test('the summary names the largest differences beyond zero, of enough people', () => {
  const [first] = findings(viewComparison(comparisonOf(rows), 'x', {}));
  const text = plainText(first!.words).replace(/[\u2068\u2069]/g, '');
  assert.match(text, /^2 of 4 differences .* about 0\.2 would by chance alone/);
  assert.match(
    text,
    /Largest, after less before: Beard, positive modality \(0\.250, 0\.200 to 0\.300\); Hat, positive modality \(−0\.125, −0\.188 to −0\.063\)\.$/,
  );
});

test('the scatter holds what both sides have; the larger KS is without its sign', () => {
  const points = (measure: 'max' | 'positive' | 'negative') =>
    comparisonPlot(macroscaleOf({ measure })).points.map(({ attribute, x, y }) => [attribute, x, y]);
  assert.deepEqual(points('max'), [
    ['Age', 0, 0.5],
    ['Hat', 0.25, 0.125],
    ['Beard', 0.1, 0.15],
  ]);
  assert.deepEqual(points('positive'), [
    ['Age', 0, 0.5],
    ['Beard', -0.1, 0.15],
    ['Hat', 0.25, 0.125],
  ]);
  assert.deepEqual(points('negative'), [['Hat', 0.05, 0.05]]);
});

test('CSV holds both sides, the difference and its interval, as the comparison has them', () => {
  const lines = comparedMacroscaleAsCsv(macroscaleOf({ filter: 'ha' }))
    .trimEnd()
    .split('\r\n');
  const [pair] = same.pairs;
  assert.equal(
    lines[0],
    'model_before,model_after,attribute,modality,ks_signed_before,ks_signed_before_low,ks_signed_before_high,ks_signed_after,ks_signed_after_low,ks_signed_after_high,difference,difference_low,difference_high,excludes_zero,n_before,n_after',
  );
  assert.equal(
    lines[1],
    `${pair!.before},${pair!.after},Hat,positive,0.25,,,0.125,,,-0.125,-0.1875,-0.0625,1,50,50`,
  );
  assert.equal(lines.length, 3);
});

test('the chosen pair is shown where there is one, else the best match; sections are those with rows', () => {
  const sample = sampleComparison({ nModels: 2, nAttributes: 2 });
  const first = viewComparison(sample, 'x', { modelX: 'gone', modelY: 'too' });
  assert.equal(first.pair, sample.pairs[0]);
  const [{ before }, { after }] = [sample.pairs[0]!, sample.pairs[1]!];
  const crossed = viewComparison(sample, 'x', { modelX: before, modelY: after });
  assert.deepEqual([crossed.pair!.before, crossed.pair!.after], [before, after]);
  assert.deepEqual(first.sections, ['macroscale', 'microscale', 'verification', 'inputs']);
  assert.deepEqual(viewComparison(same, 'x', { section: 'verification' }).section, 'macroscale');
  assert.deepEqual(viewComparison({ ...same, pairs: [] }, 'x', {}).sections, ['inputs']);
});

test('measures have names, and one of a later version keeps its own', () => {
  assert.equal(measureName('tar@0.001'), 'TAR at FAR 10⁻³');
  assert.equal(measureName('eer'), 'Equal error rate');
  assert.equal(measureName('f1'), 'f1');
});

test('a name cannot turn a note round', () => {
  assert.equal(noteText('Only \u202Eeno\u2069 is left'), 'Only eno is left');
});
