import type { MicroscaleRow } from '../src/protocol/microscaleSchema.ts';
import { textCell } from './csv.ts';
import { csv } from './csvData.ts';
import type { MeasuredView, MicroscaleView } from './microscaleState.ts';

/** The shown attributes in their order, each followed by its identities, numbers as the report holds them. */
export function energiesAsCsv({ result, lines }: MeasuredView): string {
  const { model, metric, neighbours, precision, bootstraps, seed, meanWithin, meanBetween } = result;
  const rows = lines.flatMap(({ attribute, mean }) => [
    mean,
    ...result.rows.filter((row) => row.attribute === attribute && row.identity !== null),
  ]);
  return csv(
    [
      'model',
      'metric',
      'neighbours',
      ...rowColumns,
      'mean_within',
      'mean_between',
      'precision',
      'bootstraps',
      'seed',
    ],
    rows.map((row) => [
      textCell(model),
      metric,
      neighbours,
      ...rowCells(row),
      meanWithin,
      meanBetween,
      precision,
      bootstraps,
      seed,
    ]),
  );
}

const rowColumns = [
  'attribute',
  'identity',
  'n_identities',
  'n_curves',
  'n_still',
  'n_isolated',
  'energy',
  'energy_low',
  'energy_high',
  'energy_with_self',
  'step_length',
  'step_length_low',
  'step_length_high',
  'step_over_within',
  'step_over_between',
  'moves',
  'reason',
] as const;

function rowCells(row: MicroscaleRow): (string | number | null | undefined)[] {
  return [
    textCell(row.attribute),
    row.identity === null ? null : textCell(row.identity),
    row.nIdentities,
    row.nCurves,
    row.nStill,
    row.nIsolated,
    row.energy,
    row.ci?.[0],
    row.ci?.[1],
    row.energyWithSelf,
    row.stepLength,
    row.stepLengthCi?.[0],
    row.stepLengthCi?.[1],
    row.stepOverWithin,
    row.stepOverBetween,
    String(row.moves),
    row.reason === null ? null : textCell(row.reason),
  ];
}

export function validationsAsCsv({ validations }: MicroscaleView): string {
  return csv(
    [
      'field',
      'dim',
      'kappa',
      'n_curves',
      'n_draws',
      'neighbours',
      'measured',
      'standard_error',
      'analytic',
      'z',
    ],
    validations.map((one) => [
      one.field,
      one.dim,
      one.kappa,
      one.nCurves,
      one.nDraws,
      one.neighbours,
      one.measured,
      one.standardError,
      one.analytic,
      one.z,
    ]),
  );
}
