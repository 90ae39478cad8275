import { appendFileSync } from 'node:fs';

/** One number that a benchmark found. */
export interface BenchFigure {
  readonly bench: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it must not fall below, or exceed; `null`: it is told, not judged. */
  readonly bound: Bound | null;
}

export type Bound = { readonly atLeast: number } | { readonly atMost: number };

/** Where `run.ts` gathers figures; unset where a benchmark is run by itself. */
export const figuresVariable = 'ATTRIBUTE_LENS_FIGURES';

/** Hands a figure to `run.ts`, and makes the process fail where its bound is broken. */
export function tellFigure(figure: BenchFigure): void {
  if (!holds(figure)) process.exitCode = 1;
  const file = process.env[figuresVariable];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(figure)}\n`);
}

/** Written so that NaN breaks every bound. */
export function holds({ value, bound }: Pick<BenchFigure, 'value' | 'bound'>): boolean {
  if (bound === null) return true;
  return 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
}

/** Figures of a run beside those of an earlier one of the same machine, as a table. */
export function figuresTable(now: readonly BenchFigure[], before: readonly BenchFigure[]): string {
  const earlier = new Map(before.map((figure) => [keyOf(figure), figure.value]));
  const rows = [
    ['benchmark', 'figure', 'value', 'bound', 'before', 'change'],
    ...now.map((figure) => {
      const was = earlier.get(keyOf(figure));
      return [
        figure.bench,
        figure.name,
        `${digits(figure.value)} ${figure.unit}`.trimEnd(),
        boundInWords(figure),
        was === undefined ? '' : digits(was),
        was === undefined ? '' : changeInWords(figure.value, was),
      ];
    }),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function keyOf({ bench, name }: BenchFigure): string {
  return `${bench}\n${name}`;
}

function boundInWords(figure: BenchFigure): string {
  const { bound } = figure;
  if (bound === null) return '';
  const text = 'atLeast' in bound ? `≥ ${digits(bound.atLeast)}` : `≤ ${digits(bound.atMost)}`;
  return holds(figure) ? text : `${text} BROKEN`;
}

function changeInWords(value: number, was: number): string {
  const percent = 100 * (value / was - 1);
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(0)} %`;
}

function digits(value: number): string {
  return Number(value.toPrecision(3)).toString();
}
