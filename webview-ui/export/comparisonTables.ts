import type { ComparedRow, Comparison, ComparisonPair } from '../../src/protocol/comparisonSchema.ts';
import { namedValueColumns, namedValues } from './inputTables.ts';
import { columnsOf, type Table, tableOf } from './table.ts';

interface Line {
  readonly pair: ComparisonPair;
  readonly row: ComparedRow;
  /** Of the macroscale alone. */
  readonly modality: string | null;
}

const compared = columnsOf<Line>();

const names = [
  compared.text('model_before', ({ pair }) => pair.before),
  compared.text('model_after', ({ pair }) => pair.after),
];
const values = [
  compared.number('before', ({ row }) => row.before?.value),
  ...compared.interval('before', ({ row }) => row.before?.ci),
  compared.count('n_before', ({ row }) => row.before?.n),
  compared.number('after', ({ row }) => row.after?.value),
  ...compared.interval('after', ({ row }) => row.after?.ci),
  compared.count('n_after', ({ row }) => row.after?.n),
  compared.number('difference', ({ row }) => row.difference),
  ...compared.interval('difference', ({ row }) => row.differenceCi),
];
const attribute = compared.text('attribute', ({ row }) => row.attribute);
const modality = compared.text('modality', (line) => line.modality);
const measure = compared.text('measure', ({ row }) => row.attribute);

const pairs = columnsOf<ComparisonPair>();

const pairColumns = [
  pairs.text('model_before', ({ before }) => before),
  pairs.text('model_after', ({ after }) => after),
  pairs.text('energies_before', ({ neighbours }) => neighbours?.[0]),
  pairs.text('energies_after', ({ neighbours }) => neighbours?.[1]),
  pairs.text('metrics_agree', ({ metricsAgree }) => String(metricsAgree)),
  pairs.number('ks_pearson', ({ macroscaleCorrelation }) => macroscaleCorrelation?.pearson),
  pairs.number('ks_spearman', ({ macroscaleCorrelation }) => macroscaleCorrelation?.spearman),
  pairs.count('n_ks', ({ macroscaleCorrelation }) => macroscaleCorrelation?.n),
];

const changed = columnsOf<Comparison['changes'][number]>();

const changeColumns = [
  changed.text('input', ({ input }) => input),
  changed.text('before', ({ before }) => before),
  changed.text('after', ({ after }) => after),
];

const noted = columnsOf<string>();

/** The same as `reportTables`, of two reports side by side. */
export function comparisonTables(comparison: Comparison): readonly Table[] {
  const linesOf = (rowsOf: (pair: ComparisonPair) => readonly (ComparedRow & { modality?: string })[]) =>
    comparison.pairs.flatMap((pair) =>
      rowsOf(pair).map((row): Line => ({ pair, row, modality: row.modality ?? null })),
    );
  return [
    tableOf(
      'macroscale_differences',
      [...names, attribute, modality, ...values],
      linesOf(({ macroscale }) => macroscale),
    ),
    tableOf(
      'microscale_differences',
      [...names, attribute, ...values],
      linesOf(({ microscale }) => microscale),
    ),
    tableOf(
      'verification_differences',
      [...names, measure, ...values],
      linesOf(({ verification }) => verification),
    ),
    tableOf('models', pairColumns, comparison.pairs),
    tableOf('changes', changeColumns, comparison.changes),
    tableOf('notes', [noted.text('note', (note) => note)], comparison.notes),
    tableOf(
      'inputs',
      namedValueColumns,
      namedValues({ createdBy: comparison.createdBy, sides: comparison.sides }),
    ),
  ].filter(({ rows }) => rows.length > 0);
}
