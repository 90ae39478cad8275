import type { Report } from '../../src/protocol/report.ts';
import { columnsOf, type Table, tableOf } from './table.ts';

/** A value and its dotted name: `options.permutations`, `models[0].sha256`. */
export interface NamedValue {
  readonly name: string;
  readonly value: string | null;
}

const named = columnsOf<NamedValue>();

export const namedValueColumns = [
  named.text('input', ({ name }) => name),
  named.text('value', ({ value }) => value),
];

type Diagnostic = Report['diagnostics'][number];
const trouble = columnsOf<Diagnostic>();

const diagnosticColumns = [
  trouble.text('code', ({ code }) => code),
  trouble.text('message', ({ message }) => message),
  trouble.count('count', ({ count }) => count),
];

interface TroubledItem {
  readonly code: string;
  readonly item: string;
}

const troubled = columnsOf<TroubledItem>();

const itemColumns = [troubled.text('code', ({ code }) => code), troubled.text('item', ({ item }) => item)];

/** What went in, what was left out, and when: everything beside the results. */
export function inputTables({ createdBy, inputs, diagnostics, times }: Report): Table[] {
  return [
    tableOf('diagnostics', diagnosticColumns, diagnostics),
    tableOf(
      'diagnostics_items',
      itemColumns,
      diagnostics.flatMap(({ code, items }) => items.map((item) => ({ code, item }))),
    ),
    tableOf('inputs', namedValueColumns, namedValues({ createdBy, ...inputs, times })),
  ];
}

/** Every leaf of a piece of JSON, in its order; empty lists and objects have none. */
export function namedValues(value: unknown, name = ''): NamedValue[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, i) => namedValues(item, `${name}[${i}]`));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]: [string, unknown]) =>
      namedValues(item, name === '' ? key : `${name}.${key}`),
    );
  }
  if (typeof value === 'string' || value === null) return [{ name, value }];
  return typeof value === 'number' || typeof value === 'boolean' ? [{ name, value: String(value) }] : [];
}
