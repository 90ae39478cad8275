import type { Modality } from '../src/domain/attributeColumn.ts';
import type { Axis } from './charts/axis.ts';

/**
 * Attributes as lines, whatever is measured of them and however it is drawn: what the list's table and toolbar need.
 * Pure; texts are written, numbers only for places.
 */
export interface ListBase<Line extends ListLine = ListLine> {
  /** The result that the numbers are from, and which of its numbers: the same in both is the same list. */
  readonly source: object;
  readonly variant: string;
  /** Sorted and filtered. */
  readonly rows: readonly Line[];
  readonly nAttributes: number;
  readonly selected: string | null;
  readonly columns: readonly ListColumn[];
  readonly sort: Sort;
  readonly filter: string;
  readonly view: 'chart' | 'table';
  /** One sentence of what the chart shows; also its `aria-label`. */
  readonly chartInWords: string;
  /** What it does not show. */
  readonly caveat: string;
  /** What the chart's marks mean, over it. */
  readonly legend: readonly LegendEntry[];
  readonly tableName: string;
}

export interface ListLine {
  readonly attribute: string;
  /** One text for each column but the attribute's. */
  readonly cells: readonly string[];
  /** What a screen reader says of the line. */
  readonly inWords: string;
}

/** Two dots a line: for either modality, or for two ways to measure the same. */
export interface ListView extends ListBase<ListRow> {
  readonly scale: ListScale;
}

export interface LegendEntry {
  readonly mark:
    | 'noise'
    | 'interval'
    | 'tick'
    | 'filled'
    | 'hollow'
    | 'thick'
    | 'thin'
    | 'hairline'
    | 'matched'
    | 'unmatched';
  readonly text: string;
}

export interface ListRow extends ListLine {
  /** Filled. */
  readonly positive: Dot | null;
  /** Hollow. */
  readonly negative: Dot | null;
  /** A mark across the line, for a value of this attribute alone. */
  readonly tick: number | null;
  /** A number at the end of the chart's line, under the scale's `noteHead`. */
  readonly note: string;
}

export interface Dot {
  readonly value: number;
  readonly interval: readonly [low: number, high: number] | null;
  /** Where chance alone would put the dot. */
  readonly noise: readonly [low: number, high: number] | null;
  /** Whether it is there. */
  readonly isNoise: boolean;
  readonly text: string;
}

export interface ListColumn {
  readonly key: string;
  readonly name: string;
  /** What the column is called in its header; `name` where it is not given. */
  readonly header?: string;
  readonly note: string;
  /** Whether a reader wants the largest first. */
  readonly descendingFirst: boolean;
}

export interface ListScale {
  readonly axis: Axis;
  readonly left: string;
  readonly right: string;
  readonly heads: Readonly<Record<Modality, string>>;
  /** Of modalities, or the text's own where dots are of none. */
  readonly colours: 'modalities' | 'plain';
  /** A value of all images together, drawn as a line. */
  readonly reference: { readonly value: number; readonly text: string } | null;
  /** Whether a bar joins the two dots; else each has its own half of the line and its interval. */
  readonly joined: boolean;
  /** One dot a line, in its middle; none is hollow. */
  readonly single?: true;
  /** What stands in place of dots. */
  readonly missing: string;
  /** `null`: lines have no note. */
  readonly noteHead: string | null;
}

export interface Sort<Column extends string = string> {
  readonly column: Column;
  readonly descending: boolean;
}

/** The order that a click on a column's header asks for. */
export function nextSort(current: Sort, column: ListColumn): Sort {
  if (current.column === column.key) return { column: column.key, descending: !current.descending };
  return { column: column.key, descending: column.descendingFirst };
}

/**
 * By a value, or by name where there is none to sort by. Rows without the value come last in either direction;
 * equal values are in the order of `tie`, larger first, then of names.
 */
export function sortRows<Row extends { readonly attribute: string }>(
  rows: readonly Row[],
  descending: boolean,
  value: ((row: Row) => number | null) | null,
  tie: (row: Row) => number = () => 0,
): Row[] {
  const direction = descending ? -1 : 1;
  const names = (a: Row, b: Row) => byName.compare(a.attribute, b.attribute);
  if (value === null) return [...rows].sort((a, b) => direction * names(a, b));
  return [...rows].sort((a, b) => {
    const x = value(a);
    const y = value(b);
    if (x === null || y === null) return Number(x === null) - Number(y === null) || names(a, b);
    return direction * (x - y) || tie(b) - tie(a) || names(a, b);
  });
}

/** Blank and underscore are one, case is none: «blond hair» finds Blond_Hair. */
export function matchesFilter(attribute: string, filter: string): boolean {
  return fold(attribute).includes(fold(filter.trim()));
}

/** Whether the same attribute is the same line in both. */
export function hasSameLines(a: ListBase, b: ListBase): boolean {
  return a.source === b.source && a.variant === b.variant;
}

/** Whether a list that is drawn shows the same lines in the same order. */
export function isSameList(a: ListBase, b: ListBase): boolean {
  return (
    hasSameLines(a, b) &&
    a.rows.length === b.rows.length &&
    a.rows.every((row, index) => row.attribute === b.rows[index]!.attribute)
  );
}

const byName = new Intl.Collator('en', { numeric: true });

function fold(text: string): string {
  return text.toLowerCase().replaceAll('_', ' ');
}
