import { createWriteStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { AppError } from '../../domain/appError.ts';
import { Crc32 } from './crc32.ts';

export interface ZipEntry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly crc32: number;
  readonly compressedBytes: number;
  readonly bytes: number;
  /** Of the entry's own header. */
  readonly offset: number;
}

/** An archive of files as NuGet packages and Python wheels are: less than 4 GB, not encrypted, in one part. */
export class ZipFile {
  readonly entries: readonly ZipEntry[];
  readonly #path: string;
  readonly #handle: FileHandle;

  private constructor(path: string, handle: FileHandle, entries: readonly ZipEntry[]) {
    this.#path = path;
    this.#handle = handle;
    this.entries = entries;
  }

  /** Throws `AppError` downloadFailed where the file is no whole archive; what the system says where it cannot be read. */
  static async open(path: string): Promise<ZipFile> {
    const handle = await open(path, 'r');
    try {
      return new ZipFile(path, handle, await readDirectory(path, handle));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  /** A small entry as text. */
  async text(entry: ZipEntry): Promise<string> {
    const parts: Buffer[] = [];
    for await (const part of await this.#content(entry)) parts.push(part as Buffer);
    return Buffer.concat(parts).toString('utf8');
  }

  /** Writes an entry to a file, and makes sure that it is what was packed. */
  async extract(entry: ZipEntry, target: string, onBytes: (bytes: number) => void, signal: AbortSignal) {
    const count = new Transform({
      transform(part: Buffer, _, done) {
        onBytes(part.length);
        done(null, part);
      },
    });
    await pipeline(await this.#content(entry), count, createWriteStream(target), { signal });
  }

  async #content(entry: ZipEntry): Promise<Transform> {
    const { offset, compressedBytes, method } = entry;
    const header = await readAt(this.#path, this.#handle, offset, 30);
    if (header.readUInt32LE(0) !== localSignature)
      throw broken(this.#path, 'an entry is not where it should be');
    if (method !== 0 && method !== 8) throw broken(this.#path, `${entry.name} is packed by method ${method}`);
    const start = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    const check = checked(this.#path, entry);
    if (compressedBytes === 0) {
      check.end();
      return check;
    }
    const packed = this.#handle.createReadStream({
      start,
      end: start + compressedBytes - 1,
      autoClose: false,
    });
    const fail = (error: Error): void => void check.destroy(error);
    packed.on('error', fail);
    if (method === 0) return packed.pipe(check);
    const inflate = createInflateRaw();
    inflate.on('error', () => fail(broken(this.#path, `${entry.name} cannot be unpacked`)));
    return packed.pipe(inflate).pipe(check);
  }
}

const localSignature = 0x04034b50;
const directorySignature = 0x02014b50;
const endSignature = 0x06054b50;
const endBytes = 22;

async function readDirectory(path: string, handle: FileHandle): Promise<readonly ZipEntry[]> {
  const { size } = await handle.stat();
  const tailBytes = Math.min(size, endBytes + 0xffff);
  const tail = await readAt(path, handle, size - tailBytes, tailBytes);
  let end = tail.length - endBytes;
  while (end >= 0 && tail.readUInt32LE(end) !== endSignature) end--;
  if (end < 0) throw broken(path, 'it is no archive, or its end is missing');
  const count = tail.readUInt16LE(end + 10);
  const directoryBytes = tail.readUInt32LE(end + 12);
  const directoryOffset = tail.readUInt32LE(end + 16);
  if (directoryOffset + directoryBytes > size) throw broken(path, 'its directory is missing');
  const directory = await readAt(path, handle, directoryOffset, directoryBytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let number = 0; number < count; number++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== directorySignature)
      throw broken(path, 'its directory is damaged');
    const nameBytes = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      crc32: directory.readUInt32LE(at + 16),
      compressedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function readAt(path: string, handle: FileHandle, offset: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, offset);
  if (bytesRead !== bytes) throw broken(path, 'it ends too early');
  return buffer;
}

/** Passes everything on, and fails at the end where it is not what the directory promised. */
function checked(path: string, { name, crc32, bytes }: ZipEntry): Transform {
  const crc = new Crc32();
  let seen = 0;
  return new Transform({
    transform(part: Buffer, _, done) {
      crc.add(part);
      seen += part.length;
      done(null, part);
    },
    flush(done: TransformCallback) {
      const isWhole = seen === bytes && crc.value === crc32;
      done(isWhole ? null : broken(path, `${name} is damaged`));
    },
  });
}

function broken(path: string, reason: string): AppError {
  return new AppError('downloadFailed', `${path} cannot be used: ${reason}. Download it again.`, {
    path,
    reason,
  });
}
