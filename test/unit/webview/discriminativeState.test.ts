import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DiscriminativeRow, Report } from '../../../src/protocol/report.ts';
import type { PageState } from '../../../src/protocol/webviewMessages.ts';
import { dotsByAttribute } from '../../../webview-ui/charts/dotsByAttribute.ts';
import { scoresAsCsv } from '../../../webview-ui/csvData.ts';
import { discriminativeList } from '../../../webview-ui/discriminativeList.ts';
import { type DiscriminativeView, viewDiscriminative } from '../../../webview-ui/discriminativeState.ts';
import {
  fitInWords,
  impossibleInWords,
  leakageInWords,
  scoredRowInWords,
  selectedInWords,
} from '../../../webview-ui/discriminativeWording.ts';
import { plainText } from '../../../webview-ui/wording.ts';
import { themeFrom } from '../../../webview-ui/theme.ts';
import { handReport } from '../../support/handReport.ts';

const theme = themeFrom(['vscode-light'], () => '');

function scheme(balancedAccuracy: number, accuracy: number, auc: number) {
  return { balancedAccuracy, accuracy, auc, sd: 0.01 };
}

function row(attribute: string, changes: Partial<DiscriminativeRow> = {}): DiscriminativeRow {
  return {
    attribute,
    nImages: 1000,
    nIdentities: 50,
    nPositive: 300,
    majority: 0.7,
    stratified: scheme(0.9, 0.95, 0.97),
    byIdentity: scheme(0.8, 0.85, 0.9),
    leakage: 0.1,
    ...changes,
  };
}

function report(): Report {
  const made = handReport();
  made.results.discriminative = [
    {
      model: 'arcface-r50',
      inputs: 'unitNorm',
      nFolds: 5,
      c: 1,
      maxImages: 20_000,
      seed: 3,
      rows: [
        row('Hat'),
        row('Beard', { byIdentity: scheme(0.95, 0.96, 0.99), leakage: -0.05 }),
        row('Scar', { byIdentity: null, leakage: null, nIdentities: 4 }),
        row('Twin', { byIdentity: null, stratified: null, leakage: null }),
      ],
    },
  ];
  return made;
}

function view(state: PageState = {}): DiscriminativeView {
  const made = report();
  return viewDiscriminative(made, made.results.discriminative[0]!, state);
}

const names = ({ rows }: DiscriminativeView) => rows.map(({ attribute }) => attribute);

test('the honest score orders the list; what was not possible comes last', () => {
  assert.deepEqual(names(view()), ['Beard', 'Hat', 'Scar', 'Twin']);
  const by = (column: string, descending: boolean) => names(view({ scoreSort: { column, descending } }));
  assert.deepEqual(by('gap', true), ['Hat', 'Beard', 'Scar', 'Twin']);
  assert.deepEqual(by('gap', false), ['Beard', 'Hat', 'Scar', 'Twin']);
  assert.deepEqual(by('nIdentities', false)[0], 'Scar');
  assert.deepEqual(by('nonsense', false), ['Beard', 'Hat', 'Scar', 'Twin']);
});

test('the gap is the report’s leakage in balanced accuracy, and the difference of any other score', () => {
  const gapOf = (state: PageState) => view(state).ranking.find(({ attribute }) => attribute === 'Hat')!.gap!;
  assert.equal(gapOf({}), 0.1);
  assert.ok(Math.abs(gapOf({ score: 'accuracy' }) - 0.1) < 1e-12);
  assert.ok(Math.abs(gapOf({ score: 'auc' }) - 0.07) < 1e-12);
});

test('chance is a half, and of accuracy the majority, a tick on each line', () => {
  const balanced = discriminativeList(view());
  assert.deepEqual(balanced.scale.reference, { value: 0.5, text: 'chance' });
  assert.ok(balanced.rows.every(({ tick }) => tick === null));
  const accuracy = discriminativeList(view({ score: 'accuracy' }));
  assert.equal(accuracy.scale.reference, null);
  assert.ok(accuracy.rows.every(({ tick }) => tick === 0.7));
  const ticks = dotsByAttribute({ rows: accuracy.rows, scale: accuracy.scale }, theme).data.datasets.find(
    ({ label }) => label === 'Tick',
  );
  assert.deepEqual(
    ticks!.data.slice(0, 2).map(({ x, y }) => [x, Math.round(y * 100)]),
    [
      [0.7, -34],
      [0.7, 34],
    ],
  );
});

test('a line has both dots, or the one that was possible, or none', () => {
  const { rows, scale } = discriminativeList(view());
  assert.deepEqual(
    rows.map(({ positive, negative }) => [positive?.value, negative?.value]),
    [
      [0.95, 0.9],
      [0.8, 0.9],
      [undefined, 0.9],
      [undefined, undefined],
    ],
  );
  assert.equal(scale.missing, 'not possible');
  assert.deepEqual(rows[2]!.cells, ['—', '0.900', '—', '0.700', '1\u202F000', '4']);
});

test('dots of no modality have no colour of one', () => {
  const { rows, scale } = discriminativeList(view());
  const [filled, hollow] = dotsByAttribute({ rows, scale }, theme).data.datasets;
  assert.ok((filled!.pointBackgroundColor as string[]).every((colour) => colour === theme.foreground));
  assert.ok((hollow!.pointBorderColor as string[]).every((colour) => colour === theme.foreground));
});

test('the axis holds chance and every dot, and is one for all models', () => {
  const made = report();
  const [first] = made.results.discriminative;
  made.results.discriminative.push({
    ...first!,
    model: 'other',
    rows: [row('Hat', { byIdentity: scheme(0.41, 0.4, 0.4) })],
  });
  const { axis } = viewDiscriminative(made, first!, {});
  assert.deepEqual([axis.min, axis.max], [0.4, 1]);
});

test('the section’s sentence names the best and the leakiest', () => {
  assert.equal(
    plainText(leakageInWords(view())).replaceAll(/[\u2068\u2069]/g, ''),
    'Read best, with nobody in training and test both: Beard (balanced accuracy 0.950). ' +
      'Folds that share people say 0.025 more on average, most for Hat (0.100).',
  );
  const made = report();
  made.results.discriminative[0]!.rows = [row('Twin', { byIdentity: null, leakage: null })];
  assert.match(
    plainText(leakageInWords(viewDiscriminative(made, made.results.discriminative[0]!, {}))),
    /For no attribute were both kinds of folds possible/,
  );
});

test('the chosen attribute in words, by its score', () => {
  const said = (attribute: string, state: PageState = {}) => {
    const { selected, score } = view({ ...state, attribute });
    return selectedInWords(selected!, score);
  };
  assert.equal(
    said('Hat'),
    'By identity its balanced accuracy is 0.300 above chance; folds that share people say 0.100 more, which is people recognised, not the attribute.',
  );
  assert.match(said('Beard'), /folds that share people say no more\.$/);
  assert.match(said('Hat', { score: 'accuracy' }), /accuracy is 0\.150 above chance/);
  assert.equal(said('Scar'), '');
});

test('what was not possible is said in words', () => {
  assert.equal(impossibleInWords(row('Hat'), 5, 'people'), '');
  assert.match(
    impossibleInWords(row('Scar', { byIdentity: null }), 5, 'people'),
    /^Folds by identity .* at least 5 people/,
  );
  assert.match(
    impossibleInWords(row('Scar', { stratified: null }), 5, 'people'),
    /^Folds of images were not possible/,
  );
  assert.match(
    impossibleInWords(row('Scar', { stratified: null, byIdentity: null }), 5, 'people'),
    /^Neither kind of folds was possible/,
  );
  assert.match(
    impossibleInWords(row('Scar', { byIdentity: null }), 5, 'images'),
    /nobody knows who is on the images/,
  );
  const { ranking } = view();
  assert.equal(
    scoredRowInWords(ranking[2]!),
    '\u2068Scar\u2069: by identity not possible; stratified 0.900; chance 0.500',
  );
});

test('everything that is needed to fit the same again', () => {
  assert.equal(
    fitInWords(view().result),
    'Logistic regression with an L2 penalty, C = 1, on embeddings of unit length; 5 folds, at most 20\u202F000 images, seed 3.',
  );
});

test('the copied table has a line for either kind of folds', () => {
  const lines = scoresAsCsv(view({ filter: 'scar' })).split('\r\n');
  assert.equal(lines.length, 4);
  assert.equal(lines[1], 'arcface-r50,Scar,by_identity,,,,,,0.7,1000,4,300,5,1,unitNorm,20000,3');
  assert.equal(
    lines[2],
    'arcface-r50,Scar,stratified,0.9,0.01,0.95,0.97,,0.7,1000,4,300,5,1,unitNorm,20000,3',
  );
});
