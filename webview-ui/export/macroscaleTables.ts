import { type AttributeRule, describeRule } from '../../src/domain/attributeColumn.ts';
import type {
  AttributeAggregate,
  ConditionalRow,
  Correlation,
  DiscriminativeResult,
  DiscriminativeRow,
  MacroscaleResult,
  MacroscaleRow,
  ModelComparison,
  Report,
} from '../../src/protocol/report.ts';
import { columnsOf, type Table, tableOf } from './table.ts';

/** One tested modality of an attribute. */
export interface MacroscaleLine {
  readonly result: MacroscaleResult;
  readonly rule: AttributeRule;
  readonly row: MacroscaleRow;
  readonly aggregate: AttributeAggregate | undefined;
}

const tested = columnsOf<MacroscaleLine>();

export const macroscaleColumns = [
  tested.text('model', ({ result }) => result.model),
  tested.text('metric', ({ result }) => result.metric),
  tested.text('attribute', ({ row }) => row.attribute),
  tested.text('rule', ({ rule }) => describeRule(rule)),
  tested.text('modality', ({ row }) => row.modality),
  tested.number('ks', ({ row }) => row.ks),
  tested.number('ks_upper', ({ row }) => row.ksUpper),
  tested.count('sign', ({ row }) => row.sign),
  ...tested.interval('ks_signed', ({ row }) => row.ci),
  tested.number('location', ({ row }) => row.location),
  tested.count('n_images', ({ row }) => row.nImages),
  tested.count('n_identities', ({ row }) => row.nIdentities),
  tested.count('n_within', ({ row }) => row.nWithin),
  tested.count('n_cross', ({ row }) => row.nCross),
  tested.number('mean_within', ({ row }) => row.meanWithin),
  tested.number('mean_cross', ({ row }) => row.meanCross),
  tested.number('p_permutation', ({ row }) => row.pPermutation),
  tested.number('p_adjusted_bh', ({ row }) => row.pAdjusted),
  tested.number('p_holm', ({ row }) => row.pHolm),
  tested.number('null_95', ({ row }) => row.null95),
  tested.number('n_effective', ({ row }) => row.nEffective),
  tested.number('p_naive', ({ row }) => row.pNaive),
  tested.number('log10_p_naive', ({ row }) => row.log10PNaive),
  tested.number('auc', ({ row }) => row.auc),
  ...tested.interval('auc', ({ row }) => row.aucCi),
  tested.number('mean_difference', ({ row }) => row.meanDifference),
  ...tested.interval('mean_difference', ({ row }) => row.meanDifferenceCi),
  tested.count('draws', ({ row }) => row.repeats?.n),
  tested.number('draws_mean', ({ row }) => row.repeats?.mean),
  tested.number('draws_sd', ({ row }) => row.repeats?.sd),
  tested.number('energy_distance', ({ aggregate }) => aggregate?.energyDistance),
  ...tested.interval('energy_distance', ({ aggregate }) => aggregate?.energyDistanceCi),
  tested.number('p_energy', ({ aggregate }) => aggregate?.pEnergy),
  tested.number('p_energy_adjusted', ({ aggregate }) => aggregate?.pEnergyAdjusted),
  tested.text('points', ({ result }) => result.sampling.points),
  tested.text('selection', ({ result }) => result.sampling.selection),
  tested.count('max_identities', ({ result }) => result.sampling.maxIdentities),
  tested.text('same_identity', ({ result }) => result.sampling.sameIdentity),
  tested.count('seed', ({ result }) => result.sampling.seed),
  tested.count('permutations', ({ result }) => result.inference.permutations),
  tested.count('bootstraps', ({ result }) => result.inference.bootstraps),
  tested.number('cdf_within', ({ row }) => row.cdfWithin),
  tested.number('cdf_cross', ({ row }) => row.cdfCross),
  tested.text('p_naive_method', ({ row }) => row.pMethod),
  tested.number('draws_min', ({ row }) => row.repeats?.min),
  tested.number('draws_max', ({ row }) => row.repeats?.max),
  tested.count('max_points_of_inference', ({ result }) => result.inference.maxPoints),
];

/** All tests of a result, in its order. */
export function macroscaleLines({ inputs }: Report, result: MacroscaleResult): MacroscaleLine[] {
  const rules = new Map(inputs.dataset.attributes.map(({ name, rule }) => [name, rule]));
  const aggregates = new Map(result.attributes.map((one) => [one.attribute, one]));
  return result.rows.map((row) => ({
    result,
    row,
    rule: rules.get(row.attribute) ?? { kind: 'binary' },
    aggregate: aggregates.get(row.attribute),
  }));
}

interface Of<Row> {
  readonly result: MacroscaleResult;
  readonly row: Row;
}

const aggregated = columnsOf<Of<AttributeAggregate>>();

const aggregateColumns = [
  aggregated.text('model', ({ result }) => result.model),
  aggregated.text('metric', ({ result }) => result.metric),
  aggregated.text('attribute', ({ row }) => row.attribute),
  aggregated.number('ks_max', ({ row }) => row.ksMax),
  aggregated.number('ks_mean', ({ row }) => row.ksMean),
  aggregated.number('ks_weighted_sum_images', ({ row }) => row.ksWeightedSum),
  aggregated.number('ks_weighted_mean', ({ row }) => row.ksWeightedMean),
  aggregated.number('energy_distance', ({ row }) => row.energyDistance),
  ...aggregated.interval('energy_distance', ({ row }) => row.energyDistanceCi),
  aggregated.number('p_energy', ({ row }) => row.pEnergy),
  aggregated.number('p_energy_adjusted', ({ row }) => row.pEnergyAdjusted),
];

const correlated = columnsOf<Of<Correlation>>();

const correlationColumns = [
  correlated.text('model', ({ result }) => result.model),
  correlated.text('metric', ({ result }) => result.metric),
  correlated.text('aggregate', ({ row }) => row.aggregate),
  correlated.text('against', ({ row }) => row.against),
  correlated.count('n_attributes', ({ row }) => row.nAttributes),
  correlated.number('rho', ({ row }) => row.rho),
  correlated.number('p', ({ row }) => row.p),
];

const held = columnsOf<Of<ConditionalRow>>();

const conditionalColumns = [
  held.text('model', ({ result }) => result.model),
  held.text('metric', ({ result }) => result.metric),
  held.text('attribute', ({ row }) => row.attribute),
  held.text('given', ({ row }) => row.given),
  held.text('modality', ({ row }) => row.modality),
  held.count('n_identities', ({ row }) => row.nIdentities),
  held.count('n_within', ({ row }) => row.nWithin),
  held.count('n_cross', ({ row }) => row.nCross),
  held.number('ks', ({ row }) => row.ks),
  held.count('sign', ({ row }) => row.sign),
  held.number('ks_unmatched', ({ row }) => row.ksUnmatched),
  held.count('sign_unmatched', ({ row }) => row.signUnmatched),
  held.count('permutations', ({ row }) => row.permutations),
  held.number('p_permutation', ({ row }) => row.pPermutation),
  held.number('null_95', ({ row }) => row.null95),
];

interface ComparisonLine {
  readonly of: ModelComparison;
  readonly row: ModelComparison['rows'][number];
}
const compared = columnsOf<ComparisonLine>();

const comparisonColumns = [
  compared.text('model_a', ({ of }) => of.modelA),
  compared.text('model_b', ({ of }) => of.modelB),
  compared.text('attribute', ({ row }) => row.attribute),
  compared.text('modality', ({ row }) => row.modality),
  compared.count('n_identities', ({ row }) => row.nIdentities),
  compared.number('difference', ({ row }) => row.difference),
  ...compared.interval('difference', ({ row }) => row.ci),
  compared.count('bootstraps', ({ of }) => of.bootstraps),
];

/** Counts of distances in equal bins. */
interface Bin {
  readonly model: string;
  readonly metric: string;
  readonly attribute: string;
  readonly low: number;
  readonly high: number;
  readonly withinPositive: number;
  readonly withinNegative: number;
  readonly cross: number;
}

const bin = columnsOf<Bin>();

export const distributionColumns = [
  bin.text('model', ({ model }) => model),
  bin.text('metric', ({ metric }) => metric),
  bin.text('attribute', ({ attribute }) => attribute),
  bin.number('distance_low', ({ low }) => low),
  bin.number('distance_high', ({ high }) => high),
  bin.count('n_within_positive', ({ withinPositive }) => withinPositive),
  bin.count('n_within_negative', ({ withinNegative }) => withinNegative),
  bin.count('n_cross', ({ cross }) => cross),
];

export function binsOf({ model, metric, distributions }: MacroscaleResult): Bin[] {
  return distributions.flatMap(({ attribute, min, max, withinPositive, withinNegative, cross }) => {
    const edge = (i: number) => min + (i * (max - min)) / cross.length;
    return cross.map((n, i) => ({
      model,
      metric,
      attribute,
      low: edge(i),
      high: edge(i + 1),
      withinPositive: withinPositive[i] ?? 0,
      withinNegative: withinNegative[i] ?? 0,
      cross: n,
    }));
  });
}

const schemes = ['byIdentity', 'stratified'] as const;

/** An attribute by one kind of folds. */
export interface ScoreLine {
  readonly result: DiscriminativeResult;
  readonly row: DiscriminativeRow;
  readonly scheme: (typeof schemes)[number];
}

const score = columnsOf<ScoreLine>();

export const discriminativeColumns = [
  score.text('model', ({ result }) => result.model),
  score.text('attribute', ({ row }) => row.attribute),
  score.text('folds', ({ scheme }) => (scheme === 'byIdentity' ? 'by_identity' : scheme)),
  score.number('balanced_accuracy', ({ row, scheme }) => row[scheme]?.balancedAccuracy),
  score.number('sd_over_folds', ({ row, scheme }) => row[scheme]?.sd),
  score.number('accuracy', ({ row, scheme }) => row[scheme]?.accuracy),
  score.number('auc', ({ row, scheme }) => row[scheme]?.auc),
  score.number('leakage', ({ row }) => row.leakage),
  score.number('majority', ({ row }) => row.majority),
  score.count('n_images', ({ row }) => row.nImages),
  score.count('n_identities', ({ row }) => row.nIdentities),
  score.count('n_positive', ({ row }) => row.nPositive),
  score.count('n_folds', ({ result }) => result.nFolds),
  score.number('c', ({ result }) => result.c),
  score.text('inputs', ({ result }) => result.inputs),
  score.count('max_images', ({ result }) => result.maxImages),
  score.count('seed', ({ result }) => result.seed),
];

export function scoreLines(result: DiscriminativeResult, rows: readonly DiscriminativeRow[]): ScoreLine[] {
  return rows.flatMap((row) => schemes.map((scheme) => ({ result, row, scheme })));
}

export function macroscaleTables(report: Report): Table[] {
  const { macroscale, comparisons, discriminative } = report.results;
  const linesOf = <Row>(rowsOf: (result: MacroscaleResult) => readonly Row[]): Of<Row>[] =>
    macroscale.flatMap((result) => rowsOf(result).map((row) => ({ result, row })));
  return [
    tableOf(
      'macroscale',
      macroscaleColumns,
      macroscale.flatMap((result) => macroscaleLines(report, result)),
    ),
    tableOf(
      'macroscale_attributes',
      aggregateColumns,
      linesOf(({ attributes }) => attributes),
    ),
    tableOf(
      'macroscale_correlations',
      correlationColumns,
      linesOf(({ correlations }) => correlations),
    ),
    tableOf(
      'macroscale_conditional',
      conditionalColumns,
      linesOf(({ conditional }) => conditional),
    ),
    tableOf('macroscale_distributions', distributionColumns, macroscale.flatMap(binsOf)),
    tableOf(
      'macroscale_comparisons',
      comparisonColumns,
      comparisons.flatMap((of) => of.rows.map((row) => ({ of, row }))),
    ),
    tableOf(
      'discriminative',
      discriminativeColumns,
      discriminative.flatMap((result) => scoreLines(result, result.rows)),
    ),
  ];
}
