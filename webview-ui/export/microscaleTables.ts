import type {
  EnergyValidation,
  FieldAlignment,
  FieldDrawing,
  MicroscaleComparison,
  MicroscaleResult,
  MicroscaleRow,
  Report,
  Retention,
} from '../../src/protocol/report.ts';
import { columnsOf, type Table, tableOf } from './table.ts';

interface Of<Row> {
  readonly result: MicroscaleResult;
  readonly row: Row;
}

const energy = columnsOf<Of<MicroscaleRow>>();

export const energyColumns = [
  energy.text('model', ({ result }) => result.model),
  energy.text('metric', ({ result }) => result.metric),
  energy.text('neighbours', ({ result }) => result.neighbours),
  energy.text('attribute', ({ row }) => row.attribute),
  energy.text('identity', ({ row }) => row.identity),
  energy.count('n_identities', ({ row }) => row.nIdentities),
  energy.count('n_curves', ({ row }) => row.nCurves),
  energy.count('n_still', ({ row }) => row.nStill),
  energy.count('n_isolated', ({ row }) => row.nIsolated),
  energy.number('energy', ({ row }) => row.energy),
  ...energy.interval('energy', ({ row }) => row.ci),
  energy.number('energy_with_self', ({ row }) => row.energyWithSelf),
  energy.number('step_length', ({ row }) => row.stepLength),
  ...energy.interval('step_length', ({ row }) => row.stepLengthCi),
  energy.number('step_over_within', ({ row }) => row.stepOverWithin),
  energy.number('step_over_between', ({ row }) => row.stepOverBetween),
  energy.text('moves', ({ row }) => String(row.moves)),
  energy.text('reason', ({ row }) => row.reason),
  energy.number('mean_within', ({ result }) => result.meanWithin),
  energy.number('mean_between', ({ result }) => result.meanBetween),
  energy.text('precision', ({ result }) => result.precision),
  energy.count('bootstraps', ({ result }) => result.bootstraps),
  energy.count('seed', ({ result }) => result.seed),
];

const test = columnsOf<Of<MicroscaleResult['tests'][number]>>();

const testColumns = [
  test.text('model', ({ result }) => result.model),
  test.text('metric', ({ result }) => result.metric),
  test.text('neighbours', ({ result }) => result.neighbours),
  test.text('a', ({ row }) => row.a),
  test.text('b', ({ row }) => row.b),
  test.count('n_a', ({ row }) => row.nA),
  test.count('n_b', ({ row }) => row.nB),
  test.number('u', ({ row }) => row.u),
  test.number('p', ({ row }) => row.p),
  test.number('p_adjusted_bh', ({ row }) => row.pAdjusted),
  test.number('p_holm', ({ row }) => row.pHolm),
];

interface ComparisonLine {
  readonly of: MicroscaleComparison;
  readonly row: MicroscaleComparison['rows'][number];
}
const compared = columnsOf<ComparisonLine>();

export const comparisonColumns = [
  compared.text('model_a', ({ of }) => of.modelA),
  compared.text('model_b', ({ of }) => of.modelB),
  compared.text('neighbours', ({ of }) => of.neighbours),
  compared.text('attribute', ({ row }) => row.attribute),
  compared.count('n_identities', ({ row }) => row.nIdentities),
  compared.number('difference', ({ row }) => row.difference),
  ...compared.interval('difference', ({ row }) => row.ci),
];

interface AlignedPair {
  readonly model: string;
  readonly a: string;
  readonly b: string;
  readonly value: number | null;
  readonly nCurves: number;
}

const aligned = columnsOf<AlignedPair>();

export const alignmentColumns = [
  aligned.text('model', ({ model }) => model),
  aligned.text('a', ({ a }) => a),
  aligned.text('b', ({ b }) => b),
  aligned.number('one_minus_cosine', ({ value }) => value),
  aligned.count('n_curves', ({ nCurves }) => nCurves),
];

export function alignedPairs({ model, attributes, values, nCurves }: FieldAlignment): AlignedPair[] {
  return attributes.flatMap((a, i) =>
    attributes.map((b, j) => ({
      model,
      a,
      b,
      value: values[i]?.[j] ?? null,
      nCurves: nCurves[i]?.[j] ?? 0,
    })),
  );
}

interface RetainedPair {
  readonly of: Retention;
  readonly from: string;
  readonly to: string;
  readonly distance: number | undefined;
  readonly beyond: number | undefined;
}

const retained = columnsOf<RetainedPair>();

export const retentionColumns = [
  retained.text('model', ({ of }) => of.model),
  retained.text('attribute', ({ of }) => of.attribute),
  retained.text('from_step', ({ from }) => from),
  retained.text('to_step', ({ to }) => to),
  retained.number('mean_distance', ({ distance }) => distance),
  retained.number('share_beyond_threshold', ({ beyond }) => beyond),
  retained.number('threshold', ({ of }) => of.threshold),
  retained.count('n_curves', ({ of }) => of.nCurves),
];

export function retainedPairs(of: Retention): RetainedPair[] {
  return of.steps.flatMap((from, i) =>
    of.steps.map((to, j) => ({
      of,
      from,
      to,
      distance: of.distances[i]?.[j],
      beyond: of.beyond?.[i]?.[j],
    })),
  );
}

interface ArrowLine {
  readonly of: FieldDrawing;
  readonly arrow: FieldDrawing['arrows'][number];
}
const drawn = columnsOf<ArrowLine>();

export const arrowColumns = [
  drawn.text('model', ({ of }) => of.model),
  drawn.text('attribute', ({ of }) => of.attribute),
  drawn.text('identity', ({ of }) => of.identity),
  drawn.number('x', ({ arrow }) => arrow[0]),
  drawn.number('y', ({ arrow }) => arrow[1]),
  drawn.number('direction_x', ({ arrow }) => arrow[2]),
  drawn.number('direction_y', ({ arrow }) => arrow[3]),
  drawn.number('share_of_variance_in_plane', ({ of }) => of.explained),
  drawn.number('energy', ({ of }) => of.energy),
];

const validated = columnsOf<EnergyValidation>();

export const validationColumns = [
  validated.text('field', ({ field }) => field),
  validated.count('dim', ({ dim }) => dim),
  validated.number('kappa', ({ kappa }) => kappa),
  validated.count('n_curves', ({ nCurves }) => nCurves),
  validated.count('n_draws', ({ nDraws }) => nDraws),
  validated.text('neighbours', ({ neighbours }) => neighbours),
  validated.number('measured', ({ measured }) => measured),
  validated.number('standard_error', ({ standardError }) => standardError),
  validated.number('analytic', ({ analytic }) => analytic),
  validated.number('z', ({ z }) => z),
];

export function microscaleTables({ results }: Report): Table[] {
  const { microscale, microscaleComparisons, fieldAlignments, retentions } = results;
  return [
    tableOf(
      'microscale',
      energyColumns,
      microscale.flatMap((result) => result.rows.map((row) => ({ result, row }))),
    ),
    tableOf(
      'microscale_tests',
      testColumns,
      microscale.flatMap((result) => result.tests.map((row) => ({ result, row }))),
    ),
    tableOf(
      'microscale_comparisons',
      comparisonColumns,
      microscaleComparisons.flatMap((of) => of.rows.map((row) => ({ of, row }))),
    ),
    tableOf('field_alignments', alignmentColumns, fieldAlignments.flatMap(alignedPairs)),
    tableOf('retentions', retentionColumns, retentions.flatMap(retainedPairs)),
    tableOf(
      'field_arrows',
      arrowColumns,
      results.fieldDrawings.flatMap((of) => of.arrows.map((arrow) => ({ of, arrow }))),
    ),
    tableOf('energy_validations', validationColumns, results.energyValidations),
  ];
}
