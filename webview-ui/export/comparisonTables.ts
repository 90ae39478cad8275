import type {
  ComparedModality,
  ComparedRow,
  Comparison,
  ComparisonPair,
} from '../../src/protocol/comparisonSchema.ts';
import { isBeyondZero } from '../comparisonState.ts';
import { namedValueColumns, namedValues } from './inputTables.ts';
import { columnsOf, type Table, tableOf } from './table.ts';

/** `modality` of the macroscale alone. */
export type ComparedLine = ComparedRow & {
  readonly pair: ComparisonPair;
  readonly modality?: ComparedModality['modality'];
};

const line = columnsOf<ComparedLine>();

const models = [
  line.text('model_before', ({ pair }) => pair.before),
  line.text('model_after', ({ pair }) => pair.after),
];

export const comparedMacroscaleColumns = [
  ...models,
  line.text('attribute', ({ attribute }) => attribute),
  line.text('modality', ({ modality }) => modality),
  ...valuesOf('ks_signed'),
];

export const comparedMicroscaleColumns = [
  ...models,
  line.text('attribute', ({ attribute }) => attribute),
  line.text('neighbours', ({ pair }) => pair.neighbours?.join(' and ')),
  ...valuesOf('energy'),
];

export const comparedVerificationColumns = [
  ...models,
  line.text('measure', ({ attribute }) => attribute),
  ...valuesOf('value'),
];

/** Columns of either side and of their difference, `<name>_before` and so on. */
function valuesOf(name: string) {
  return [
    line.number(`${name}_before`, ({ before }) => before?.value),
    ...line.interval(`${name}_before`, ({ before }) => before?.ci),
    line.number(`${name}_after`, ({ after }) => after?.value),
    ...line.interval(`${name}_after`, ({ after }) => after?.ci),
    line.number('difference', ({ difference }) => difference),
    ...line.interval('difference', ({ differenceCi }) => differenceCi),
    line.count('excludes_zero', (row) => (row.differenceCi === null ? null : Number(isBeyondZero(row)))),
    line.count('n_before', ({ before }) => before?.n),
    line.count('n_after', ({ after }) => after?.n),
  ];
}

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

export const changeColumns = [
  changed.text('input', ({ input }) => input),
  changed.text('before', ({ before }) => before),
  changed.text('after', ({ after }) => after),
];

const noted = columnsOf<string>();

/** The same as `reportTables`, of two reports side by side. */
export function comparisonTables(comparison: Comparison): readonly Table[] {
  const linesOf = (rowsOf: (pair: ComparisonPair) => readonly Omit<ComparedLine, 'pair'>[]) =>
    comparison.pairs.flatMap((pair) => rowsOf(pair).map((row): ComparedLine => ({ ...row, pair })));
  return [
    tableOf(
      'macroscale_differences',
      comparedMacroscaleColumns,
      linesOf(({ macroscale }) => macroscale),
    ),
    tableOf(
      'microscale_differences',
      comparedMicroscaleColumns,
      linesOf(({ microscale }) => microscale),
    ),
    tableOf(
      'verification_differences',
      comparedVerificationColumns,
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
