import { basename } from 'node:path';
import { type DatasetTable, selectRows } from '../domain/datasetTable.ts';
import { AppError } from '../domain/appError.ts';
import { type Diagnostic, DiagnosticLog } from '../domain/diagnostic.ts';
import type { EmbeddingMatrix } from '../domain/embeddingMatrix.ts';
import { readCsvRows } from './csvRows.ts';
import { readEmbeddingFile } from './embeddingFile.ts';
import { isImageName, normalisePath, stemOf } from './imageFiles.ts';
import { matchImages } from './matchImages.ts';

export interface ReadyEmbeddings {
  /** Row i belongs to row i of `table`. */
  readonly matrix: EmbeddingMatrix;
  /** Only the rows that have an embedding. */
  readonly table: DatasetTable;
  /** What was left out here; the table's own diagnostics are not repeated. */
  readonly diagnostics: readonly Diagnostic[];
  /** SHA-256 of the file of embeddings, hex. */
  readonly sha256: string;
}

/**
 * Reads embeddings (`.npy` or `.parquet`, see `readEmbeddingFile`) that stand in for a model, whether the
 * images are on disk or not. Rows are found by the name of their image, with or without leading folders: from
 * a `list`, a CSV whose first column names the image of each row (with or without a header line), else from
 * the column of images of a Parquet file; what either side holds alone is left out and named. Where neither
 * exists, rows follow the data rows of the annotation file, also those whose image is not on disk or that
 * were left out.
 *
 * Throws `embeddingsInvalid` where the number of rows differs from the annotation file's or the list's, and
 * where no image has an embedding.
 */
export async function readReadyEmbeddings(
  file: string,
  list: string | null,
  table: DatasetTable,
  signal: AbortSignal = new AbortController().signal,
): Promise<ReadyEmbeddings> {
  const log = new DiagnosticLog();
  const { matrix, images, sha256 } = await readEmbeddingFile(file, signal);
  const names = list === null ? images : await readList(list, file, matrix.rows, table, signal);
  const sourceRows =
    names === null ? rowsByPosition(file, matrix, table) : rowsByName(names, list ?? file, table, log);
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

/** The image of each embedding. */
async function readList(
  list: string,
  file: string,
  nEmbeddings: number,
  table: DatasetTable,
  signal: AbortSignal,
): Promise<string[]> {
  const names: string[] = [];
  await readCsvRows(list, signal, (cells) => names.push(normalisePath(cells[0] ?? '')));
  // Told by its wording, never by the number of lines: a list that is one short would shift every row.
  if (names[0] !== undefined && isHeader(names[0], table)) names.shift();
  if (names.length !== nEmbeddings) {
    throw new AppError(
      'embeddingsInvalid',
      `The list «${list}» names ${names.length} images, and «${file}» holds ${nEmbeddings} embeddings. Pass a list with a row for each embedding.`,
      { path: file, list, nNames: names.length, nEmbeddings },
    );
  }
  return names;
}

/** A first line that is neither called like an image nor, without its extension, an image of the table. */
function isHeader(name: string, { images }: DatasetTable): boolean {
  return !isImageName(name) && !images.some((image) => basename(stemOf(image)) === basename(name));
}

/** The embedding of each row of the table, −1 where it has none; of an image named twice, the first. */
function rowsByName(
  images: readonly string[],
  path: string,
  table: DatasetTable,
  log: DiagnosticLog,
): Int32Array {
  const seen = new Set<string>();
  const embeddings = Int32Array.from(images.keys()).filter((row) => {
    const image = images[row]!;
    const isNew = !seen.has(image);
    if (image === '') log.add('embeddingImageUnknown', `row ${row + 1} names no image`);
    else if (!isNew) log.add('imageRepeatedInTable', image);
    seen.add(image);
    return isNew && image !== '';
  });
  const names = Array.from(embeddings, (row) => images[row]!);
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
      `None of the ${names.length} images that «${path}» names, such as «${names[0] ?? ''}», is among the ${table.images.length} images of the data set, such as «${table.images[0]!}».`,
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

/** Rows in rising order, as a file usually has them, move within the memory they are in. */
function gather({ data, dim }: EmbeddingMatrix, rows: Int32Array): EmbeddingMatrix {
  const isRising = rows.every((row, i) => i === 0 || row > rows[i - 1]!);
  const gathered = isRising ? data : new Float32Array(rows.length * dim);
  rows.forEach((row, i) => {
    if (isRising) gathered.copyWithin(i * dim, row * dim, (row + 1) * dim);
    else gathered.set(data.subarray(row * dim, (row + 1) * dim), i * dim);
  });
  return { rows: rows.length, dim, data: gathered.subarray(0, rows.length * dim) };
}
