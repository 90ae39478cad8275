import { inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly path: string;
  readonly bytes: () => Uint8Array;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

/**
 * Files of a ZIP archive by its central directory (APPNOTE.TXT 4.3), deflated or stored. Throws where the bytes are
 * no archive, or one of 4 GB and more.
 */
export function zipEntries(archive: Uint8Array): ZipEntry[] {
  const buffer = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = buffer.length - 22;
  while (end >= 0 && buffer.readUInt32LE(end) !== endSignature) end--;
  if (end < 0) throw new Error('This is no ZIP archive.');
  const count = buffer.readUInt16LE(end + 10);
  let at = buffer.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || buffer.readUInt32LE(at) !== entrySignature)
      throw new Error(`The ZIP archive is damaged at entry ${index + 1} of ${count}.`);
    const nameBytes = buffer.readUInt16LE(at + 28);
    const path = buffer.toString('utf8', at + 46, at + 46 + nameBytes);
    const entry = at;
    if (!path.endsWith('/')) entries.push({ path, bytes: () => contentOf(buffer, entry) });
    at += 46 + nameBytes + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return entries;
}

function contentOf(buffer: Buffer, entry: number): Uint8Array {
  const method = buffer.readUInt16LE(entry + 10);
  const packedBytes = buffer.readUInt32LE(entry + 20);
  const local = buffer.readUInt32LE(entry + 42);
  // Its own lengths: the extra field of the local header may differ from that of the directory.
  const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
  const packed = buffer.subarray(start, start + packedBytes);
  return method === 0 ? packed : inflateRawSync(packed);
}
