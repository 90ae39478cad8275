import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { AppError, messageOf } from '../domain/appError.ts';
import type { EmbeddingMatrix } from '../domain/embeddingMatrix.ts';

/**
 * Reads a NumPy array file, format 1.0 to 3.0, that holds a matrix (rows × dim) of little-endian float32 or
 * float64 in C order; float64 is rounded to float32. Source: the module `numpy.lib.format`.
 *
 * Throws `embeddingsInvalid` for everything else: another type, byte order, order of axes or number of
 * dimensions, no rows, more or fewer bytes than the header says, a float64 too large for float32.
 */
export async function readNpy(path: string): Promise<EmbeddingMatrix> {
  return (await readNpyWithDigest(path)).matrix;
}

/** The same, with the SHA-256 of the whole file, hex. */
export async function readNpyWithDigest(
  path: string,
): Promise<{ readonly matrix: EmbeddingMatrix; readonly sha256: string }> {
  try {
    await using file = await open(path);
    return await readOpen(path, file);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'embeddingsInvalid',
      `The embeddings «${path}» could not be read: ${messageOf(error)}.`,
      { path },
      error,
    );
  }
}

/** A `.npy` file, format 1.0, float32, C order. `data` must hold rows × dim numbers, else `RangeError`. */
export function encodeNpy({ rows, dim, data }: EmbeddingMatrix): Uint8Array {
  if (data.length !== rows * dim) {
    throw new RangeError(`A matrix of ${rows} × ${dim} has ${rows * dim} numbers, not ${data.length}.`);
  }
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${dim}), }`;
  // NumPy aligns the data to 64 bytes: 10 before the dictionary, blanks after it, a newline at the end.
  const headerBytes = Math.ceil((10 + dictionary.length + 1) / 64) * 64;
  const bytes = Buffer.alloc(headerBytes + data.byteLength, ' ', 'latin1');
  magic.copy(bytes);
  bytes[6] = 1;
  bytes[7] = 0;
  bytes.writeUInt16LE(headerBytes - 10, 8);
  bytes.write(dictionary, 10, 'latin1');
  bytes[headerBytes - 1] = 10;
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), headerBytes);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const magic = Buffer.from('\x93NUMPY', 'latin1');
const maxHeaderBytes = 65_536;
/** Bytes read at once; a multiple of both item sizes. */
const chunkBytes = 1 << 22;

interface Header {
  readonly itemBytes: 4 | 8;
  readonly rows: number;
  readonly dim: number;
}

async function readOpen(path: string, file: FileHandle) {
  const hash = createHash('sha256');
  const { size } = await file.stat();
  const intro = await readBytes(file, 0, Math.min(size, 12));
  if (intro.length < 12 || !intro.subarray(0, 6).equals(magic)) {
    throw invalid(path, 'is no .npy file: it does not begin with the mark of NumPy');
  }
  const major = intro[6]!;
  if (major < 1 || major > 3)
    throw invalid(path, `is of .npy format ${major}, of which only 1 to 3 are known`);
  const dictionaryStart = major === 1 ? 10 : 12;
  const dictionaryBytes = major === 1 ? intro.readUInt16LE(8) : intro.readUInt32LE(8);
  const dataStart = dictionaryStart + dictionaryBytes;
  if (dictionaryBytes > maxHeaderBytes || dataStart > size) {
    throw invalid(path, `says that its header has ${dictionaryBytes} bytes, which it does not hold`);
  }
  const head = await readBytes(file, 0, dataStart);
  hash.update(head);
  const header = parseHeader(path, head.toString('latin1', dictionaryStart));
  const { rows, dim, itemBytes } = header;
  const expected = rows * dim * itemBytes;
  if (size - dataStart !== expected) {
    const than = size - dataStart < expected ? 'cut short' : 'too long';
    throw invalid(
      path,
      `is ${than}: ${rows} × ${dim} numbers need ${expected} bytes, and ${size - dataStart} follow its header`,
    );
  }
  const data = new Float32Array(rows * dim);
  for (let offset = 0; offset < expected; offset += chunkBytes) {
    const chunk = await readBytes(file, dataStart + offset, Math.min(chunkBytes, expected - offset));
    hash.update(chunk);
    decodeInto(data, offset / itemBytes, chunk, path, header);
  }
  return { matrix: { rows, dim, data }, sha256: hash.digest('hex') };
}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  // From the start of its own memory, so that typed arrays over it are aligned.
  const buffer = Buffer.from(new ArrayBuffer(length));
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(buffer, done, length - done, position + done);
    if (bytesRead === 0) return buffer.subarray(0, done);
    done += bytesRead;
  }
  return buffer;
}

function decodeInto(
  data: Float32Array,
  at: number,
  chunk: Buffer,
  path: string,
  { itemBytes, dim }: Header,
): void {
  const length = chunk.byteLength / itemBytes;
  if (itemBytes === 4) {
    data.set(new Float32Array(chunk.buffer, chunk.byteOffset, length), at);
    return;
  }
  const doubles = new Float64Array(chunk.buffer, chunk.byteOffset, length);
  for (let i = 0; i < length; i++) {
    const value = doubles[i]!;
    data[at + i] = value;
    if (Number.isFinite(value) && !Number.isFinite(data[at + i]!)) {
      throw invalid(path, `holds ${value} in row ${Math.floor((at + i) / dim)}, too large for float32`);
    }
  }
}

/** The header is a Python literal: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`. */
function parseHeader(path: string, text: string): Header {
  const descr = /['"]descr['"]\s*:\s*(['"]([^'"]*)['"]|\[)/.exec(text);
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text);
  const shape = /['"]shape['"]\s*:\s*\(([\d\s,L]*)\)/.exec(text);
  if (descr === null || order === null || shape === null) {
    throw invalid(path, `has a header that is not understood: «${text.trim().slice(0, 100)}»`);
  }
  const type = descr[2] ?? 'a record of several fields';
  if (type !== '<f4' && type !== '<f8') {
    throw invalid(path, `holds numbers of type «${type}», not little-endian float32 or float64`);
  }
  if (order[1] === 'True') throw invalid(path, 'is in Fortran order, column by column');
  const lengths = shape[1]!
    .split(',')
    .map((part) => part.replace('L', '').trim())
    .filter((part) => part !== '');
  const [rows, dim] = lengths.map(Number);
  if (lengths.length !== 2) throw invalid(path, `has ${lengths.length} dimensions instead of 2`);
  if (!(rows! > 0 && dim! > 0 && rows! * dim! <= Number.MAX_SAFE_INTEGER / 8)) {
    throw invalid(path, `is a matrix of ${rows} × ${dim} numbers`);
  }
  return { itemBytes: type === '<f4' ? 4 : 8, rows: rows!, dim: dim! };
}

function invalid(path: string, what: string): AppError {
  return new AppError(
    'embeddingsInvalid',
    `«${path}» ${what}. Save embeddings as one row for each image: numpy.save(file, numpy.ascontiguousarray(x, dtype="<f4")).`,
    { path },
  );
}
