import { type FileHandle, open } from 'node:fs/promises';
import { parquetMetadataAsync, parquetScan, parquetSchema, type SchemaTree } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { AppError, cancelledError, messageOf } from '../domain/appError.ts';
import { readParquetVectors, type VectorSink } from './parquetVectors.ts';

/** An open Parquet file. */
export interface ParquetFile {
  readonly columns: readonly ParquetColumn[];
  readonly nRows: number;
  /**
   * Reads one column; `onChunk` gets its values from row `start` on, a row group at a time, which bounds the
   * memory. Nothing else of the file is read.
   */
  readColumn(
    name: string,
    onChunk: (values: ArrayLike<unknown>, start: number) => void,
    maxRows?: number,
  ): Promise<void>;
  /** Reads a column of vectors, a page at a time. */
  readVectors(name: string, sink: VectorSink): Promise<void>;
}

export interface ParquetColumn {
  readonly name: string;
  /** `vector`: a list of floating-point numbers in each row; `nested`: any other list, map or structure. */
  readonly kind: 'scalar' | 'vector' | 'nested';
}

/**
 * Opens a Parquet file, compressed in any way that hyparquet-compressors knows, for as long as `use` runs.
 * Throws an AppError of `code`, naming the file, where it is no Parquet file or cannot be read, `cancelled`,
 * and what `use` throws as an AppError.
 */
export async function withParquet<T>(
  path: string,
  code: 'annotationsInvalid' | 'embeddingsInvalid',
  signal: AbortSignal,
  use: (file: ParquetFile) => Promise<T>,
): Promise<T> {
  try {
    await using handle = await open(path);
    return await use(await openFile(handle, signal));
  } catch (error) {
    if (error instanceof AppError) throw error;
    const what = code === 'annotationsInvalid' ? 'table' : 'embeddings';
    throw new AppError(
      code,
      `The ${what} «${path}» could not be read as Parquet: ${messageOf(error)}. Write the file anew, or pass another one.`,
      { path },
      error,
    );
  }
}

/** The columns that a CSV file could hold; the others make no attribute. */
export function scalarColumns({ columns }: ParquetFile): readonly string[] {
  return columns.filter(({ kind }) => kind === 'scalar').map(({ name }) => name);
}

export function isParquetName(path: string): boolean {
  return /\.parquet$/i.test(path);
}

async function openFile(handle: FileHandle, signal: AbortSignal): Promise<ParquetFile> {
  const { size } = await handle.stat();
  const file = { byteLength: size, slice: (start: number, end = size) => readBytes(handle, start, end) };
  const metadata = await parquetMetadataAsync(file);
  const { children } = parquetSchema(metadata);
  return {
    columns: children.map((child) => ({ name: child.element.name, kind: kindOf(child) })),
    nRows: Number(metadata.num_rows),
    async readColumn(name, onChunk, maxRows = Infinity) {
      const { ranges } = await parquetScan({ file, metadata, compressors, columns: [name] });
      for (const { rowStart, rowEnd } of ranges) {
        if (signal.aborted) throw cancelledError();
        if (rowStart >= maxRows) return;
        // A scan keeps the last column it read: one for each row group is soon forgotten.
        const scan = await parquetScan({ file, metadata, compressors, columns: [name] });
        const end = Math.min(rowEnd, maxRows);
        const values: ArrayLike<unknown> = await scan.readColumn({ column: name, rowStart, rowEnd: end });
        if (values.length !== end - rowStart) {
          throw new Error(
            `column ${name} holds ${values.length} of the ${end - rowStart} rows from ${rowStart} on`,
          );
        }
        onChunk(values, rowStart);
      }
    },
    readVectors: (name, sink) =>
      readParquetVectors(file, metadata, name, sink, () => {
        if (signal.aborted) throw cancelledError();
      }),
  };
}

async function readBytes(handle: FileHandle, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(end - start);
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done);
    if (bytesRead === 0) throw new Error(`the file ends at byte ${start + done}`);
    done += bytesRead;
  }
  return bytes.buffer;
}

function kindOf({ element, children }: SchemaTree): ParquetColumn['kind'] {
  if (children.length === 0) {
    if (element.repetition_type !== 'REPEATED') return 'scalar';
    return isFloat(element) ? 'vector' : 'nested';
  }
  // list<element>: a group of one repeated group, or repeated value, of one value.
  let node: SchemaTree = { element, children } as SchemaTree;
  let nRepeated = 0;
  while (node.children.length === 1) {
    node = node.children[0]!;
    if (node.element.repetition_type === 'REPEATED') nRepeated++;
  }
  return node.children.length === 0 && nRepeated === 1 && isFloat(node.element) ? 'vector' : 'nested';
}

function isFloat({ type, logical_type }: SchemaTree['element']): boolean {
  return type === 'FLOAT' || type === 'DOUBLE' || logical_type?.type === 'FLOAT16';
}
