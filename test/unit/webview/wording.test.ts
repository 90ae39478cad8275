import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewReport } from '../../../webview-ui/state.ts';
import {
  cdfChartInWords,
  finding,
  groupName,
  ksChartInWords,
  type Phrase,
  plainText,
  rowInWords,
} from '../../../webview-ui/wording.ts';
import { samplingInWords } from '../../../webview-ui/macroscaleWording.ts';
import { handReport } from '../../support/handReport.ts';

const view = viewReport(handReport(), '', {}).macroscale!;
const rowNamed = (name: string) => view.ranking.find((row) => row.attribute === name)!;

/** Without isolates and with plain blanks, for reading. */
function said(phrase: Phrase): string {
  return plainText(phrase)
    .replace(/[\u2068\u2069]/g, '')
    .replaceAll('\u00A0', ' ');
}

test('the sign is told in words, for either side and every rule', () => {
  const found = (name: string, modality: 'positive' | 'negative') =>
    said(finding(rowNamed(name), modality, 'people'));
  assert.equal(found('Hat', 'positive'), 'People with Hat lie closer to each other than to people without.');
  assert.equal(
    found('Hat', 'negative'),
    'People without Hat lie closer to each other than to people with it.',
  );
  assert.equal(
    found('Beard', 'positive'),
    'People with Beard lie farther from each other than from people without.',
  );
  assert.equal(
    found('Age', 'positive'),
    'People with Age above its median lie closer to each other than to people at or below it.',
  );
  assert.equal(
    found('Age', 'negative'),
    'People with Age at or below its median lie farther from each other than from people above it.',
  );
  assert.equal(found('Scar', 'positive'), 'People with Scar were not tested.');
  assert.equal(
    said(groupName('hue', { kind: 'circularSplit', column: 'hue', centre: 20 }, 'negative')),
    'with hue beyond 90° of 20°',
  );
});

test('a line of the chart is heard with its numbers and directions', () => {
  assert.equal(
    rowInWords(rowNamed('Beard')),
    '\u2068Beard\u2069: positive KS 0.120, farther apart; negative KS 0.080, closer together',
  );
  assert.equal(
    rowInWords(rowNamed('Scar')),
    '\u2068Scar\u2069: positive not tested; negative KS 0.100, farther apart',
  );
});

test('the sentence of the CDF chart holds the gaps, their places and both heights', () => {
  assert.match(
    said(cdfChartInWords(rowNamed('Hat'), view)),
    /0\.200 at 1\.000 \(positive: 0\.400 within, 0\.200 across\), 0\.050 at 1\.000 \(negative: 0\.250 within, 0\.200 across\)\.$/,
  );
});

test('the sentence of the overview says what left of zero means, where it means something', () => {
  assert.match(ksChartInWords(view), /left of zero where a modality spreads/);
  assert.doesNotMatch(ksChartInWords({ ...view, signed: false }), /left of zero/);
});

test('seed, selection and convention are said', () => {
  assert.equal(
    samplingInWords(view),
    'One image of each person drawn at random (seed 1), at most 500 a side; pairs of the same identity are excluded.',
  );
  const report = handReport();
  Object.assign(report.results.macroscale[0]!.sampling, { selection: 'first', sameIdentity: 'include' });
  assert.equal(
    samplingInWords(viewReport(report, '', {}).macroscale!),
    'The first image of each person in the order of rows, at most 500 a side; pairs of the same identity are included, as in the paper.',
  );
});

test('a name is a part of its own, isolated where it becomes text', () => {
  const name = '\u202Eevil<b>';
  const phrase = groupName(name, { kind: 'binary' }, 'positive');
  assert.deepEqual(phrase, ['with ', { name }]);
  assert.equal(plainText(phrase), `with \u2068${name}\u2069`);
});
