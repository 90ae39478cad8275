import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { AppError } from '../domain/appError.ts';
import type { EmbeddingMatrix } from '../domain/embeddingMatrix.ts';
import { normalisePath } from './imageFiles.ts';
import { readNpyWithDigest } from './npy.ts';
import { isParquetName, type ParquetFile, withParquet } from './parquetFile.ts';
import { cellText, parquetHead } from './parquetText.ts';
import { findTableColumns } from './tableColumns.ts';

export interface EmbeddingFile {
  readonly matrix: EmbeddingMatrix;
  /** The image of each row, where the file names them. */
  readonly images: readonly string[] | null;
  /** SHA-256 of the whole file, hex. */
  readonly sha256: string;
}

/** Taken before other columns of vectors; compared without case. */
const vectorNames = ['embedding', 'embeddings', 'vector', 'feature', 'features'];

/**
 * Reads embeddings from `.npy` (see `readNpy`) or `.parquet`. The latter has a row for each image and one
 * column of lists of float or double, all of the same length; of several, the one called `embedding`,
 * `vector` or `features`. A column of images, as `findTableColumns` tells it, says which row is whose. Rows
 * whose vector is null become zero, which no embedding is.
 *
 * One row group of a Parquet file is decoded at a time, at about ten bytes a number: row groups of some ten
 * thousand rows keep the memory low.
 *
 * Throws `embeddingsInvalid` where there is no such column, or no choice among several, where vectors differ
 * in length or hold null, and where the file cannot be read.
 */
export async function readEmbeddingFile(path: string, signal: AbortSignal): Promise<EmbeddingFile> {
  if (!isParquetName(path)) return { ...(await readNpyWithDigest(path)), images: null };
  return withParquet(path, 'embeddingsInvalid', signal, async (file) => ({
    matrix: await readVectors(path, file, vectorColumn(path, file)),
    images: await readImages(file),
    sha256: await digestOf(path),
  }));
}

function vectorColumn(path: string, { columns }: ParquetFile): string {
  const vectors = columns.filter(({ kind }) => kind === 'vector').map(({ name }) => name);
  const named = vectorNames.flatMap((name) => vectors.filter((vector) => vector.toLowerCase() === name));
  const chosen = named[0] ?? (vectors.length === 1 ? vectors[0] : undefined);
  if (chosen !== undefined) return chosen;
  const found = columns.map(({ name }) => name).join(', ');
  throw invalid(
    path,
    vectors.length === 0
      ? `has no column of vectors: its columns are ${found}`
      : `has ${vectors.length} columns of vectors, ${vectors.join(', ')}, none of which is called embedding`,
  );
}

async function readVectors(path: string, file: ParquetFile, column: string): Promise<EmbeddingMatrix> {
  const { nRows } = file;
  let dim = 0;
  let data = new Float32Array(0);
  await file.readColumn(column, (values, start) => {
    for (let k = 0; k < values.length; k++) {
      const vector = values[k];
      if (vector === null || vector === undefined) continue;
      if (!isVector(vector)) throw invalid(path, `holds no vector in row ${start + k} of ${column}`);
      if (dim === 0) {
        dim = vector.length;
        data = new Float32Array(nRows * dim);
      }
      if (vector.length !== dim || dim === 0) {
        throw invalid(
          path,
          `holds a vector of ${vector.length} numbers in row ${start + k} of ${column}, and ${dim} in the first`,
        );
      }
      fill(path, data, (start + k) * dim, vector, start + k);
    }
  });
  if (dim === 0) throw invalid(path, `holds no vector in ${column}`);
  return { rows: nRows, dim, data };
}

function fill(path: string, data: Float32Array, at: number, vector: ArrayLike<unknown>, row: number): void {
  for (let i = 0; i < vector.length; i++) {
    const value = vector[i];
    if (typeof value !== 'number') throw invalid(path, `holds null in the vector of row ${row}`);
    data[at + i] = value;
    if (Number.isFinite(value) && !Number.isFinite(data[at + i]!)) {
      throw invalid(path, `holds ${value} in row ${row}, too large for float32`);
    }
  }
}

function isVector(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || value instanceof Float32Array || value instanceof Float64Array;
}

async function readImages(file: ParquetFile): Promise<string[] | null> {
  const [header = [], ...sample] = await parquetHead(file);
  const columns = findTableColumns(header, sample);
  if (columns === null) return null;
  const images: string[] = [];
  await file.readColumn(header[columns.image]!, (values) => {
    for (let k = 0; k < values.length; k++) images.push(normalisePath(cellText(values[k])));
  });
  return images;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function invalid(path: string, what: string): AppError {
  return new AppError(
    'embeddingsInvalid',
    `«${path}» ${what}. Save embeddings as one row for each image, with a column of lists of float.`,
    { path },
  );
}
