import { AppError } from '../domain/appError.ts';
import type { AttributeColumn } from '../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import type { AnnotationTable } from './annotationTable.ts';
import { codedColumnToAttributes } from './attributeRules.ts';
import { cellAt, type CodedColumn, CodedColumnBuilder } from './codedColumn.ts';
import { isMissing } from './columnKind.ts';
import { readCsvHead, readCsvRows } from './csvRows.ts';
import { normalisePath } from './imageFiles.ts';
import { findTableColumns, type TableColumns } from './tableColumns.ts';

/**
 * Reads a CSV table: a header line, then a row for each image, with columns as `findTableColumns` tells them
 * apart and attributes as `columnToAttributes` makes them. Rows with another number of cells than the header
 * or without an image are left out, and so is a second row for the same image.
 *
 * Throws `annotationsInvalid` where no column names images, or no valid row follows the header.
 */
export async function readTable(
  path: string,
  signal: AbortSignal,
  log: DiagnosticLog,
): Promise<AnnotationTable> {
  const [header = [], ...sample] = await readCsvHead(path);
  const columns = findTableColumns(header, sample);
  if (columns === null) throw noImageColumn(path, header);
  const { builders, images, fileRows, nFileRows } = await readCells(
    path,
    signal,
    log,
    header.length,
    columns.image,
  );
  if (images.length === 0) {
    throw new AppError(
      'annotationsInvalid',
      `The table «${path}» holds no row with an image under its header line. Pass a table with a row for each image.`,
      { path },
    );
  }
  for (const why of columns.ignored) log.add('attributeIgnored', why);
  const coded = builders.map((builder) => builder.build());
  return {
    file: path,
    images,
    fileRows: Int32Array.from(fileRows),
    nFileRows,
    identities: identitiesOf(header, coded, columns, log),
    hasAttributes: columns.attributes.length > 0,
    attributes: (rows, attributeLog) =>
      columns.attributes.flatMap((column) =>
        selectColumn(header[column]!.trim(), coded[column]!, rows, attributeLog),
      ),
  };
}

async function readCells(
  path: string,
  signal: AbortSignal,
  log: DiagnosticLog,
  width: number,
  imageColumn: number,
) {
  const builders = Array.from({ length: width }, () => new CodedColumnBuilder());
  const images: string[] = [];
  const fileRows: number[] = [];
  const seen = new Set<string>();
  let nFileRows = 0;
  await readCsvRows(path, signal, (cells, row) => {
    if (row === 0) return;
    const fileRow = nFileRows++;
    const image = normalisePath(cells[imageColumn] ?? '');
    if (cells.length !== width || image === '') {
      const why = image === '' ? 'names no image' : `${cells.length} values instead of ${width}`;
      log.add('rowInvalid', `row ${row}${image === '' ? '' : `, ${image}`}: ${why}`);
    } else if (seen.has(image)) {
      log.add('imageRepeatedInTable', image);
    } else {
      seen.add(image);
      images.push(image);
      fileRows.push(fileRow);
      // The image column is held above; coding it would hold every name a second time.
      for (let i = 0; i < width; i++) if (i !== imageColumn) builders[i]!.add(cells[i]!);
    }
  });
  return { builders, images, fileRows, nFileRows };
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
