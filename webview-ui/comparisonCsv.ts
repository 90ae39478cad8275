import type { ComparedModality, ComparedRow, Comparison } from '../src/protocol/comparisonSchema.ts';
import { type ComparedMacroscaleView, type ComparedMicroscaleView, isBeyondZero } from './comparisonState.ts';
import type { ComparisonPair } from '../src/protocol/comparisonSchema.ts';
import { linesAsCsv } from './export/csvText.ts';
import { columnsOf } from './export/table.ts';

type Line = ComparedRow & { readonly pair: ComparisonPair; readonly modality?: ComparedModality['modality'] };

const line = columnsOf<Line>();
const models = [
  line.text('model_before', ({ pair }) => pair.before),
  line.text('model_after', ({ pair }) => pair.after),
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

/** The shown rows in their order, one line for each modality, numbers as the comparison holds them. */
export function comparedMacroscaleAsCsv({ rows, pair }: ComparedMacroscaleView): string {
  return linesAsCsv(
    [
      ...models,
      line.text('attribute', ({ attribute }) => attribute),
      line.text('modality', ({ modality }) => modality),
      ...valuesOf('ks_signed'),
    ],
    rows.flatMap(({ positive, negative }) =>
      [positive, negative].flatMap((row) => (row ? [{ ...row, pair }] : [])),
    ),
  );
}

export function comparedMicroscaleAsCsv({ rows, pair }: ComparedMicroscaleView): string {
  return linesAsCsv(
    [
      ...models,
      line.text('attribute', ({ attribute }) => attribute),
      line.text('neighbours', () => pair.neighbours?.join(' and ')),
      ...valuesOf('energy'),
    ],
    rows.map((row) => ({ ...row, pair })),
  );
}

export function comparedVerificationAsCsv(pair: ComparisonPair): string {
  return linesAsCsv(
    [...models, line.text('measure', ({ attribute }) => attribute), ...valuesOf('value')],
    pair.verification.map((row) => ({ ...row, pair })),
  );
}

const change = columnsOf<Comparison['changes'][number]>();

export function changesAsCsv({ changes }: Comparison): string {
  return linesAsCsv(
    [
      change.text('input', ({ input }) => input),
      change.text('before', ({ before }) => before),
      change.text('after', ({ after }) => after),
    ],
    changes,
  );
}
