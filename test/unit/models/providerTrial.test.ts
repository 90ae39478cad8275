import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../../../src/domain/appError.ts';
import { BatchLimit } from '../../../src/models/batchLimit.ts';
import type { Tensor } from '../../../src/models/onnxRuntime.ts';
import type { PreparedModel } from '../../../src/models/prepareModel.ts';
import { agreement, probePixels, runLimited } from '../../../src/models/providerTrial.ts';

const size = { width: 8, height: 8 };
const result = (...values: readonly number[]) => ({
  embeddings: Float32Array.from(values),
  norms: null,
  dim: 2,
});

test('the agreement is the smallest cosine of the rows looked at', () => {
  // Rows (1,0)·(1,0) = 1 and (3,4)·(4,3)/25 = 0.96.
  assert.equal(agreement(result(1, 0, 3, 4), result(2, 0, 4, 3), 2), 0.96);
  assert.equal(agreement(result(1, 0, 3, 4), result(2, 0, 4, 3), 1), 1);
});

test('a NaN on one side, or another width, is no agreement', () => {
  assert.ok(!(agreement(result(1, 0), result(NaN, 0), 1) > 0.9999));
  assert.ok(!(agreement(result(1, 0), { ...result(1, 0), dim: 1 }, 1) > 0.9999));
});

test('NaN in a later row is not hidden by good rows around it', () => {
  const broken = result(1, 0, NaN, 0, 1, 0);
  assert.ok(!(agreement(result(1, 0, 1, 0, 1, 0), broken, 3) > 0.9999));
});

test('equal rows agree even where they are zero', () => {
  assert.equal(agreement(result(0, 0), result(0, 0), 1), 1);
});

test('probes are the same each time; variants share their first row only', () => {
  const rowBytes = 8 * 8 * 3;
  const [first, again, variant] = [1, 1, 2].map((number) => probePixels(size, 2, number));
  assert.deepEqual(first, again);
  assert.deepEqual(first!.subarray(0, rowBytes), variant!.subarray(0, rowBytes));
  assert.notDeepEqual(first!.subarray(rowBytes), variant!.subarray(rowBytes));
  assert.notDeepEqual(first!.subarray(0, rowBytes), first!.subarray(rowBytes));
});

/** Gives each image's first byte twice and its last as norm, where its memory holds the rows. */
function smallDevice(most: number) {
  const sizes: number[] = [];
  const run = (feeds: Readonly<Record<string, Tensor>>) => {
    const { data, shape } = Object.values(feeds)[0]!;
    const [rows, height, width] = shape as [number, number, number];
    if (rows > most) return Promise.reject(new AppError('modelFailed', 'Out of memory.'));
    sizes.push(rows);
    const nBytes = height * width * 3;
    const firsts = Array.from({ length: rows }, (_, row) => Number(data[row * nBytes]));
    const lasts = Array.from({ length: rows }, (_, row) => Number(data[(row + 1) * nBytes - 1]));
    return Promise.resolve({
      embedding: { data: Float32Array.from(firsts.flatMap((x) => [x, x])), shape: [rows, 2] },
      norm: { data: Float32Array.from(lasts), shape: [rows] },
    });
  };
  return { session: { run }, sizes };
}

test('out of memory at batch 32 ends in the right rows, from smaller batches', async () => {
  const { session, sizes } = smallDevice(9);
  const model = {
    embeddingOutput: 'embedding',
    normOutput: 'norm',
    dividesAfterwards: false,
    profile: { flip: false, preprocessing: { width: 1, height: 1 } },
  } as unknown as PreparedModel;
  const pixels = Uint8Array.from({ length: 96 }, (_, i) => i);
  const { embeddings, norms, dim } = await runLimited(session, model, pixels, new BatchLimit(32));
  assert.deepEqual(sizes, [8, 8, 8, 8]);
  assert.equal(dim, 2);
  assert.deepEqual([...embeddings], Array.from({ length: 32 }, (_, row) => [3 * row, 3 * row]).flat());
  assert.deepEqual(
    [...norms!],
    Array.from({ length: 32 }, (_, row) => 3 * row + 2),
  );
});
