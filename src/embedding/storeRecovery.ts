import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogLevel } from '../domain/progress.ts';
import { decodeLine, lineBytes, rowChecksum, storeFiles } from './storeFormat.ts';

/** Where a key's row is: row number · 2, plus 1 where the row is unusable. One number keeps the map small. */
export type RowPlaces = Map<string, number>;

export interface RecoveredRows {
  readonly nRows: number;
  readonly places: RowPlaces;
}

const chunkBytes = 4 << 20;

/**
 * Reads a store's index, checks each row against its checksum, and cuts both files back to their last whole
 * row: a process that was killed, or a machine that lost power, leaves a tail of which only one file knows, or
 * whose bytes never reached the disk. A damaged row before the tail stays in place and counts as missing, so
 * that it is computed anew. Each cut and each damage is logged.
 */
export async function recoverRows(
  folder: string,
  rowBytes: number,
  log: (level: LogLevel, message: string) => void,
): Promise<RecoveredRows> {
  await using vectors = await open(join(folder, storeFiles.vectors), 'a+');
  await using index = await open(join(folder, storeFiles.index), 'a+');
  const vectorsSize = (await vectors.stat()).size;
  const indexSize = (await index.stat()).size;
  const whole = Math.min(Math.floor(vectorsSize / rowBytes), Math.floor(indexSize / lineBytes));
  const { places, nRows, damaged } = await checkRows(vectors, index, whole, rowBytes);
  if (vectorsSize !== nRows * rowBytes || indexSize !== nRows * lineBytes) {
    await vectors.truncate(nRows * rowBytes);
    await index.truncate(nRows * lineBytes);
    await vectors.sync();
    await index.sync();
    log(
      'warning',
      `The store ${folder} ended in an unfinished write: kept its ${nRows} whole rows, cut ` +
        `${vectorsSize - nRows * rowBytes} bytes of vectors and ${indexSize - nRows * lineBytes} of the index.`,
    );
  }
  if (damaged > 0)
    log('warning', `The store ${folder} holds ${damaged} damaged rows; they will be computed again.`);
  return { nRows, places };
}

async function checkRows(vectors: FileHandle, index: FileHandle, whole: number, rowBytes: number) {
  const places: RowPlaces = new Map();
  const perChunk = Math.max(1, Math.floor(chunkBytes / rowBytes));
  const rows = Buffer.alloc(perChunk * rowBytes);
  const lines = Buffer.alloc(perChunk * lineBytes);
  let nRows = 0;
  let nGood = 0;
  for (let first = 0; first < whole; first += perChunk) {
    const count = Math.min(perChunk, whole - first);
    await readFully(vectors, rows.subarray(0, count * rowBytes), first * rowBytes);
    await readFully(index, lines.subarray(0, count * lineBytes), first * lineBytes);
    for (let i = 0; i < count; i++) {
      const line = decodeLine(lines.toString('latin1', i * lineBytes, (i + 1) * lineBytes));
      const row = rows.subarray(i * rowBytes, (i + 1) * rowBytes);
      if (line?.checksum !== undefined && rowChecksum(line.key, line.usable, row) === line.checksum) {
        places.set(line.key, (first + i) * 2 + (line.usable ? 0 : 1));
        nRows = first + i + 1;
        nGood++;
      }
    }
  }
  return { places, nRows, damaged: nRows - nGood };
}

async function readFully(file: FileHandle, buffer: Buffer, position: number): Promise<void> {
  for (let done = 0; done < buffer.length;) {
    const { bytesRead } = await file.read(buffer, done, buffer.length - done, position + done);
    if (bytesRead === 0) throw new Error('The file became shorter while it was read.');
    done += bytesRead;
  }
}
