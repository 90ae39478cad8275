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
 * whose vector is null or empty become zero, which no embedding is. Beside the matrix itself a page (about a
 * megabyte) is in memory.
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
  const builder = new MatrixBuilder(path, file.nRows);
  await file.readVectors(column, builder);
  return builder.build();
}

/** Fills a matrix number by number; the first vector says how wide it is. */
class MatrixBuilder {
  readonly #path: string;
  readonly #rows: number;
  #row = -1;
  /** Numbers of the current row so far. */
  #column = 0;
  readonly #first: number[] = [];
  #dim = 0;
  #data = new Float32Array(0);

  constructor(path: string, rows: number) {
    this.#path = path;
    this.#rows = rows;
  }

  row(): void {
    this.#endRow();
    this.#row++;
    this.#column = 0;
  }

  value(value: unknown): void {
    const row = this.#row;
    if (typeof value !== 'number') throw invalid(this.#path, `holds null in the vector of row ${row}`);
    const rounded = Math.fround(value);
    if (Number.isFinite(value) && !Number.isFinite(rounded)) {
      throw invalid(this.#path, `holds ${value} in row ${row}, too large for float32`);
    }
    if (this.#dim === 0) this.#first.push(rounded);
    else if (this.#column < this.#dim) this.#data[row * this.#dim + this.#column] = rounded;
    this.#column++;
  }

  build(): EmbeddingMatrix {
    this.#endRow();
    if (this.#row + 1 !== this.#rows) {
      throw invalid(this.#path, `promises ${this.#rows} rows and holds ${this.#row + 1}`);
    }
    if (this.#dim === 0) throw invalid(this.#path, 'holds no vector');
    return { rows: this.#rows, dim: this.#dim, data: this.#data };
  }

  #endRow(): void {
    if (this.#column === 0) return;
    if (this.#dim === 0) {
      this.#dim = this.#first.length;
      this.#data = new Float32Array(this.#rows * this.#dim);
      this.#data.set(this.#first, this.#row * this.#dim);
    }
    if (this.#column !== this.#dim) {
      throw invalid(
        this.#path,
        `holds a vector of ${this.#column} numbers in row ${this.#row}, and others of ${this.#dim}`,
      );
    }
  }
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
