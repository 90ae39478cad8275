import { open } from 'node:fs/promises';
import type { VectorStore } from './vectorStore.ts';

export interface ExportRequest {
  /** The array: float32, one row for each image listed, as the model gave it. */
  readonly npy: string;
  /** Image, SHA-256 and, where the model gives one, the norm; line i + 1 belongs to row i of the array. */
  readonly csv: string;
  /** Images in the order wanted; those without a usable row are left out. Absent: all rows, unnamed. */
  readonly images?: readonly { readonly name: string; readonly key: string }[];
}

const blockRows = 4096;

/** Writes a store, or the rows of some images, as `.npy` and CSV; returns how many rows. Constant memory. */
export async function exportStore(store: VectorStore, request: ExportRequest): Promise<{ nRows: number }> {
  const images = request.images ?? Array.from(store.usableKeys(), (key) => ({ name: '', key }));
  const rows = images.filter(({ key }) => store.state(key) === 'usable');
  const { dim, hasNorms } = store.description;
  const npy = await open(request.npy, 'w');
  const csv = await open(request.csv, 'w');
  try {
    await npy.write(npyHeader(rows.length, dim));
    await csv.write(hasNorms ? 'image,sha256,norm\n' : 'image,sha256\n');
    for (let first = 0; first < rows.length; first += blockRows) {
      const block = rows.slice(first, first + blockRows);
      const keys = block.map(({ key }) => key);
      const vectors = store.gather(keys);
      await npy.writeFile(new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength));
      const norms = store.gatherNorms(keys);
      await csv.writeFile(
        block.map(({ name, key }, i) => `${csvCell(name)},${key}${norms ? `,${norms[i]!}` : ''}\n`).join(''),
      );
    }
  } finally {
    await npy.close();
    await csv.close();
  }
  return { nRows: rows.length };
}

/** Version 1.0 of NumPy's format: magic, length, a Python literal padded so that the data start at 64·k. */
function npyHeader(rows: number, columns: number): Uint8Array {
  const literal = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  const length = Math.ceil((10 + literal.length + 1) / 64) * 64 - 10;
  const header = Buffer.alloc(10 + length, ' ', 'latin1');
  header.write('\x93NUMPY\x01\x00', 0, 'latin1');
  header.writeUInt16LE(length, 8);
  header.write(literal, 10, 'latin1');
  header.write('\n', 10 + length - 1, 'latin1');
  return header;
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
