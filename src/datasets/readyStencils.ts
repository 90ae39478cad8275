import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { AppError } from '../domain/appError.ts';
import { CurveBuilder } from '../domain/curveTable.ts';
import type { EmbeddingMatrix } from '../domain/embeddingMatrix.ts';
import type { CurveFile } from './curveFile.ts';
import { readNpyWithDigest } from './npy.ts';

/** What the one attribute and the one identity of ready stencils are called. */
export const readyAttribute = 'attribute';
export const readyIdentity = 'everyone';

/**
 * Stencils of ready embeddings: row i of `start`, `base` and `end` are the three points of curve i. Throws
 * `embeddingsInvalid` where their shapes differ, naming them.
 */
export async function readReadyStencils(paths: {
  readonly start: string;
  readonly base: string;
  readonly end: string;
}): Promise<CurveFile> {
  const files = [paths.start, paths.base, paths.end];
  const read = [];
  for (const path of files) read.push({ path, ...(await readNpyWithDigest(path)) });
  const [start, base, end] = read as [Read, Read, Read];
  const { rows, dim } = base.matrix;
  for (const other of [start, end]) {
    if (other.matrix.rows === rows && other.matrix.dim === dim) continue;
    throw new AppError(
      'embeddingsInvalid',
      `«${other.path}» holds ${other.matrix.rows} × ${other.matrix.dim} numbers, and «${base.path}» ${rows} × ${dim}. Starts, base points and ends need the same rows and dimensions.`,
      { path: other.path, rows: other.matrix.rows, dim: other.matrix.dim, baseRows: rows, baseDim: dim },
    );
  }
  const data = new Float32Array(3 * rows * dim);
  [start, base, end].forEach(({ matrix }, i) => data.set(matrix.data, i * rows * dim));
  const all: EmbeddingMatrix = { rows: 3 * rows, dim, data };
  const builder = new CurveBuilder([readyAttribute], [['start', 'base', 'end']]);
  builder.startIdentity(readyIdentity, 0);
  for (let row = 0; row < rows; row++) builder.add(0, rows + row, [row, rows + row, 2 * rows + row]);
  const sha256 = createHash('sha256')
    .update(read.map((one) => one.sha256).join(' '))
    .digest('hex');
  return {
    curves: builder.build(all.rows, 0),
    points: {
      kind: 'embeddings',
      dim,
      name: basename(paths.base).replace(/\.npy$/i, ''),
      sha256,
      read: () => Promise.resolve(all),
    },
  };
}

interface Read {
  readonly path: string;
  readonly matrix: EmbeddingMatrix;
  readonly sha256: string;
}
