import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { encodeNpy } from '../../../src/datasets/npy.ts';
import { readReadyStencils } from '../../../src/datasets/readyStencils.ts';
import { isAppError } from '../../../src/domain/appError.ts';
import { stencilsOf } from '../../../src/domain/curveTable.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attribute-lens-stencils-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function npy(name: string, values: readonly number[], dim: number): Promise<string> {
  const path = join(folder, `${name}.npy`);
  await writeFile(path, encodeNpy({ rows: values.length / dim, dim, data: Float32Array.from(values) }));
  return path;
}

test('row i of the three files is curve i', async () => {
  const { curves, points } = await readReadyStencils({
    start: await npy('start', [1, 2, 3, 4], 2),
    base: await npy('base', [5, 6, 7, 8], 2),
    end: await npy('end', [9, 10, 11, 12], 2),
  });
  const stencils = stencilsOf(curves);
  assert.ok(points.kind === 'embeddings');
  assert.deepEqual([points.name, points.dim], ['base', 2]);
  const { data } = await points.read(0);
  const row = (point: number) => [...data.subarray(2 * point, 2 * point + 2)];
  assert.deepEqual([...stencils.start].map(row), [
    [1, 2],
    [3, 4],
  ]);
  assert.deepEqual([...stencils.base].map(row), [
    [5, 6],
    [7, 8],
  ]);
  assert.deepEqual([...stencils.end].map(row), [
    [9, 10],
    [11, 12],
  ]);
  assert.equal(new Set(stencils.basePoint).size, 2);
});

test('files of different shapes are refused with both', async () => {
  await assert.rejects(
    readReadyStencils({
      start: await npy('start', [1, 2], 2),
      base: await npy('base', [1, 2, 3, 4], 2),
      end: await npy('end', [1, 2, 3, 4], 2),
    }),
    (error) => isAppError(error, 'embeddingsInvalid') && /start.*1 × 2.*base.*2 × 2/.test(error.message),
  );
});
