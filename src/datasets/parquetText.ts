import { readCsvHead } from './csvRows.ts';
import { isParquetName, type ParquetFile, withParquet } from './parquetFile.ts';

/** A value of a Parquet file as a CSV file would write it; empty for null, NaN and what no cell can hold. */
export function cellText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : '';
}

/** Header and first rows of a Parquet table, as the head of a CSV file; cells of nested columns are empty. */
export async function parquetHead(file: ParquetFile, maxRows = 100): Promise<readonly (readonly string[])[]> {
  const nRows = Math.min(maxRows, file.nRows);
  const rows = Array.from({ length: nRows }, () => file.columns.map(() => ''));
  for (const [i, { name, kind }] of file.columns.entries()) {
    if (kind !== 'scalar') continue;
    await file.readColumn(
      name,
      (values, start) => {
        for (let k = 0; k < values.length; k++) rows[start + k]![i] = cellText(values[k]);
      },
      nRows,
    );
  }
  return [file.columns.map(({ name }) => name), ...rows];
}

/** The head of a table by its path, CSV or Parquet. */
export async function readTableHead(
  path: string,
  signal: AbortSignal,
): Promise<readonly (readonly string[])[]> {
  if (!isParquetName(path)) return readCsvHead(path);
  return withParquet(path, 'annotationsInvalid', signal, (file) => parquetHead(file));
}
