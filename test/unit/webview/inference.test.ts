import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PageState } from '../../../src/protocol/webviewMessages.ts';
import { dotsByAttribute } from '../../../webview-ui/charts/dotsByAttribute.ts';
import { tableAsCsv } from '../../../webview-ui/csv.ts';
import { isNoise, ksInterval, nullBand, rangeText } from '../../../webview-ui/inference.ts';
import { macroscaleList } from '../../../webview-ui/macroscaleList.ts';
import type { MacroscaleView } from '../../../webview-ui/macroscaleState.ts';
import {
  energyInWords,
  heldInWords,
  inferenceInWords,
  samplingInWords,
} from '../../../webview-ui/macroscaleWording.ts';
import { viewReport } from '../../../webview-ui/state.ts';
import { themeFrom } from '../../../webview-ui/theme.ts';
import { rowInWords } from '../../../webview-ui/wording.ts';
import { handReportWithInference } from '../../support/handInference.ts';
import { handReport } from '../../support/handReport.ts';

const theme = themeFrom(['vscode-dark'], () => '');
const report = handReportWithInference();
const rowOf = (name: string) =>
  report.results.macroscale[0]!.rows.find((row) => `${row.attribute} ${row.modality}` === name)!;

function view(state: PageState = {}, of = report): MacroscaleView {
  return viewReport(of, '', state).macroscale!;
}

function said(text: string): string {
  return text.replace(/[\u2068\u2069]/g, '').replace(/[\u00A0\u202F]/g, ' ');
}

test('an interval of KS without signs starts at zero where the signed one spans it, else it is turned up', () => {
  assert.deepEqual(ksInterval(rowOf('Beard positive'), true), [-0.15, -0.09]);
  assert.deepEqual(ksInterval(rowOf('Beard positive'), false), [0.09, 0.15]);
  assert.deepEqual(ksInterval(rowOf('Age positive'), false), [0, 0.032]);
  assert.deepEqual(ksInterval(rowOf('Scar negative'), false), [0, 0.25]);
  assert.deepEqual(ksInterval(rowOf('Hat positive'), false), [0.18, 0.22]);
  assert.equal(ksInterval(handReport().results.macroscale[0]!.rows[0]!, false), null);
});

test('the band of chance lies on both sides of zero, or above it without signs', () => {
  assert.deepEqual(nullBand(rowOf('Beard positive'), true), [-0.04, 0.04]);
  assert.deepEqual(nullBand(rowOf('Beard positive'), false), [0, 0.04]);
  assert.equal(nullBand(handReport().results.macroscale[0]!.rows[0]!, true), null);
});

test('a dot is noise up to the edge of its band, and never where nothing was permuted', () => {
  assert.equal(isNoise({ ...rowOf('Hat positive'), ks: 0.03 }), true);
  assert.equal(isNoise({ ...rowOf('Hat positive'), ks: 0.0301 }), false);
  assert.equal(isNoise({ ...rowOf('Hat positive'), ks: 0, null95: null }), false);
});

test('a range with minus signs has no dash', () => {
  assert.equal(rangeText([-0.064, -0.0471], 3), '−0.064 to −0.047');
});

test('the list has intervals behind KS, and the adjusted p before the naive one', () => {
  const { columns, rows, scale, legend } = macroscaleList(view());
  assert.deepEqual(
    columns.map(({ name }) => name),
    ['Attribute', 'KS max', 'KS +', 'KS −', 'n', 'p adjusted', 'p naive'],
  );
  assert.deepEqual(
    rows.map(({ attribute, cells, note }) => [attribute, ...cells.map(said), note]),
    [
      [
        'Hat',
        '0.200',
        '0.200 (0.180 to 0.220)',
        '0.050 (0.040 to 0.060)',
        '50',
        '0.0035',
        '5.0 × 10⁻⁴¹',
        '0.0035',
      ],
      [
        'Beard',
        '0.120',
        '−0.120 (−0.150 to −0.090)',
        '0.080 (0.020 to 0.140)',
        '50',
        '0.0035',
        '5.6 × 10⁻¹⁵',
        '0.0035',
      ],
      ['Scar', '0.100', '—', '−0.100 (−0.250 to 0.050)', '50', '0.700', '0.00032', '0.700'],
      [
        'Age',
        '0.012',
        '0.012 (−0.008 to 0.032)',
        '−0.012 (−0.032 to 0.008)',
        '50',
        '0.560',
        '0.631',
        '0.560',
      ],
      ['Twin', '—', '—', '—', '—', '—', '—', '—'],
    ],
  );
  assert.deepEqual(rows[3]!.positive, {
    value: 0.012,
    interval: [-0.008, 0.032],
    noise: [-0.03, 0.03],
    isNoise: true,
    text: '0.012',
  });
  assert.equal(scale.joined, false);
  assert.deepEqual(
    legend.map(({ mark }) => mark),
    ['noise', 'interval'],
  );
});

test('a run without permutations and intervals has neither column nor legend, and its dots are joined', () => {
  const { columns, scale, legend, rows } = macroscaleList(view({}, handReport()));
  assert.equal(
    columns.some(({ key }) => key === 'pAdjusted'),
    false,
  );
  assert.deepEqual([scale.joined, scale.noteHead, legend], [true, null, []]);
  assert.equal(rows[0]!.cells.length, columns.length - 1);
});

test('the order by adjusted p has the larger KS first among equal ones, and untested attributes last', () => {
  const names = (descending: boolean) =>
    view({ sort: { column: 'pAdjusted', descending } }).rows.map(({ attribute }) => attribute);
  assert.deepEqual(names(false), ['Hat', 'Beard', 'Age', 'Scar', 'Twin']);
  assert.deepEqual(names(true), ['Scar', 'Age', 'Hat', 'Beard', 'Twin']);
});

test('the axis holds intervals and bands, but not those of a handful of people', () => {
  assert.deepEqual([view().axis.min, view().axis.max], [-0.3, 0.3]);
  const few = handReportWithInference();
  for (const row of few.results.macroscale[0]!.rows) if (row.attribute === 'Scar') row.nIdentities = 19;
  assert.deepEqual([view({}, few).axis.min, view({}, few).axis.max], [-0.2, 0.3]);
});

test('bands and whiskers stand on the half of the line that is their modality’s, those of noise in grey', () => {
  const { datasets } = dotsByAttribute(macroscaleList(view()), theme).data;
  const points = (label: string) =>
    datasets
      .find((dataset) => dataset.label === label)!
      .data.filter(({ x }) => !Number.isNaN(x))
      .map(({ x, y }) => [x, Math.round(y * 100) / 100]);
  assert.deepEqual(points('Positive interval'), [
    [0.18, -0.21],
    [0.22, -0.21],
    [-0.15, 0.79],
    [-0.09, 0.79],
  ]);
  assert.deepEqual(points('Interval of noise'), [
    [-0.008, 2.79],
    [0.032, 2.79],
    [-0.25, 2.21],
    [0.05, 2.21],
    [-0.032, 3.21],
    [0.008, 3.21],
  ]);
  assert.deepEqual(points('Noise').slice(0, 2), [
    [-0.03, -0.21],
    [0.03, -0.21],
  ]);
  const [positive, negative] = datasets;
  assert.deepEqual(positive!.pointBackgroundColor, [
    theme.positive,
    theme.positive,
    theme.positive,
    theme.noiseDot,
    theme.positive,
  ]);
  assert.deepEqual(negative!.pointBorderColor, [
    theme.negative,
    theme.negative,
    theme.noiseDot,
    theme.noiseDot,
    theme.negative,
  ]);
});

test('a line is heard as noise where its dot is', () => {
  assert.equal(
    said(rowInWords(view().ranking.find(({ attribute }) => attribute === 'Age')!)),
    'Age: positive KS 0.012, noise; negative KS 0.012, noise',
  );
});

test('confounders are those held fixed, then others that go with the attribute at least a little', () => {
  assert.deepEqual(
    view().confounders.map(({ attribute, phi, phiOfPeople, held }) => [
      attribute,
      phi,
      phiOfPeople,
      held.map(({ modality }) => modality),
    ]),
    [
      ['Beard', 0.72, 0.8, ['positive', 'negative']],
      ['Age', -0.35, null, []],
    ],
  );
  assert.deepEqual(
    view({ attribute: 'Scar' }).confounders.map(({ attribute }) => attribute),
    ['Beard'],
  );
});

test('what is left with another attribute held fixed is said with as many digits as its chance supports', () => {
  const [positive, negative] = view().confounders[0]!.held;
  assert.equal(heldInWords(positive!), 'KS 0.14 becomes 0.03, no more than chance gives (0.04, p 0.200)');
  assert.equal(heldInWords(negative!), 'KS 0.06 becomes 0.05, more than chance gives (0.04, p 0.200)');
  assert.equal(
    heldInWords({ ...positive!, sign: -1, null95: null, pPermutation: null }),
    'KS 0.140 becomes −0.030',
  );
});

test('the energy distance is said with interval and both p', () => {
  assert.equal(
    energyInWords(view()),
    'Both modalities together: 0.015 (0.013 to 0.017) of cosine distance, p 0.00050, adjusted 0.0013.',
  );
  assert.equal(energyInWords(view({ attribute: 'Beard' })), '');
});

test('how many permutations and draws there were is said, and that there were none', () => {
  assert.equal(
    said(inferenceInWords(view())),
    '1 999 permutations of the modality between and within people; adjusted and Holm p over all attributes, modalities ' +
      'and models of the report; intervals of 95 % by 1 000 draws of people; counted in 2 048 bins of distance.',
  );
  assert.equal(inferenceInWords(view({}, handReport())), 'No permutations and no bootstrap were made.');
  const limited = handReportWithInference();
  limited.results.macroscale[0]!.inference.maxPoints = 20_000;
  assert.match(said(inferenceInWords(view({}, limited))), /bins of distance, of 20 000 points at most\.$/);
});

test('which points the distances are of is said', () => {
  const sampled = (points: 'oneImage' | 'centroids' | 'everyImage', repeats = 1) => {
    const other = handReport();
    Object.assign(other.results.macroscale[0]!.sampling, { points, repeats });
    return samplingInWords(view({}, other));
  };
  const excluded = 'pairs of the same identity are excluded.';
  assert.equal(
    sampled('oneImage'),
    `All people, one image of each person drawn at random (seed 1); ${excluded}`,
  );
  assert.equal(sampled('centroids'), `The mean embedding of each person’s images, all people; ${excluded}`);
  assert.equal(sampled('everyImage'), `All images of all people; ${excluded}`);
  assert.match(sampled('oneImage', 5), /; drawn 5 times, numbers are of the first draw; /);
});

test('a copied line has everything: bounds, intervals, every p, effects, draws, counts and convention', () => {
  const [head, hat] = tableAsCsv(view())
    .split('\r\n')
    .map((line) => line.split(','));
  const cells = Object.fromEntries(head!.map((name, index) => [name, hat![index]]));
  assert.deepEqual(
    { ...cells, p_naive: '' },
    {
      model: 'arcface-r50',
      metric: 'cosine',
      attribute: 'Hat',
      rule: 'as annotated',
      modality: 'positive',
      ks: '0.2',
      ks_upper: '0.2015',
      sign: '1',
      ks_signed_low: '0.18',
      ks_signed_high: '0.22',
      location: '1',
      n_images: '50',
      n_identities: '50',
      n_within: '1225',
      n_cross: '2490',
      mean_within: '1.05',
      mean_cross: '1.125',
      p_permutation: '0.0005',
      p_adjusted_bh: '0.0035',
      p_holm: '0.0035',
      null_95: '0.03',
      n_effective: String((1.3581 / 0.03) ** 2),
      p_naive: '',
      log10_p_naive: '-40.3',
      auc: '0.64',
      auc_low: '0.62',
      auc_high: '0.66',
      mean_difference: '0.5',
      mean_difference_low: '0.4',
      mean_difference_high: '0.6',
      draws: '5',
      draws_mean: '0.19',
      draws_sd: '0.01',
      energy_distance: '0.0145',
      energy_distance_low: '0.0125',
      energy_distance_high: '0.0165',
      p_energy: '0.0005',
      p_energy_adjusted: '0.00125',
      points: 'sample',
      selection: 'random',
      max_identities: '500',
      same_identity: 'exclude',
      seed: '1',
      permutations: '1999',
      bootstraps: '1000',
      cdf_within: '0.4',
      cdf_cross: '0.2',
      p_naive_method: 'asymptotic',
      draws_min: '0.18',
      draws_max: '0.205',
      max_points_of_inference: '',
    },
  );
});
