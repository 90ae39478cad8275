import { basename } from 'node:path';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { type CodedColumn, CodedColumnBuilder } from './codedColumn.ts';
import { readCsvRows } from './csvRows.ts';
import { normalisePath } from './imageFiles.ts';
import { isParquetName, scalarColumns, withParquet } from './parquetFile.ts';
import { cellText } from './parquetText.ts';

/** The valid rows of a table. */
export interface TableCells {
  readonly images: readonly string[];
  readonly fileRows: Int32Array;
  readonly nFileRows: number;
  /** As many as the header has; that of images is empty, for they are held above. */
  readonly columns: readonly CodedColumn[];
}

export interface TableShape {
  readonly width: number;
  readonly imageColumn: number;
}

/**
 * Reads the cells of one table, whose rows may come in several files with the same header, one after the
 * other. Rows with another number of cells than the header or without an image are left out and named, and so
 * is a second row for the same image.
 */
export async function readTableCells(
  paths: readonly string[],
  shape: TableShape,
  signal: AbortSignal,
  log: DiagnosticLog,
): Promise<TableCells> {
  const cells = new Cells(shape, log);
  for (const path of paths) {
    // Rows are named by the file only where there are several.
    const prefix = paths.length > 1 ? `${basename(path)}: ` : '';
    if (isParquetName(path)) await addParquet(path, cells, prefix, signal);
    else await addCsv(path, cells, prefix, signal);
  }
  return cells.build();
}

class Cells {
  readonly #shape: TableShape;
  readonly #log: DiagnosticLog;
  readonly #builders: readonly CodedColumnBuilder[];
  readonly #images: string[] = [];
  readonly #fileRows: number[] = [];
  readonly #seen = new Set<string>();
  nFileRows = 0;

  constructor(shape: TableShape, log: DiagnosticLog) {
    this.#shape = shape;
    this.#log = log;
    this.#builders = Array.from({ length: shape.width }, () => new CodedColumnBuilder());
  }

  get shape(): TableShape {
    return this.#shape;
  }

  /** Counts a row; false where it is left out. */
  addRow(image: string, nCells: number, where: string): boolean {
    const fileRow = this.nFileRows++;
    if (nCells !== this.#shape.width || image === '') {
      const why = image === '' ? 'names no image' : `${nCells} values instead of ${this.#shape.width}`;
      this.#log.add('rowInvalid', `${where}${image === '' ? '' : `, ${image}`}: ${why}`);
      return false;
    }
    if (this.#seen.has(image)) {
      this.#log.add('imageRepeatedInTable', image);
      return false;
    }
    this.#seen.add(image);
    this.#images.push(image);
    this.#fileRows.push(fileRow);
    return true;
  }

  addCell(column: number, cell: string): void {
    this.#builders[column]!.add(cell);
  }

  ignoreColumn(name: string): void {
    this.#log.add('attributeIgnored', `${name}: holds lists or structures`);
  }

  build(): TableCells {
    return {
      images: this.#images,
      fileRows: Int32Array.from(this.#fileRows),
      nFileRows: this.nFileRows,
      columns: this.#builders.map((builder) => builder.build()),
    };
  }
}

async function addCsv(path: string, cells: Cells, prefix: string, signal: AbortSignal): Promise<void> {
  const { imageColumn, width } = cells.shape;
  await readCsvRows(path, signal, (row, number) => {
    if (number === 0) return;
    const image = normalisePath(row[imageColumn] ?? '');
    if (!cells.addRow(image, row.length, `${prefix}row ${number}`)) return;
    for (let i = 0; i < width; i++) if (i !== imageColumn) cells.addCell(i, row[i]!);
  });
}

/** Column by column, so that one row group of one column is in memory at a time. */
async function addParquet(path: string, cells: Cells, prefix: string, signal: AbortSignal): Promise<void> {
  const { imageColumn, width } = cells.shape;
  await withParquet(path, 'annotationsInvalid', signal, async (file) => {
    const names = scalarColumns(file);
    const isKept = new Uint8Array(file.nRows);
    await file.readColumn(names[imageColumn]!, (values, start) => {
      for (let k = 0; k < values.length; k++) {
        const image = normalisePath(cellText(values[k]));
        isKept[start + k] = cells.addRow(image, width, `${prefix}row ${start + k + 1}`) ? 1 : 0;
      }
    });
    for (const [i, name] of names.entries()) {
      if (i === imageColumn) continue;
      await file.readColumn(name, (values, start) => {
        for (let k = 0; k < values.length; k++) {
          if (isKept[start + k] === 1) cells.addCell(i, cellText(values[k]));
        }
      });
    }
    for (const { name, kind } of file.columns) if (kind !== 'scalar') cells.ignoreColumn(name);
  });
}
