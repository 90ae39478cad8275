import { basename } from 'node:path';
import { type DatasetTable, selectRows } from '../domain/datasetTable.ts';
import { AppError } from '../domain/appError.ts';
import { type Diagnostic, DiagnosticLog } from '../domain/diagnostic.ts';
import type { EmbeddingMatrix } from '../domain/embeddingMatrix.ts';
import { readCsvRows } from './csvRows.ts';
import { isImageName, normalisePath, stemOf } from './imageFiles.ts';
import { matchImages } from './matchImages.ts';
import { readNpyWithDigest } from './npy.ts';

export interface ReadyEmbeddings {
  /** Row i belongs to row i of `table`. */
  readonly matrix: EmbeddingMatrix;
  /** Only the rows that have an embedding. */
  readonly table: DatasetTable;
  /** What was left out here; the table's own diagnostics are not repeated. */
  readonly diagnostics: readonly Diagnostic[];
  /** SHA-256 of the `.npy` file, hex. */
  readonly sha256: string;
}

/**
 * Reads embeddings (`.npy`, see `readNpy`) that stand in for a model. Without a `list` their rows follow the
 * data rows of the annotation file, also those whose image is not on disk or that were left out. With one,
 * a CSV whose first column names the image of each row (with or without a header line), they are found by
 * name, with or without leading folders; what either side holds alone is left out and named.
 *
 * Throws `embeddingsInvalid` where the number of rows differs from the annotation file's or the list's, and
 * where no image has an embedding.
 */
export async function readReadyEmbeddings(
  file: string,
  list: string | null,
  table: DatasetTable,
): Promise<ReadyEmbeddings> {
  const log = new DiagnosticLog();
  const { matrix, sha256 } = await readNpyWithDigest(file);
  const sourceRows =
    list === null
      ? rowsByPosition(file, matrix, table)
      : rowsByName(await readList(list, file, matrix.rows, table, log), list, table, log);
  const kept = Int32Array.from(table.images, (_, row) => row).filter((row) => {
    const source = sourceRows[row]!;
    const image = table.images[row]!;
    if (source < 0) log.add('embeddingMissing', image);
    else if (!isUsable(matrix, source)) log.add('embeddingInvalid', image);
    else return true;
    return false;
  });
  if (kept.length === 0) {
    throw new AppError(
      'embeddingsInvalid',
      `«${file}» holds no embedding of any of the ${table.images.length} images of the data set.`,
      { path: file },
    );
  }
  return {
    matrix: gather(
      matrix,
      kept.map((row) => sourceRows[row]!),
    ),
    table: selectRows(table, kept),
    diagnostics: log.toArray(),
    sha256,
  };
}

function rowsByPosition(file: string, matrix: EmbeddingMatrix, table: DatasetTable): Int32Array {
  if (matrix.rows !== table.nAnnotationRows) {
    throw new AppError(
      'embeddingsInvalid',
      `«${file}» holds ${matrix.rows} embeddings, and the data set has ${table.nAnnotationRows} rows. Pass a list, a CSV file that names the image of each embedding.`,
      { path: file, nEmbeddings: matrix.rows, nRows: table.nAnnotationRows },
    );
  }
  return table.annotationRow;
}

/** The image of each embedding; `undefined` where the list names an image a second time. */
async function readList(
  list: string,
  file: string,
  nEmbeddings: number,
  table: DatasetTable,
  log: DiagnosticLog,
): Promise<(string | undefined)[]> {
  const names: string[] = [];
  await readCsvRows(list, new AbortController().signal, (cells) => names.push(normalisePath(cells[0] ?? '')));
  // Told by its wording, never by the number of lines: a list that is one short would shift every row.
  if (names[0] !== undefined && isHeader(names[0], table)) names.shift();
  if (names.length !== nEmbeddings) {
    throw new AppError(
      'embeddingsInvalid',
      `The list «${list}» names ${names.length} images, and «${file}» holds ${nEmbeddings} embeddings. Pass a list with a row for each embedding.`,
      { path: file, list, nNames: names.length, nEmbeddings },
    );
  }
  const seen = new Set<string>();
  return names.map((name) => {
    if (seen.has(name)) {
      log.add('imageRepeatedInTable', name);
      return undefined;
    }
    seen.add(name);
    return name;
  });
}

/** A first line that is neither called like an image nor, without its extension, an image of the table. */
function isHeader(name: string, { images }: DatasetTable): boolean {
  return !isImageName(name) && !images.some((image) => basename(stemOf(image)) === basename(name));
}

/** The embedding of each row of the table, −1 where it has none. */
function rowsByName(
  list: readonly (string | undefined)[],
  path: string,
  table: DatasetTable,
  log: DiagnosticLog,
): Int32Array {
  const embeddings = Int32Array.from(list, (_, row) => row).filter((row) => list[row] !== undefined);
  const names = Array.from(embeddings, (row) => list[row]!);
  // The whole path, folders and all, comes before its end.
  const { fileOf: match } = matchImages(names, table.images, {
    severalFolders: true,
    prefers: (folder) => folder === '',
  });
  const sourceRows = new Int32Array(table.images.length).fill(-1);
  match.forEach((image, i) => {
    if (image < 0) log.add('embeddingImageUnknown', names[i]);
    else sourceRows[image] = embeddings[i]!;
  });
  if (match.every((image) => image < 0)) {
    throw new AppError(
      'embeddingsInvalid',
      `None of the ${names.length} images that the list «${path}» names, such as «${names[0] ?? ''}», is among the ${table.images.length} images of the data set, such as «${table.images[0]!}».`,
      { list: path },
    );
  }
  return sourceRows;
}

/** A vector that is zero or not finite has no direction, and no distance. */
function isUsable({ data, dim }: EmbeddingMatrix, row: number): boolean {
  let isZero = true;
  for (let i = row * dim; i < (row + 1) * dim; i++) {
    if (!Number.isFinite(data[i]!)) return false;
    if (data[i] !== 0) isZero = false;
  }
  return !isZero;
}

function gather({ data, dim }: EmbeddingMatrix, rows: Int32Array): EmbeddingMatrix {
  const gathered = new Float32Array(rows.length * dim);
  rows.forEach((row, i) => gathered.set(data.subarray(row * dim, (row + 1) * dim), i * dim));
  return { rows: rows.length, dim, data: gathered };
}
