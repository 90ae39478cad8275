import { readCsvHead } from './csvRows.ts';
import { isParquetName, type ParquetFile, scalarColumns, withParquet } from './parquetFile.ts';

/** A value of a Parquet file as a CSV file would write it; empty for null, NaN and what no cell can hold. */
export function cellText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isNaN(value) ? '' : String(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : '';
}

/** Header and first rows of a Parquet table without its nested columns, as the head of a CSV file. */
export async function parquetHead(file: ParquetFile, maxRows = 100): Promise<readonly (readonly string[])[]> {
  const header = scalarColumns(file);
  const nRows = Math.min(maxRows, file.nRows);
  const rows = Array.from({ length: nRows }, () => header.map(() => ''));
  for (const [i, name] of header.entries()) {
    await file.readColumn(
      name,
      (values, start) => {
        for (let k = 0; k < values.length; k++) rows[start + k]![i] = cellText(values[k]);
      },
      nRows,
    );
  }
  return [header, ...rows];
}

/** The head of a table by its path, CSV or Parquet. */
export async function readTableHead(
  path: string,
  signal: AbortSignal,
): Promise<readonly (readonly string[])[]> {
  if (!isParquetName(path)) return readCsvHead(path);
  return withParquet(path, 'annotationsInvalid', signal, (file) => parquetHead(file));
}
