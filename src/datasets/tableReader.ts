import { AppError } from '../domain/appError.ts';
import type { AttributeColumn } from '../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import type { AnnotationTable } from './annotationTable.ts';
import { codedColumnToAttributes } from './attributeRules.ts';
import { cellAt, type CodedColumn } from './codedColumn.ts';
import { isMissing } from './columnKind.ts';
import { readTableHead } from './parquetText.ts';
import { splitOfColumn } from './splitNames.ts';
import { readTableCells } from './tableCells.ts';
import { findTableColumns, type TableColumns } from './tableColumns.ts';

/**
 * Reads a table, CSV or Parquet: a header line, then a row for each image, with columns as `findTableColumns`
 * tells them apart and attributes as `columnToAttributes` makes them. `more` are further files of the same
 * header that the table goes on in. Rows are left out as `readTableCells` says.
 *
 * Throws `annotationsInvalid` where no column names images, no valid row follows the header, or the headers
 * of several files differ.
 */
export async function readTable(
  path: string,
  more: readonly string[],
  signal: AbortSignal,
  log: DiagnosticLog,
): Promise<AnnotationTable> {
  const [header = [], ...sample] = await readTableHead(path, signal);
  const columns = findTableColumns(header, sample);
  if (columns === null) throw noImageColumn(path, header);
  for (const other of more) {
    const [otherHeader = []] = await readTableHead(other, signal);
    if (otherHeader.join() !== header.join()) throw otherColumns(path, other);
  }
  const cells = await readTableCells(
    [path, ...more],
    { width: header.length, imageColumn: columns.image },
    signal,
    log,
  );
  const { images, fileRows, nFileRows, columns: coded } = cells;
  if (images.length === 0) {
    throw new AppError(
      'annotationsInvalid',
      `The table «${path}» holds no row with an image under its header line. Pass a table with a row for each image.`,
      { path },
    );
  }
  for (const why of columns.ignored) log.add('attributeIgnored', why);
  return {
    file: path,
    images,
    fileRows,
    nFileRows,
    identities: identitiesOf(header, coded, columns, log),
    split: columns.split === null ? null : splitOfColumn(coded[columns.split]!),
    hasAttributes: columns.attributes.length > 0,
    attributes: (rows, attributeLog) =>
      columns.attributes.flatMap((column) =>
        selectColumn(header[column]!.trim(), coded[column]!, rows, attributeLog),
      ),
  };
}

function identitiesOf(
  header: readonly string[],
  coded: readonly CodedColumn[],
  columns: TableColumns,
  log: DiagnosticLog,
): (string | undefined)[] | null {
  const number = columns.identity ?? columns.weakIdentity;
  if (number === null) return null;
  const column = coded[number]!;
  const names = Array.from(column.codes, (_, row) => {
    const name = cellAt(column, row);
    return isMissing(name) ? undefined : name;
  });
  if (columns.identity === null) {
    const known = names.filter((name) => name !== undefined);
    if (new Set(known).size === known.length) {
      log.add(
        'attributeIgnored',
        `${header[number]!.trim()}: a value of its own in each row names rows, not people`,
      );
      return null;
    }
  }
  return names;
}

function selectColumn(
  name: string,
  column: CodedColumn,
  rows: Int32Array,
  log: DiagnosticLog,
): readonly AttributeColumn[] {
  const outcome = codedColumnToAttributes(name, column, rows);
  if (outcome.ignored !== null) log.add('attributeIgnored', outcome.ignored);
  if (outcome.note !== null) log.add('attributeRule', outcome.note);
  for (const cell of outcome.invalid) log.add('valueInvalid', `column ${name}: «${cell}»`);
  return outcome.attributes;
}

function noImageColumn(path: string, header: readonly string[]): AppError {
  const names = header.slice(0, 20).join(', ');
  return new AppError(
    'annotationsInvalid',
    `The table «${path}» has no column that names images; its first line is «${names}». Call the column of image files «image».`,
    { path, header: names },
  );
}

function otherColumns(path: string, other: string): AppError {
  return new AppError(
    'annotationsInvalid',
    `«${other}» has other columns than «${path}», so they are no parts of one table. Pass one of them as annotations.`,
    { path, other },
  );
}
