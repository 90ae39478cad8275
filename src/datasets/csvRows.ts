import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import { AppError, cancelledError, messageOf } from '../domain/appError.ts';
import { readAnnotationHead, stripByteOrderMark } from './textFile.ts';

/**
 * Reads a CSV file row by row, in constant memory; `onRow` gets the cells of each line that is not empty,
 * the header included, as number 0. The delimiter is the one of comma, tab, semicolon and bar that occurs
 * most often in the first line. Throws `annotationsInvalid` for a file that is no text, cannot be read, or
 * holds a quote that does not close, because such a quote may swallow any number of rows; `cancelled` where
 * the signal says so; and what `onRow` throws.
 */
export async function readCsvRows(
  path: string,
  signal: AbortSignal,
  onRow: (cells: readonly string[], row: number) => void,
): Promise<void> {
  const delimiter = delimiterOf(await readAnnotationHead(path));
  let row = 0;
  const onChunk = ({ data, errors }: Papa.ParseResult<string[]>) => {
    if (signal.aborted) throw cancelledError();
    const quote = errors.find(({ type }) => type === 'Quotes');
    if (quote !== undefined) throw quoteError(path, row + (quote.row ?? 0), quote.message);
    for (const cells of data) {
      if (row === 0) cells[0] = stripByteOrderMark(cells[0]!);
      onRow(cells, row++);
    }
  };
  await new Promise<void>((resolve, reject) => {
    const stream = createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 });
    Papa.parse<string[]>(stream, {
      delimiter,
      skipEmptyLines: true,
      chunk: (result) => {
        try {
          onChunk(result);
        } catch (error) {
          // Papa would hand the parser's own errors to `error` but lose the kind of this one.
          stream.destroy();
          reject(error instanceof Error ? error : new Error(messageOf(error)));
        }
      },
      complete: () => resolve(),
      error: (error: Error) =>
        reject(
          new AppError(
            'annotationsInvalid',
            `The table «${path}» could not be read: ${messageOf(error)}.`,
            { path },
            error,
          ),
        ),
    });
  });
}

/** The cells of the first rows, as far as they lie in the first 64 KiB; the last may be cut short. */
export async function readCsvHead(path: string): Promise<readonly (readonly string[])[]> {
  const head = await readAnnotationHead(path);
  return Papa.parse<string[]>(head, { delimiter: delimiterOf(head), skipEmptyLines: true }).data;
}

function delimiterOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text)![0].replaceAll(/"[^"]*"/g, '');
  const count = (delimiter: string) => header.split(delimiter).length - 1;
  return [',', '\t', ';', '|'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

function quoteError(path: string, row: number, message: string): AppError {
  return new AppError(
    'annotationsInvalid',
    `The table «${path}» has a faulty quotation mark near row ${row + 1}: ${message}. Close or double it.`,
    { path, row: row + 1 },
  );
}
