import { basename } from 'node:path';
import { AppError } from '../domain/appError.ts';
import type { AttributeColumn } from '../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import type { AnnotationTable } from './annotationTable.ts';
import { normalisePath } from './imageFiles.ts';
import { invalidSign, LineReader } from './lineReader.ts';
import { readAnnotationBytes } from './textFile.ts';

/**
 * Reads `list_attr_celeba.txt`: line 1 the number of images, line 2 the names of the attributes, then one
 * line for each image with its name and a value for each attribute, parted by runs of spaces or tabs.
 * Values are −1, 1, or 0 for unknown; in a column without any −1, 0 is negative, as in other tables.
 *
 * Values go straight from bytes to one Int8Array for each attribute: the 202,599 × 40 values of CelebA cost
 * 8 MB and no object each.
 *
 * Throws `annotationsInvalid` where the first two lines are not as above or no valid row follows.
 */
export async function readCelebaAttributes(path: string, log: DiagnosticLog): Promise<AnnotationTable> {
  const lines = new LineReader(await readAnnotationBytes(path));
  const promised = readPromisedCount(path, lines);
  const names = readAttributeNames(path, lines);
  const { images, fileRows, nFileRows, columns } = readRows(lines, names, log);
  if (images.length === 0) {
    throw invalid(path, `holds no row with an image and ${names.length} values after its two header lines`);
  }
  if (nFileRows !== promised) {
    log.add('rowCountMismatch', `${basename(path)}: ${promised} rows promised, ${nFileRows} found`);
  }
  const signed = columns.map(settleZeros);
  return {
    file: path,
    images,
    fileRows: Int32Array.from(fileRows),
    nFileRows,
    identities: null,
    split: null,
    hasAttributes: true,
    attributes: (rows, attributeLog) =>
      names.flatMap((name, i) => selectColumn(name, signed[i]!, rows, attributeLog)),
  };
}

function readPromisedCount(path: string, lines: LineReader): number {
  const first = lines.next() && lines.token() ? lines.text() : '';
  if (!/^\d+$/.test(first) || lines.token()) {
    throw invalid(path, `must begin with the number of images alone on line 1, not with «${first}»`);
  }
  return Number(first);
}

function readAttributeNames(path: string, lines: LineReader): string[] {
  const names: string[] = [];
  if (lines.next()) while (lines.token()) names.push(lines.text());
  if (names.length === 0) throw invalid(path, 'holds no names of attributes on line 2');
  return names;
}

interface Rows {
  readonly images: readonly string[];
  readonly fileRows: readonly number[];
  readonly nFileRows: number;
  /** −1, 0, 1 or `invalidSign`, longer than there are images. */
  readonly columns: readonly Int8Array[];
}

function readRows(lines: LineReader, names: readonly string[], log: DiagnosticLog): Rows {
  const width = names.length;
  const atMost = lines.linesLeft();
  const columns = Array.from({ length: width }, () => new Int8Array(atMost));
  const row = new Int8Array(width);
  const images: string[] = [];
  const fileRows: number[] = [];
  const seen = new Set<string>();
  let nFileRows = 0;
  while (lines.next()) {
    if (!lines.token()) continue;
    const fileRow = nFileRows++;
    const image = normalisePath(lines.text());
    let nValues = 0;
    const invalidValues: string[] = [];
    for (; lines.token(); nValues++) {
      const sign = lines.sign();
      if (sign === invalidSign) invalidValues.push(`${image}: ${names[nValues] ?? ''} «${lines.text()}»`);
      if (nValues < width) row[nValues] = sign;
    }
    if (nValues !== width) {
      log.add('rowInvalid', `${image}: ${nValues} values instead of ${width}`);
    } else if (seen.has(image)) {
      log.add('imageRepeatedInTable', image);
    } else {
      for (const item of invalidValues) log.add('valueInvalid', item);
      for (let i = 0; i < width; i++) columns[i]![images.length] = row[i]!;
      seen.add(image);
      images.push(image);
      fileRows.push(fileRow);
    }
  }
  return { images, fileRows, nFileRows, columns: columns.map((column) => column.subarray(0, images.length)) };
}

interface SignedColumn {
  readonly signs: Int8Array;
  readonly zero: 'unknown' | 'negative' | 'absent';
}

/** What 0 means follows from the whole column; invalid values become unknown. Changes the column. */
function settleZeros(column: Int8Array): SignedColumn {
  const zero = !column.includes(0) ? 'absent' : column.includes(-1) ? 'unknown' : 'negative';
  const signOfZero = zero === 'negative' ? -1 : 0;
  for (let row = 0; row < column.length; row++) {
    if (column[row] === 0) column[row] = signOfZero;
    else if (column[row] === invalidSign) column[row] = 0;
  }
  return { signs: column, zero };
}

function selectColumn(
  name: string,
  { signs, zero }: SignedColumn,
  rows: Int32Array,
  log: DiagnosticLog,
): AttributeColumn[] {
  if (zero === 'negative' && !signs.includes(1)) {
    log.add('attributeIgnored', `${name}: holds only 0`);
    return [];
  }
  if (zero !== 'absent') log.add('attributeRule', `${name}: 0 is ${zero}`);
  // A loop, since Int8Array.from with a function takes a second for the 8 million values of CelebA.
  const values = new Int8Array(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = signs[rows[i]!]!;
  return [{ name, values, rule: { kind: 'binary' } }];
}

function invalid(path: string, what: string): AppError {
  return new AppError(
    'annotationsInvalid',
    `«${path}» is no CelebA attribute table: it ${what}. Pass the original list_attr_celeba.txt, or a CSV table.`,
    { path },
  );
}
