import { crc32 } from 'node:zlib';
import { AppError } from '../domain/appError.ts';

/**
 * The files of a store, in one folder:
 *
 * - `meta.json`: the description. Written first, whole or not at all.
 * - `vectors.f32`: rows of float32, little-endian; each `dim` numbers, then the norm where there is one.
 * - `index.txt`: line i belongs to row i: the image's SHA-256, the row's checksum, `+` usable or `-` not.
 *   All lines have one length, so a torn tail shows in the file's size.
 * - `lock`: who holds the store.
 */
export const storeFiles = {
  meta: 'meta.json',
  vectors: 'vectors.f32',
  index: 'index.txt',
  lock: 'lock',
} as const;

/** 64 hex digits, blank, 8 hex digits, blank, sign, newline. */
export const lineBytes = 76;

const linePattern = /^([0-9a-f]{64}) ([0-9a-f]{8}) ([+-])\n$/;

export interface IndexLine {
  /** Of 32 characters, each a byte: half the memory of hex. */
  readonly key: string;
  readonly checksum: number;
  readonly usable: boolean;
}

export function encodeLine({ key, checksum, usable }: IndexLine): string {
  const hex = Buffer.from(key, 'latin1').toString('hex');
  return `${hex} ${checksum.toString(16).padStart(8, '0')} ${usable ? '+' : '-'}\n`;
}

export function decodeLine(line: string): IndexLine | undefined {
  const match = linePattern.exec(line);
  if (!match) return undefined;
  return {
    key: Buffer.from(match[1]!, 'hex').toString('latin1'),
    checksum: Number.parseInt(match[2]!, 16),
    usable: match[3] === '+',
  };
}

/** CRC-32 over key, sign and row, so that neither a changed number nor a shifted row goes unseen. */
export function rowChecksum(key: string, usable: boolean, row: Uint8Array): number {
  return crc32(row, crc32(Buffer.from(`${key}${usable ? '+' : '-'}`, 'latin1')));
}

/** The compact form of a SHA-256 in hex. */
export function compactKey(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  if (bytes.length !== 32 || hex.length !== 64)
    throw new AppError('internal', `«${hex}» is no SHA-256 of an image.`);
  return bytes.toString('latin1');
}

export function hexKey(key: string): string {
  return Buffer.from(key, 'latin1').toString('hex');
}
