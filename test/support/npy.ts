import { readFileSync } from 'node:fs';

/** Float32 array of a little-endian, C-ordered `.npy` of format 1.0; for tests that must not depend on the product's reader. */
export function readFloat32Npy(path: URL): { rows: number; dim: number; data: Float32Array } {
  const bytes = readFileSync(path);
  const headerEnd = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, headerEnd);
  const match = /'descr': '<f4', 'fortran_order': False, 'shape': \((\d+), (\d+)\)/.exec(header);
  if (!match) throw new Error(`${path.pathname} is no float32 matrix: ${header}`);
  const data = new Float32Array(new Uint8Array(bytes.subarray(headerEnd)).buffer);
  return { rows: Number(match[1]), dim: Number(match[2]), data };
}
