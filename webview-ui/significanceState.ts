import { modalities, type Modality } from '../src/domain/attributeColumn.ts';
import type { MacroscaleResult, MacroscaleRow } from '../src/protocol/report.ts';
import type { PageState, PKind } from '../src/protocol/webviewMessages.ts';
import { matchesFilter, type Sort, sortRows } from './listState.ts';
import type { ReportModel } from './reportModels.ts';

/** p of every test of the report: attributes × models × modalities (the paper's Fig. 10). */
export interface SignificanceView {
  readonly columns: readonly SignificanceColumn[];
  readonly kind: PKind;
  /** Those that the report holds. */
  readonly kinds: readonly PKind[];
  /** Sorted and filtered. */
  readonly rows: readonly SignificanceRow[];
  readonly nAttributes: number;
  readonly nTests: number;
  /** Tests whose p is below `level`, unfiltered. */
  readonly nBelow: number;
  readonly selected: string | null;
  readonly sort: Sort;
  readonly filter: string;
  /** How many permutations each test had; 0: none. */
  readonly permutations: number;
}

/** A model's modality. */
export interface SignificanceColumn {
  readonly key: string;
  readonly model: string;
  readonly result: MacroscaleResult;
  readonly modality: Modality;
}

export interface SignificanceRow {
  readonly attribute: string;
  /** One for each column; `null`: not tested. */
  readonly cells: readonly (MacroscaleRow | null)[];
  readonly nTests: number;
  readonly nBelow: number;
  readonly largestKs: number;
}

/** What is called significant. */
export const level = 0.05;

/** Below `level`, a hundredth, a thousandth: 1, 2, 3; else 0. */
export type Step = 0 | 1 | 2 | 3;

export function stepOf(p: number): Step {
  if (p < 0.001) return 3;
  if (p < 0.01) return 2;
  return p < level ? 1 : 0;
}

export interface PValue {
  readonly p: number;
  readonly log10P: number | null;
}

/** The p of a test; `null` where the report has none of this kind. */
export function pOf(row: MacroscaleRow, kind: PKind): PValue | null {
  if (kind === 'naive') return { p: row.pNaive, log10P: row.log10PNaive };
  const p = row[fields[kind]];
  return p === null ? null : { p, log10P: null };
}

const fields = {
  permutation: 'pPermutation',
  adjusted: 'pAdjusted',
  holm: 'pHolm',
} as const satisfies Record<Exclude<PKind, 'naive'>, keyof MacroscaleRow>;

export const defaultPSort: Sort = { column: 'below', descending: true };

export function viewSignificance(models: readonly ReportModel[], state: PageState): SignificanceView {
  const columns = columnsOf(models);
  const kinds = allKinds.filter((kind) => columns.some(({ result }) => hasKind(result, kind)));
  const kind = kinds.find((one) => one === state.pKind) ?? kinds[0] ?? 'naive';
  const all = rowsOf(columns, kind);
  const sort = parseSort(state.pSort, columns);
  const filter = state.filter ?? '';
  return {
    columns,
    kind,
    kinds,
    rows: ordered(
      all.filter((row) => matchesFilter(row.attribute, filter)),
      sort,
      columns,
      kind,
    ),
    nAttributes: all.length,
    nTests: all.reduce((sum, row) => sum + row.nTests, 0),
    nBelow: all.reduce((sum, row) => sum + row.nBelow, 0),
    selected: all.find(({ attribute }) => attribute === state.attribute)?.attribute ?? null,
    sort,
    filter,
    permutations: Math.max(0, ...columns.map(({ result }) => result.inference.permutations)),
  };
}

/** In the order of preference. */
const allKinds = ['adjusted', 'permutation', 'holm', 'naive'] as const satisfies readonly PKind[];

function columnsOf(models: readonly ReportModel[]): SignificanceColumn[] {
  return models.flatMap(({ label, macroscale: result }) =>
    result && result.rows.length > 0
      ? modalities.map((modality) => ({ key: `${modality} ${label}`, model: label, result, modality }))
      : [],
  );
}

function hasKind({ rows }: MacroscaleResult, kind: PKind): boolean {
  return rows.some((row) => pOf(row, kind) !== null);
}

function rowsOf(columns: readonly SignificanceColumn[], kind: PKind): SignificanceRow[] {
  const cells = new Map<string, (MacroscaleRow | null)[]>();
  columns.forEach(({ result, modality }, index) => {
    for (const row of result.rows) {
      if (row.modality !== modality) continue;
      const line = cells.get(row.attribute) ?? columns.map(() => null);
      line[index] = row;
      cells.set(row.attribute, line);
    }
  });
  return [...cells].map(([attribute, line]) => {
    const p = line.flatMap((row) => (row ? (pOf(row, kind)?.p ?? []) : []));
    return {
      attribute,
      cells: line,
      nTests: p.length,
      nBelow: p.filter((one) => one < level).length,
      largestKs: Math.max(...line.map((row) => row?.ks ?? 0)),
    };
  });
}

/** What is equal by larger KS distance: at the smallest p that permutations can give, many are. */
function ordered(
  rows: readonly SignificanceRow[],
  { column, descending }: Sort,
  columns: readonly SignificanceColumn[],
  kind: PKind,
): SignificanceRow[] {
  if (column === 'attribute') return sortRows(rows, descending, null);
  const index = columns.findIndex(({ key }) => key === column);
  const value = (row: SignificanceRow) => {
    if (index < 0) return row.nBelow;
    const cell = row.cells[index];
    const found = cell ? pOf(cell, kind) : null;
    return found && logOf(found);
  };
  return sortRows(rows, descending, value, ({ largestKs }) => largestKs);
}

/** Finite even where p itself is too small for a double, so that differences can be taken. */
export function logOf({ p, log10P }: PValue): number {
  return Math.max(log10P ?? Math.log10(p), -Number.MAX_VALUE);
}

function parseSort(sort: PageState['pSort'], columns: readonly SignificanceColumn[]): Sort {
  const known = ['attribute', 'below', ...columns.map(({ key }) => key)];
  return sort && known.includes(sort.column) ? sort : defaultPSort;
}
