import { cancelledError } from '../domain/appError.ts';
import { readCsvRows } from './csvRows.ts';
import { LineReader } from './lineReader.ts';
import { readAnnotationBytes } from './textFile.ts';

/** Rows between two looks at the signal. */
const rowsAtOnce = 4096;

/**
 * Reads an annotation file that comes as text, blank-separated, or as CSV: `onRow` gets the trimmed cells of
 * each line that is not empty, header and count included. Throws `annotationsInvalid`, `cancelled` and what
 * `onRow` throws.
 */
export async function readAnnotationRows(
  path: string,
  signal: AbortSignal,
  onRow: (cells: readonly string[]) => void,
): Promise<void> {
  if (/\.(csv|tsv)$/i.test(path)) {
    await readCsvRows(path, signal, (cells) => onRow(cells.map((cell) => cell.trim())));
    return;
  }
  const lines = new LineReader(await readAnnotationBytes(path));
  for (let row = 0; lines.next(); row++) {
    if (row % rowsAtOnce === 0 && signal.aborted) throw cancelledError();
    const cells: string[] = [];
    while (lines.token()) cells.push(lines.text());
    if (cells.length > 0) onRow(cells);
  }
}
