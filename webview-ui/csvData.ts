import type { Association } from '../src/protocol/report.ts';
import type { DataView } from './dataState.ts';
import type { DiscriminativeView } from './discriminativeState.ts';
import { linesAsCsv } from './export/csvText.ts';
import { associationColumns, attributeColumns } from './export/dataTables.ts';
import { discriminativeColumns, scoreLines } from './export/macroscaleTables.ts';

/** The shown attributes in their order, numbers as the report holds them. */
export function countsAsCsv({ rows }: DataView): string {
  return linesAsCsv(attributeColumns, rows);
}

export function associationsAsCsv(pairs: readonly Association[]): string {
  return linesAsCsv(associationColumns, pairs);
}

/** The shown attributes in their order, every score of both kinds of folds. */
export function scoresAsCsv({ result, rows }: DiscriminativeView): string {
  return linesAsCsv(
    discriminativeColumns,
    scoreLines(
      result,
      rows.map(({ row }) => row),
    ),
  );
}
