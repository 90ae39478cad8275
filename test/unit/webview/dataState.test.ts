import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttributeResult, People, Report } from '../../../src/protocol/report.ts';
import type { PageState } from '../../../src/protocol/webviewMessages.ts';
import { barsByAttribute } from '../../../webview-ui/charts/barsByAttribute.ts';
import { binInWords, peopleHistogram } from '../../../webview-ui/charts/peopleHistogram.ts';
import { correlationPlot } from '../../../webview-ui/correlationPlot.ts';
import { associationsAsCsv, countsAsCsv } from '../../../webview-ui/csvData.ts';
import { dataList } from '../../../webview-ui/dataList.ts';
import { type DataColumn, type DataView, peopleBins, viewData } from '../../../webview-ui/dataState.ts';
import { correlationInWords, noPeopleInWords, peopleInWords } from '../../../webview-ui/dataWording.ts';
import { plainText } from '../../../webview-ui/wording.ts';
import { themeFrom } from '../../../webview-ui/theme.ts';
import { handReport } from '../../support/handReport.ts';
import { sampleReport } from '../../support/sampleReport.ts';

const theme = themeFrom(['vscode-light'], () => '');

function counts(attribute: string, changes: Partial<AttributeResult> = {}): AttributeResult {
  return {
    attribute,
    nPositive: 30,
    nNegative: 60,
    nUnknown: 10,
    globalAverage: -1 / 3,
    intraEntropy: 0.2,
    interEntropy: 3,
    ...changes,
  };
}

function report(): Report {
  const made = handReport();
  made.results.attributes = [
    counts('Hat', { intraEntropy: 0.5 }),
    counts('Beard', { intraEntropy: 0.1, interEntropy: 4.1, nPositive: 1 }),
    counts('Scar', {
      nPositive: 0,
      nNegative: 0,
      globalAverage: null,
      intraEntropy: null,
      interEntropy: null,
    }),
  ];
  return made;
}

function view(state: PageState = {}): DataView {
  const made = report();
  return viewData(made, made.results.macroscale[0]!, state);
}

const order = (column: DataColumn, descending: boolean) =>
  view({ dataSort: { column, descending } }).rows.map(({ attribute }) => attribute);

test('the attribute that varies most within people comes first; what is not known comes last in either order', () => {
  assert.deepEqual(
    view().rows.map(({ attribute }) => attribute),
    ['Hat', 'Beard', 'Scar'],
  );
  assert.equal(view().selected?.counts.attribute, 'Hat');
  assert.deepEqual(order('inter', true), ['Beard', 'Hat', 'Scar']);
  assert.deepEqual(order('intra', false), ['Beard', 'Hat', 'Scar']);
  assert.deepEqual(order('share', true), ['Hat', 'Beard', 'Scar']);
  assert.deepEqual(order('positive', false), ['Scar', 'Beard', 'Hat']);
  assert.deepEqual(order('attribute', true), ['Scar', 'Hat', 'Beard']);
});

test('the filter cuts the list, not the choice', () => {
  const { rows, nAttributes, selected } = view({ filter: 'ha', attribute: 'Beard' });
  assert.deepEqual(
    rows.map(({ attribute }) => attribute),
    ['Hat'],
  );
  assert.deepEqual([nAttributes, selected?.counts.attribute], [3, 'Beard']);
});

test('a line has a bar of its images, and one of either entropy; nothing where there are none', () => {
  const [hat, , scar] = dataList(view()).rows;
  assert.deepEqual(hat!.bars, [
    { lengths: [0.3, 0.6, 0.1], text: '33.3\u202F%' },
    { lengths: [0.5], text: '0.500' },
    { lengths: [3], text: '3.000' },
  ]);
  assert.deepEqual(hat!.cells, ['30', '60', '10', '33.3\u202F%', '−0.333', '0.500', '3.000']);
  assert.deepEqual(scar!.bars, [{ lengths: [0, 0, 1], text: '—' }, null, null]);
  assert.match(scar!.inWords, /10 unknown; intra-entropy —, inter-entropy —$/);
});

test('parts of a bar begin where those before them end, and what is empty is not drawn', () => {
  const { rows, panels } = dataList(view());
  const chart = barsByAttribute(rows, panels[0]!, 0, theme);
  const ends = chart.data.datasets.map(({ data }) => data.map(({ x }) => x));
  const unknown = Number.NaN;
  assert.deepEqual(ends[0]!.slice(0, 3), [0, 0.3, unknown]);
  assert.ok(Math.abs(ends[1]![1]! - 0.9) < 1e-12);
  assert.equal(ends[0]!.length, 6, 'Hat and Beard; Scar has no positive image');
  assert.equal(barsByAttribute(rows, panels[1]!, 1, theme).data.datasets[0]!.data.length, 6);
});

test('axes of entropies begin at zero and hold the longest bar', () => {
  const { intraAxis, interAxis } = view();
  assert.deepEqual([intraAxis.min, intraAxis.max], [0, 0.6]);
  assert.deepEqual([interAxis.min, interAxis.max], [0, 6]);
});

const people = (histogram: People['histogram']): People => ({
  nIdentities: histogram.reduce((sum, { nIdentities }) => sum + nIdentities, 0),
  imagesPerIdentity: { min: 1, median: 2.5, mean: 3.26, max: 1200 },
  histogram,
});

test('numbers of images that nobody has are bins too; wide ranges share bins that leave nothing out', () => {
  const few = people([
    { nImages: 2, nIdentities: 5 },
    { nImages: 4, nIdentities: 1 },
  ]);
  assert.deepEqual(peopleBins(few), [
    { from: 2, to: 2, nIdentities: 5 },
    { from: 3, to: 3, nIdentities: 0 },
    { from: 4, to: 4, nIdentities: 1 },
  ]);
  const many = peopleBins(
    people([
      { nImages: 1, nIdentities: 7 },
      { nImages: 31, nIdentities: 2 },
      { nImages: 1200, nIdentities: 1 },
    ]),
  );
  assert.equal(many.length, 40);
  assert.deepEqual(many[0], { from: 1, to: 30, nIdentities: 7 });
  assert.deepEqual(many[1], { from: 31, to: 60, nIdentities: 2 });
  assert.deepEqual(many[39], { from: 1171, to: 1200, nIdentities: 1 });
  assert.deepEqual(peopleBins(people([])), []);
});

test('the outline goes up and along each bin', () => {
  const chart = peopleHistogram([{ from: 1, to: 2, nIdentities: 3 }], theme);
  assert.deepEqual(chart.data.datasets[0]!.data, [
    { x: 0.5, y: 0 },
    { x: 0.5, y: 3 },
    { x: 2.5, y: 3 },
    { x: 2.5, y: 0 },
  ]);
  assert.equal(binInWords({ from: 1, to: 1, nIdentities: 3 }), '1 image');
  assert.equal(binInWords({ from: 21, to: 40, nIdentities: 3 }), '21 to 40 images');
});

test('people in words, and why there are none', () => {
  assert.equal(
    peopleInWords(people([{ nImages: 1, nIdentities: 7 }])),
    '7 people have from 1 to 1\u202F200 images each, half of them at most 2.5, 3.3 on average.',
  );
  assert.match(noPeopleInWords('images'), /^Nobody knows who is on the images/);
  assert.match(noPeopleInWords('people'), /does not say how many images/);
});

test('a point is an attribute that has both an entropy and a KS distance', () => {
  const made = report();
  const [macroscale] = made.results.macroscale;
  const aggregate = { ksMean: 0.1, ksWeightedSum: 900, ksWeightedMean: 0.1, energyDistance: 0 };
  const none = { pEnergy: null, pEnergyAdjusted: null, energyDistanceCi: null };
  macroscale!.attributes = [
    { attribute: 'Hat', ksMax: 0.2, ...aggregate, ...none },
    { attribute: 'Beard', ksMax: 0.3, ...aggregate, ...none },
    { attribute: 'Scar', ksMax: 0.4, ...aggregate, ...none },
  ];
  macroscale!.correlations = [
    { aggregate: 'ksMax', against: 'intraEntropy', nAttributes: 40, rho: -0.418, p: 0.0072 },
    { aggregate: 'ksMax', against: 'interEntropy', nAttributes: 2, rho: null, p: null },
  ];
  const of = (state: PageState) => viewData(made, macroscale!, state).correlations!;
  assert.deepEqual(of({}).points, [
    { attribute: 'Beard', entropy: 0.1, ks: 0.3 },
    { attribute: 'Hat', entropy: 0.5, ks: 0.2 },
  ]);
  assert.match(
    plainText(correlationInWords(of({}))),
    /ρ is −0\.42 over 40 attributes, p 0\.0072: attributes that vary more within people have smaller KS distances\.$/,
  );
  assert.match(
    plainText(correlationInWords(of({ entropy: 'interEntropy' }))),
    /No correlation: it takes at least three attributes .* there are 2 attributes\.$/,
  );
  assert.match(
    plainText(correlationInWords(of({ ksAggregate: 'ksMean' }))),
    /The report holds no correlation of the two\.$/,
  );
  const plot = correlationPlot(of({ attribute: 'Hat', ksAggregate: 'ksWeightedSum' }));
  assert.equal(plot.selected, 'Hat');
  assert.deepEqual([plot.yAxis.min, plot.yAxis.max], [0, 1000]);
  assert.match(plainText(plot.points[0]!.inWords), /summed as in the paper 900$/);
});

test('p at or above 0.05 is no trend', () => {
  const made = sampleReport();
  made.results.macroscale[0]!.correlations = [
    { aggregate: 'ksMax', against: 'intraEntropy', nAttributes: 40, rho: 0.3, p: 0.05 },
  ];
  const { correlations } = viewData(made, made.results.macroscale[0]!, {});
  assert.match(plainText(correlationInWords(correlations!)), /no trend beyond chance\.$/);
  assert.equal(correlations!.points.length, 40);
});

test('reports before version 3, and descriptions, have no scatter', () => {
  assert.equal(view().correlations, null);
  assert.equal(viewData(report(), null, {}).correlations, null);
  assert.equal(viewData(report(), null, {}).hasMacroscale, false);
});

test('what the chosen attribute goes with, strongest first, and how many besides', () => {
  const made = sampleReport({ nAttributes: 10 });
  const { selected } = viewData(made, null, { attribute: 'Bald' });
  const all = made.results.associations.filter(({ a, b }) => a === 'Bald' || b === 'Bald');
  const sizes = selected!.related.map(({ association }) => Math.abs(association.phi!));
  assert.equal(selected!.related.length, 6);
  assert.equal(selected!.nOthers, all.length - 6);
  assert.deepEqual(
    sizes,
    all
      .map(({ phi }) => Math.abs(phi!))
      .sort((a, b) => b - a)
      .slice(0, 6),
  );
  assert.ok(selected!.related.every(({ attribute }) => attribute !== 'Bald'));
});

test('the copied tables hold the report’s own numbers, in the order shown', () => {
  const lines = countsAsCsv(view()).split('\r\n');
  assert.equal(
    lines[0],
    'attribute,n_positive,n_negative,n_unknown,share_positive,global_average,intra_entropy_nats,inter_entropy_nats',
  );
  assert.equal(lines[1], `Hat,30,60,10,${30 / 90},${-1 / 3},0.5,3`);
  assert.equal(lines[3], 'Scar,0,0,10,,,,');
  assert.equal(
    associationsAsCsv([
      { kind: 'attribute', a: '=1+1', b: 'x,y', nImages: 9, phi: -0.5, cramersV: 0.5, phiOfPeople: null },
    ]),
    'kind,a,b,n_images,phi,phi_of_people,cramers_v\r\nattribute,\'=1+1,"x,y",9,-0.5,,0.5\r\n',
  );
});
