import { type AttributeRule, describeRule, type Modality } from '../../src/domain/attributeColumn.ts';
import type { Report, VerificationResult } from '../../src/protocol/report.ts';
import { columnsOf, type Table, tableOf } from './table.ts';

const whole = columnsOf<VerificationResult>();

const overallColumns = [
  whole.text('model', ({ model }) => model),
  whole.text('metric', ({ metric }) => metric),
  whole.count('n_images', ({ nImages }) => nImages),
  whole.count('n_identities', ({ nIdentities }) => nIdentities),
  whole.count('n_matched', ({ nMatched }) => nMatched),
  whole.count('n_unmatched', ({ nUnmatched }) => nUnmatched),
  whole.text('means_over', ({ meansOver }) => meansOver),
  whole.number('mean_within', ({ meanWithin }) => meanWithin),
  ...whole.interval('mean_within', ({ meanWithinCi }) => meanWithinCi),
  whole.number('mean_within_over_identities', (one) => one.meanWithinOverIdentities),
  whole.number('mean_between', ({ meanBetween }) => meanBetween),
  ...whole.interval('mean_between', ({ meanBetweenCi }) => meanBetweenCi),
  whole.number('ratio', ({ ratio }) => ratio),
  ...whole.interval('ratio', ({ ratioCi }) => ratioCi),
  whole.number('ratio_over_identities', ({ ratioOverIdentities }) => ratioOverIdentities),
  whole.number('auc', ({ auc }) => auc),
  ...whole.interval('auc', ({ aucCi }) => aucCi),
  whole.number('eer', ({ eer }) => eer),
  ...whole.interval('eer', ({ eerCi }) => eerCi),
  whole.number('eer_threshold', ({ eerThreshold }) => eerThreshold),
  whole.number('lowest_balanced_error', ({ lowestBalancedError }) => lowestBalancedError),
  whole.number('bayes_error', ({ bayesError }) => bayesError),
  whole.number('overlap', ({ overlap }) => overlap),
  whole.number('bandwidth', ({ bandwidth }) => bandwidth),
  whole.number('accuracy', ({ accuracy }) => accuracy),
  whole.number('accuracy_standard_error', ({ lfw }) => lfw?.standardError),
  whole.count('n_folds', ({ lfw }) => lfw?.nFolds),
  whole.text('pairs', ({ sampling }) => sampling.pairs),
  whole.count('max_pairs', ({ sampling }) => sampling.maxPairs),
  whole.count('n_matched_possible', ({ sampling }) => sampling.nMatchedPossible),
  whole.count('n_unmatched_possible', ({ sampling }) => sampling.nUnmatchedPossible),
  whole.count('seed', ({ sampling }) => sampling.seed),
];

interface Of<Row> {
  readonly result: VerificationResult;
  readonly row: Row;
}

const tar = columnsOf<Of<VerificationResult['tar'][number]>>();

const tarColumns = [
  tar.text('model', ({ result }) => result.model),
  tar.text('metric', ({ result }) => result.metric),
  tar.number('far', ({ row }) => row.far),
  tar.number('tar', ({ row }) => row.tar),
  ...tar.interval('tar', ({ row }) => row.ci),
  ...tar.interval('tar_independent', ({ row }) => row.ciIndependent),
  tar.number('threshold', ({ row }) => row.threshold),
  tar.number('far_reached', ({ row }) => row.farReached),
  tar.number('n_effective', ({ row }) => row.nEffective),
  tar.text('enough_pairs', ({ row }) => String(row.enoughPairs)),
];

type ModalityRates = VerificationResult['modalities'][number];

/** One modality at one threshold. */
export interface AcceptRateLine {
  readonly result: VerificationResult;
  readonly rule: AttributeRule;
  readonly modality: Modality;
  readonly rates: ModalityRates;
  readonly rate: ModalityRates['rates'][number];
}

const accepted = columnsOf<AcceptRateLine>();

export const acceptRateColumns = [
  accepted.text('model', ({ result }) => result.model),
  accepted.text('metric', ({ result }) => result.metric),
  accepted.text('attribute', ({ rates }) => rates.attribute),
  accepted.text('rule', ({ rule }) => describeRule(rule)),
  accepted.text('modality', ({ modality }) => modality),
  accepted.number('far', ({ rate }) => rate.far),
  accepted.number('threshold', ({ rate }) => rate.threshold),
  accepted.number('tar', ({ rate }) => rate.tar),
  ...accepted.interval('tar', ({ rate }) => rate.tarCi),
  accepted.number('fmr', ({ rate }) => rate.fmr),
  ...accepted.interval('fmr', ({ rate }) => rate.fmrCi),
  accepted.count('n_matched', ({ rates }) => rates.nMatched),
  accepted.count('n_unmatched', ({ rates }) => rates.nUnmatched),
  accepted.count('n_identities', ({ rates }) => rates.nIdentities),
];

const roc = columnsOf<Of<VerificationResult['roc'][number]>>();

export const rocColumns = [
  roc.text('model', ({ result }) => result.model),
  roc.text('metric', ({ result }) => result.metric),
  roc.number('far', ({ row }) => row.far),
  roc.number('tar', ({ row }) => row.tar),
  roc.number('threshold', ({ row }) => row.threshold),
];

interface Bin {
  readonly low: number;
  readonly high: number;
  readonly matched: number;
  readonly unmatched: number;
}

const bin = columnsOf<Of<Bin>>();

export const histogramColumns = [
  bin.text('model', ({ result }) => result.model),
  bin.text('metric', ({ result }) => result.metric),
  bin.number('distance_low', ({ row }) => row.low),
  bin.number('distance_high', ({ row }) => row.high),
  bin.count('n_matched', ({ row }) => row.matched),
  bin.count('n_unmatched', ({ row }) => row.unmatched),
];

type Fold = NonNullable<VerificationResult['lfw']>['folds'][number];
const fold = columnsOf<Of<Fold>>();

const foldColumns = [
  fold.text('model', ({ result }) => result.model),
  fold.text('metric', ({ result }) => result.metric),
  fold.count('fold', ({ row }) => row.fold),
  fold.number('threshold', ({ row }) => row.threshold),
  fold.number('accuracy', ({ row }) => row.accuracy),
  fold.count('n_pairs', ({ row }) => row.nPairs),
];

type Worst = VerificationResult['worstMatched'][number] & { readonly kind: 'matched' | 'unmatched' };
const pair = columnsOf<Of<Worst>>();

const pairColumns = [
  pair.text('model', ({ result }) => result.model),
  pair.text('metric', ({ result }) => result.metric),
  pair.text('kind', ({ row }) => row.kind),
  pair.text('left', ({ row }) => row.left),
  pair.text('right', ({ row }) => row.right),
  pair.number('distance', ({ row }) => row.distance),
];

export function verificationTables({ results, inputs }: Report): Table[] {
  const { verification } = results;
  const rules = new Map(inputs.dataset.attributes.map(({ name, rule }) => [name, rule]));
  const linesOf = <Row>(rowsOf: (result: VerificationResult) => readonly Row[]): Of<Row>[] =>
    verification.flatMap((result) => rowsOf(result).map((row) => ({ result, row })));
  return [
    tableOf('verification', overallColumns, verification),
    tableOf(
      'verification_tar',
      tarColumns,
      linesOf((result) => result.tar),
    ),
    tableOf(
      'verification_modalities',
      acceptRateColumns,
      verification.flatMap((result) =>
        result.modalities.flatMap((rates) =>
          rates.rates.map((rate) => ({
            result,
            rates,
            rate,
            modality: rates.modality,
            rule: rules.get(rates.attribute) ?? ({ kind: 'binary' } as const),
          })),
        ),
      ),
    ),
    tableOf(
      'verification_roc',
      rocColumns,
      linesOf((result) => result.roc),
    ),
    tableOf('verification_histograms', histogramColumns, linesOf(binsOf)),
    tableOf(
      'verification_folds',
      foldColumns,
      linesOf(({ lfw }) => lfw?.folds ?? []),
    ),
    tableOf('verification_worst_pairs', pairColumns, linesOf(worstOf)),
  ];
}

export function binsOf({ histograms: { min, max, matched, unmatched } }: VerificationResult): Bin[] {
  const edge = (i: number) => min + (i * (max - min)) / matched.length;
  return matched.map((n, i) => ({
    low: edge(i),
    high: edge(i + 1),
    matched: n,
    unmatched: unmatched[i] ?? 0,
  }));
}

function worstOf({ worstMatched, worstUnmatched }: VerificationResult): Worst[] {
  return [
    ...worstMatched.map((one) => ({ ...one, kind: 'matched' as const })),
    ...worstUnmatched.map((one) => ({ ...one, kind: 'unmatched' as const })),
  ];
}
