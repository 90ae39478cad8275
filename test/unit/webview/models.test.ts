import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PageState } from '../../../src/protocol/webviewMessages.ts';
import { placeLabels } from '../../../webview-ui/charts/labelPlaces.ts';
import { differencesAsCsv } from '../../../webview-ui/csvSignificance.ts';
import { excludesZero, type ModelsView } from '../../../webview-ui/modelsState.ts';
import { differenceCells, differencesInWords, scatterInWords } from '../../../webview-ui/modelsWording.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { plainText } from '../../../webview-ui/wording.ts';
import { handReportWithInference } from '../../support/handInference.ts';
import { handReport } from '../../support/handReport.ts';
import { sampleReport } from '../../support/sampleReport.ts';

function view(state: PageState = {}, report = handReportWithInference()): ModelsView {
  return viewReport(report, '', { section: 'models', ...state }).models!;
}

const plain = (text: string) => text.replace(/[\u2068\u2069]/g, '').replace(/\u202F/g, ' ');

test('the section is there with two models, not with one', () => {
  assert.ok(viewReport(handReportWithInference(), '', {}).sections.includes('models'));
  assert.ok(!viewReport(handReport(), '', {}).sections.includes('models'));
  assert.equal(viewReport(handReport(), '', { section: 'models' }).models, null);
});

test('the first two models are compared unless others are chosen, and never one with itself', () => {
  const report = sampleReport({ nModels: 3, nAttributes: 3 });
  const pair = (state: PageState) => {
    const { x, y } = view(state, report);
    return [x.label, y.label];
  };
  assert.deepEqual(pair({}), ['arcface-r50', 'adaface-r18']);
  assert.deepEqual(pair({ modelX: 'facenet-vgg' }), ['facenet-vgg', 'arcface-r50']);
  assert.deepEqual(pair({ modelX: 'adaface-r18', modelY: 'adaface-r18' }), ['adaface-r18', 'arcface-r50']);
  assert.deepEqual(pair({ modelX: 'gone', modelY: 'facenet-vgg' }), ['arcface-r50', 'facenet-vgg']);
});

test('points are attributes of both models, by the larger KS or by one modality’s, signed', () => {
  const points = (measure: PageState['measure']) =>
    view({ measure }).points.map(({ attribute, x, y, intraEntropy }) => [attribute, x, y, intraEntropy]);
  assert.deepEqual(points('max'), [['Hat', 0.2, 0.1, 0.125]]);
  assert.deepEqual(points('positive'), [['Hat', 0.2, 0.1, 0.125]]);
  assert.deepEqual(points('negative'), [['Hat', 0.05, -0.04, 0.125]]);
  assert.equal(view({ measure: 'max' }).axis.min, 0);
  assert.ok(view({ measure: 'negative' }).axis.min < 0);
});

test('points are in the order of their distance from the diagonal', () => {
  const { points } = view({}, sampleReport({ nModels: 2 }));
  const gaps = points.map(({ x, y }) => Math.abs(x - y));
  assert.equal(points.length, 40);
  assert.deepEqual(
    gaps,
    [...gaps].sort((a, b) => b - a),
  );
});

test('differences have the report’s intervals, turned round with the models', () => {
  const rows = (state: PageState) =>
    view(state).differences.map(({ modality, difference, ci }) => [modality, difference, ci]);
  assert.deepEqual(rows({}), [
    ['positive', 0.1, [0.07, 0.13]],
    ['negative', 0.09, [-0.01, 0.19]],
  ]);
  assert.deepEqual(rows({ modelX: 'sface' }), [
    ['positive', -0.1, [-0.13, -0.07]],
    ['negative', -0.09, [-0.19, 0.01]],
  ]);
});

test('without a comparison, differences are taken of the rows and have no interval', () => {
  const report = handReportWithInference();
  report.results.comparisons = [];
  const { differences, bootstraps, nExcludingZero } = view({}, report);
  assert.deepEqual(
    differences.map(({ difference, ci }) => [Number(difference.toFixed(6)), ci]),
    [
      [0.1, null],
      [0.09, null],
    ],
  );
  assert.deepEqual([bootstraps, nExcludingZero], [0, 0]);
  assert.match(
    plainText(differencesInWords(view({}, report))),
    /no paired bootstrap of these two, so there are no intervals/,
  );
});

test('an interval that touches zero does not exclude it', () => {
  const [row] = view().differences;
  assert.equal(excludesZero(row!), true);
  assert.equal(excludesZero({ ...row!, ci: [0, 0.2] }), false);
  assert.equal(excludesZero({ ...row!, ci: [-0.2, -0.1] }), true);
  assert.equal(excludesZero({ ...row!, ci: null }), false);
});

test('a difference is written with its interval and what it says of zero', () => {
  const { differences } = view();
  assert.deepEqual(differenceCells(differences[0]!), ['0.100', '0.070 to 0.130', 'excludes zero']);
  assert.deepEqual(differenceCells(differences[1]!), ['0.090', '−0.010 to 0.190', 'holds zero']);
  assert.deepEqual(differenceCells({ ...differences[0]!, ci: null }), ['0.100', '—', '—']);
});

test('chart and list say what they show, with their numbers', () => {
  assert.equal(
    plain(plainText(scatterInWords(view()))),
    'Each circle is an attribute: the larger KS of its two modalities, of arcface-r50 to the right, of sface upwards; the larger ' +
      'its area, the more it varies within people. On the dashed line both models are alike. Farthest from it: Hat (0.200 and 0.100).',
  );
  assert.equal(
    plain(plainText(differencesInWords(view()))),
    'Signed KS of arcface-r50 less that of sface, with 95 % intervals of 1 000 draws of people, the same for both models: 1 of 2 ' +
      'exclude zero; chance alone would give about 0.1.',
  );
});

test('differences are copied with interval, verdict and counts', () => {
  const [head, ...lines] = differencesAsCsv(view()).trimEnd().split('\r\n');
  assert.equal(
    head,
    'attribute,modality,model_x,model_y,ks_signed_x,ks_signed_y,difference,difference_low,difference_high,excludes_zero,bootstraps,n_images_x,n_images_y,n_identities_x,n_identities_y',
  );
  assert.deepEqual(lines, [
    'Hat,positive,arcface-r50,sface,0.2,0.1,0.1,0.07,0.13,1,1000,50,50,50,50',
    'Hat,negative,arcface-r50,sface,0.05,-0.04,0.09,-0.01,0.19,0,1000,50,50,50,50',
  ]);
});

test('a name stands right of its circle, else left, above or below, else nowhere', () => {
  const circle = (x: number, y: number) => ({ x, y, radius: 5, width: 40, height: 12 });
  assert.deepEqual(placeLabels([circle(50, 50)], 200, 100), [{ left: 59, top: 44, right: 99, bottom: 56 }]);
  assert.deepEqual(placeLabels([circle(190, 50)], 200, 100)[0]!.right, 181);
  const narrow = placeLabels([circle(25, 50)], 50, 100)[0]!;
  assert.deepEqual([narrow.left, narrow.bottom], [5, 45]);
  assert.equal(placeLabels([circle(10, 50)], 20, 100)[0], null);
});

test('names never stand on one another, nor on a named circle', () => {
  const circles = [0, 3, 6, 9].map((offset) => ({ x: 60, y: 50 + offset, radius: 4, width: 50, height: 12 }));
  const boxes = placeLabels(circles, 200, 100).filter((box) => box !== null);
  boxes.forEach((a, i) =>
    boxes.slice(i + 1).forEach((b) => {
      assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top);
    }),
  );
  assert.ok(boxes.length >= 2);
});
