/** `count`: a whole number; `number`: any other, with full precision. */
export type CellKind = 'text' | 'number' | 'count';

/** `null`: not known, or not measured. */
export type Cell = string | number | null;

export interface TableColumn {
  /** With its unit, where it has one. */
  readonly name: string;
  readonly kind: CellKind;
}

export interface Table {
  /** A file name without its suffix. */
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A column, and where its cells come from. */
export interface Column<Line> extends TableColumn {
  of(line: Line): Cell | undefined;
}

type Interval = readonly [low: number, high: number];

/** Ways to write the columns of tables whose lines are `Line`s. */
export function columnsOf<Line>() {
  const column = (name: string, kind: CellKind, of: Column<Line>['of']): Column<Line> => ({ name, kind, of });
  const number = (name: string, of: (line: Line) => number | null | undefined) => column(name, 'number', of);
  return {
    number,
    text: (name: string, of: (line: Line) => string | null | undefined) => column(name, 'text', of),
    count: (name: string, of: (line: Line) => number | null | undefined) => column(name, 'count', of),
    /** Both ends: `<name>_low` and `<name>_high`. */
    interval: (name: string, of: (line: Line) => Interval | null | undefined): Column<Line>[] => [
      number(`${name}_low`, (line) => of(line)?.[0]),
      number(`${name}_high`, (line) => of(line)?.[1]),
    ],
  };
}

export function tableOf<Line>(name: string, columns: readonly Column<Line>[], lines: readonly Line[]): Table {
  return {
    name,
    columns: columns.map((column) => ({ name: column.name, kind: column.kind })),
    rows: lines.map((line) => columns.map((column) => column.of(line) ?? null)),
  };
}
