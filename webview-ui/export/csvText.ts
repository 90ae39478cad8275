import type { Cell, Column, Table } from './table.ts';
import { tableOf } from './table.ts';

/**
 * RFC 4180: a head, lines that end in CRLF, cells with commas, quotes or line breaks in quotes. Numbers with all
 * digits that they have; what is not known is empty.
 */
export function tableAsCsv({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string {
  const lines = [columns.map(({ name }) => name), ...rows];
  return lines.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}

export function linesAsCsv<Line>(columns: readonly Column<Line>[], lines: readonly Line[]): string {
  return tableAsCsv(tableOf('', columns, lines));
}

function cellText(cell: Cell | undefined): string {
  return typeof cell === 'string' ? textCell(cell) : String(cell ?? '');
}

/** A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function textCell(text: string): string {
  const inert = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
