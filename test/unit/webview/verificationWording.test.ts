import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerificationResult } from '../../../src/protocol/report.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { verificationFigures } from '../../../webview-ui/verificationFacts.ts';
import {
  histogramInWords,
  pairsInWords,
  rocInWords,
  tarChartCaveat,
  tarChartInWords,
  tarRowInWords,
  tooFewPairs,
  verificationSummary,
} from '../../../webview-ui/verificationWording.ts';
import { type Phrase, plainText } from '../../../webview-ui/wording.ts';
import { handReport } from '../../support/handReport.ts';
import { handFolds, handVerification } from '../../support/handVerification.ts';

const thin = '\u202F';

function view(changes: Partial<VerificationResult> = {}) {
  return viewReport(handReport([handVerification(changes)]), '', {}).verification!;
}

function said(phrases: readonly Phrase[]): readonly string[] {
  return phrases.map((phrase) =>
    plainText(phrase)
      .replace(/[\u2068\u2069]/g, '')
      .replaceAll('\u00A0', ' '),
  );
}

test('every figure is the report’s, with its interval, its threshold and what makes it unsure', () => {
  assert.deepEqual(
    verificationFigures(handVerification()).map(({ term, value, interval, note, warning }) => [
      term,
      value,
      interval,
      note,
      warning,
    ]),
    [
      ['Mean within', '0.500', '0.480–0.520', 'each person alike 0.475', null],
      ['Mean between', '1.000', '0.990–1.010', null, null],
      ['Ratio', '0.500', '0.479–0.521', 'each person alike 0.475', null],
      ['AUC', '0.988', '0.981–0.992', null, null],
      ['EER', '0.040', '0.032–0.050', 'at distance 0.875', null],
      ['TAR at FAR 10⁻²', '0.90', '0.88–0.93', 'at distance 0.750', null],
      ['TAR at FAR 10⁻³', '0.80', '0.76–0.84', 'at distance 0.625', null],
      [
        'TAR at FAR 10⁻⁴',
        '0.70',
        '0.60–0.80',
        'at distance 0.500',
        `Unsure: FAR 10⁻⁴ needs at least 10${thin}000 pairs of two people, there are 2${thin}000.`,
      ],
      [
        'TAR at FAR 10⁻⁵',
        '0.000',
        '0.000–0.010',
        'no distance can be accepted',
        `Unsure: FAR 10⁻⁵ needs at least 100${thin}000 pairs of two people, there are 2${thin}000.`,
      ],
      ['Bayes error', '0.045', null, 'lowest on these pairs 0.037', null],
    ],
  );
});

test('the folds’ accuracy stands with its standard error, where there are folds', () => {
  const figure = verificationFigures(handVerification({ lfw: handFolds, accuracy: 0.9925 })).at(-1);
  assert.deepEqual(figure, {
    term: 'Accuracy, 10 folds',
    value: '0.9925',
    interval: '± 0.0013 standard error',
    note: 'each at the best threshold of the other 9',
    warning: null,
  });
});

test('a ratio of distances that are all zero is a dash', () => {
  const ratio = verificationFigures(handVerification({ ratio: null, ratioOverIdentities: null }))[2]!;
  assert.deepEqual([ratio.value, ratio.note], ['—', 'each person alike —']);
});

test('where the pairs come from is said: a sample with its seed, all there are, or the data set’s list', () => {
  assert.deepEqual(pairsInWords(handVerification()), [
    `1${thin}000 pairs of one person and 2${thin}000 of two, among 4${thin}600 images of 230 people: at most 2${thin}000 of each kind, drawn with seed 7 from 1${thin}000 and 5${thin}000${thin}000, every pair equally likely.`,
    'Mean distances are over all pairs, not only these.',
  ]);
  const { sampling } = handVerification();
  const all = { sampling: { ...sampling, nUnmatchedPossible: 2000 } };
  assert.match(pairsInWords(handVerification(all)).join(), /of 230 people: all pairs there are\.$/);
  const listed = { sampling: { ...sampling, pairs: 'protocol' as const } };
  assert.match(pairsInWords(handVerification(listed)).join(), /: the data set’s own list of pairs\.$/);
  const sampled = pairsInWords(handVerification({ meansOver: 'evaluatedPairs' }));
  assert.equal(sampled.length, 1, 'means of the sample need no remark');
});

test('the summary names the modality that fails most of those that enough people show', () => {
  assert.deepEqual(said(verificationSummary(view())), [
    'Verification: AUC 0.988 (0.981 to 0.992), EER 0.040 (0.032 to 0.050); at FAR 10⁻³ it accepts 0.80 (0.76 to 0.84) of the pairs of one person, fewest where both images are of people with Hat (0.50; 0.45 to 0.55).',
  ]);
});

test('numbers without an interval stand alone in the summary', () => {
  const old = { aucCi: null, eerCi: null, tar: [] };
  assert.deepEqual(said(verificationSummary(view(old))), ['Verification: AUC 0.988, EER 0.040.']);
  assert.deepEqual(
    verificationFigures(
      handVerification({ ...old, meanWithinCi: null, meanBetweenCi: null, ratioCi: null }),
    ).map(({ interval }) => interval),
    [null, null, null, null, null, null],
  );
});

test('a modality is not named where its interval reaches the rate of all', () => {
  const modalities = handVerification().modalities.map((side) => ({
    ...side,
    rates: side.rates.map((rate) => ({ ...rate, tarCi: [0, 0.8] as [number, number] })),
  }));
  assert.deepEqual(said(verificationSummary(view({ modalities }))), [
    'Verification: AUC 0.988 (0.981 to 0.992), EER 0.040 (0.032 to 0.050); at FAR 10⁻³ it accepts 0.80 (0.76 to 0.84) of the pairs of one person.',
  ]);
});

test('without a threshold the summary keeps to what does not need one', () => {
  const tar = handVerification().tar.map((rate) => ({ ...rate, threshold: null }));
  assert.deepEqual(said(verificationSummary(view({ tar }))), [
    'Verification: AUC 0.988 (0.981 to 0.992), EER 0.040 (0.032 to 0.050).',
  ]);
});

test('the sentences of the charts hold their numbers', () => {
  assert.match(histogramInWords(handVerification()), /mean 0\.500, pairs of two \(dashed\) 1\.000/);
  assert.match(rocInWords(handVerification()), /0\.90 at 10⁻², 0\.80 at 10⁻³, 0\.70 at 10⁻⁴, 0\.000 at 10⁻⁵/);
  assert.match(tarChartInWords(view()), /gives all pairs a FAR of 10⁻³/);
});

test('a line is heard with both rates and their intervals, or with what is lacking', () => {
  const row = (name: string) => view().ranking.find(({ attribute }) => attribute === name)!;
  assert.equal(
    tarRowInWords(row('Hat')),
    '\u2068Hat\u2069: positive TAR 0.500, interval 0.450–0.550; negative TAR 0.825, interval 0.775–0.875',
  );
  assert.equal(
    tarRowInWords(row('Scar')),
    '\u2068Scar\u2069: positive without pairs; negative TAR 0.800, interval 0.750–0.850',
  );
});

test('with many intervals, how many miss by chance is said; and where whiskers are cut', () => {
  const { modalities } = handVerification();
  const wide = modalities.map((side) => ({
    ...side,
    rates: side.rates.map((rate) =>
      side.nIdentities === 4 ? { ...rate, tarCi: [0.01, 0.7] as [number, number] } : rate,
    ),
  }));
  assert.match(
    tarChartCaveat(view({ modalities: wide })),
    /people and photographers\. Whiskers of few people go on/,
  );
  const many = Array.from({ length: 8 }, (_, i) =>
    modalities.slice(4, 6).map((side) => ({ ...side, attribute: `Age ${i}` })),
  ).flat();
  assert.doesNotMatch(tarChartCaveat(view({ modalities: many })), /Whiskers|by chance/);
  const more = [...many, ...many.map((side) => ({ ...side, attribute: `${side.attribute} again` }))];
  assert.match(tarChartCaveat(view({ modalities: more })), /Of 32 such intervals about 2 miss by chance/);
});

test('how many pairs a FAR needs is a whole number', () => {
  assert.match(tooFewPairs(1e-3, 999), /at least 1\u202F000 pairs of two people, there are 999\./);
});
