import { closeSync, fdatasyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError, isAppError, messageOf } from '../domain/appError.ts';
import type { LogLevel } from '../domain/progress.ts';
import { describedBy, type StoreDescription, storeFingerprint } from './storeDescription.ts';
import { compactKey, encodeLine, hexKey, lineBytes, rowChecksum, storeFiles } from './storeFormat.ts';
import { acquireLock } from './storeLock.ts';
import { ensureMeta, storeInvalid } from './storeMeta.ts';
import { recoverRows, type RowPlaces } from './storeRecovery.ts';

export interface StoreRow {
  /** SHA-256 of the image file's bytes, hex. */
  readonly key: string;
  /** `dim` numbers. */
  readonly vector: Float32Array;
  /** Only where the store has norms. */
  readonly norm: number | null;
  /** False for a result that must not enter an analysis; kept all the same, so that it is not computed again. */
  readonly usable: boolean;
}

export type RowState = 'missing' | 'usable' | 'unusable';

export interface OpenStoreRequest {
  /** The folder of all stores; this one lies in the subfolder named by its fingerprint. */
  readonly storeFolder: string;
  readonly description: StoreDescription;
  readonly log: (level: LogLevel, message: string) => void;
}

/** By folder. */
const openStores = new Map<string, Promise<VectorStore>>();

/**
 * Rows of float32, found by the content of their image, that outlive the process that computes them.
 * A row counts only when both its numbers and its index line are whole on disk. One process at a time; in a
 * process, all openings of one store share it (one model under two names).
 * Memory: about 100 bytes for each row.
 */
export class VectorStore {
  readonly folder: string;
  readonly description: StoreDescription;
  readonly #vectors: number;
  readonly #index: number;
  readonly #places: RowPlaces;
  readonly #unlock: () => void;
  #nRows: number;
  /** Openings of this store in this process that are not closed yet. */
  #users = 0;

  /**
   * Opens the store, or makes it; cuts off what an interrupted write left. Throws `storeBusy` where another
   * process holds it, `storeInvalid` where its files are not what they should be, `writeFailed` where the
   * folder cannot be written.
   */
  static async open(request: OpenStoreRequest): Promise<VectorStore> {
    const folder = resolve(request.storeFolder, storeFingerprint(describedBy(request.description)));
    let opening = openStores.get(folder);
    if (!opening) {
      opening = VectorStore.#openFolder(folder, request);
      openStores.set(folder, opening);
      opening.catch(() => openStores.delete(folder));
    }
    const store = await opening;
    // Its last user may have closed it in between.
    if (openStores.get(folder) !== opening) return VectorStore.open(request);
    store.#users++;
    return store;
  }

  static async #openFolder(folder: string, { description, log }: OpenStoreRequest): Promise<VectorStore> {
    let unlock: (() => void) | undefined;
    try {
      await mkdir(folder, { recursive: true });
      unlock = acquireLock(join(folder, storeFiles.lock), log);
      await ensureMeta(folder, describedBy(description));
      const { nRows, places } = await recoverRows(folder, rowFloats(description) * 4, log);
      return new VectorStore(folder, description, nRows, places, unlock);
    } catch (error) {
      unlock?.();
      if (isAppError(error)) throw error;
      throw new AppError(
        'writeFailed',
        `The store ${folder} cannot be opened: ${messageOf(error)}. Set attributeLens.storeFolder to a folder that can be written.`,
        { path: folder },
        error,
      );
    }
  }

  private constructor(
    folder: string,
    description: StoreDescription,
    nRows: number,
    places: RowPlaces,
    unlock: () => void,
  ) {
    this.folder = folder;
    this.description = description;
    this.#nRows = nRows;
    this.#places = places;
    this.#unlock = unlock;
    this.#vectors = openSync(join(folder, storeFiles.vectors), 'r+');
    this.#index = openSync(join(folder, storeFiles.index), 'r+');
  }

  /** Images with a row, usable or not. */
  get size(): number {
    return this.#places.size;
  }

  state(key: string): RowState {
    const place = this.#places.get(compactKey(key));
    if (place === undefined) return 'missing';
    return place % 2 === 0 ? 'usable' : 'unusable';
  }

  /** Keys of all usable rows, in the order in which they were appended. */
  *usableKeys(): Generator<string> {
    for (const [key, place] of this.#places) if (place % 2 === 0) yield hexKey(key);
  }

  /**
   * Appends the rows whose key has none yet; when it returns they are on the disk. Synchronous on purpose:
   * decoding fills the thread pool's queue, and a write behind it would wait for all of it.
   * Throws `writeFailed`; the store is then as it was before.
   */
  append(rows: readonly StoreRow[]): void {
    this.#assertOpen();
    const fresh = new Map<string, StoreRow>();
    for (const row of rows) {
      const key = compactKey(row.key);
      if (!this.#places.has(key) && !fresh.has(key)) fresh.set(key, row);
    }
    if (fresh.size === 0) return;
    const rowBytes = rowFloats(this.description) * 4;
    const vectors = Buffer.alloc(fresh.size * rowBytes);
    let lines = '';
    let offset = 0;
    for (const [key, row] of fresh) {
      const bytes = vectors.subarray(offset, offset + rowBytes);
      bytes.set(asBytes(this.#checked(row)));
      lines += encodeLine({ key, usable: row.usable, checksum: rowChecksum(key, row.usable, bytes) });
      offset += rowBytes;
    }
    try {
      writeFully(this.#vectors, vectors, this.#nRows * rowBytes);
      fdatasyncSync(this.#vectors);
      writeFully(this.#index, Buffer.from(lines, 'latin1'), this.#nRows * lineBytes);
      fdatasyncSync(this.#index);
    } catch (error) {
      this.#cutBack();
      throw new AppError(
        'writeFailed',
        `Writing to the store ${this.folder} failed: ${messageOf(error)}. Make room on the disk or set attributeLens.storeFolder elsewhere; what was stored so far is kept.`,
        { path: this.folder },
        error,
      );
    }
    for (const [key, row] of fresh) this.#places.set(key, this.#nRows++ * 2 + (row.usable ? 0 : 1));
  }

  /** The vectors of the given images: keys.length × dim, row by row. Throws `internal` for one that has none. */
  gather(keys: readonly string[]): Float32Array {
    const { dim } = this.description;
    return this.#read(keys, 0, dim);
  }

  /** The norms of the given images' embeddings, or `null` where the model gives none. */
  gatherNorms(keys: readonly string[]): Float32Array | null {
    const { dim, hasNorms } = this.description;
    return hasNorms ? this.#read(keys, dim, 1) : null;
  }

  /** Once for each opening; the last one gives the store back. */
  close(): void {
    if (this.#users === 0) return;
    if (--this.#users > 0) return;
    openStores.delete(this.folder);
    closeSync(this.#vectors);
    closeSync(this.#index);
    this.#unlock();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #read(keys: readonly string[], firstFloat: number, nFloats: number): Float32Array {
    this.#assertOpen();
    const stride = rowFloats(this.description);
    const out = new Float32Array(keys.length * nFloats);
    const bytes = asBytes(out);
    keys.forEach((key, i) => {
      const place = this.#places.get(compactKey(key));
      if (place === undefined)
        throw new AppError('internal', `The store ${this.folder} has no row for ${key}.`);
      const position = ((place >> 1) * stride + firstFloat) * 4;
      const read = readSync(this.#vectors, bytes, i * nFloats * 4, nFloats * 4, position);
      if (read !== nFloats * 4)
        throw storeInvalid(this.folder, 'its vectors became shorter while it was open');
    });
    return out;
  }

  #checked({ key, vector, norm }: StoreRow): Float32Array {
    const { dim, hasNorms } = this.description;
    if (vector.length !== dim || hasNorms !== (norm !== null))
      throw new AppError(
        'internal',
        `The row of ${key} has ${vector.length} numbers and ${norm === null ? 'no' : 'a'} norm; the store holds ${dim} and ${hasNorms ? 'a' : 'no'} norm.`,
      );
    if (norm === null) return vector;
    const row = new Float32Array(dim + 1);
    row.set(vector);
    row[dim] = norm;
    return row;
  }

  /** After a failed write; should this fail too, the next opening cuts the tail. */
  #cutBack(): void {
    try {
      ftruncateSync(this.#vectors, this.#nRows * rowFloats(this.description) * 4);
      ftruncateSync(this.#index, this.#nRows * lineBytes);
    } catch {
      // The error that led here says it better.
    }
  }

  #assertOpen(): void {
    if (this.#users === 0) throw new AppError('internal', `The store ${this.folder} is closed.`);
  }
}

function rowFloats({ dim, hasNorms }: StoreDescription): number {
  return hasNorms ? dim + 1 : dim;
}

/** The file is little-endian, as is every platform that ONNX Runtime has a binary for. */
function asBytes(floats: Float32Array): Uint8Array {
  return new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
}

function writeFully(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
}
