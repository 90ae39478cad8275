import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError, isAppError } from '../../../src/domain/appError.ts';
import { BatchLimit, smallerPart } from '../../../src/models/batchLimit.ts';
import { isOutOfMemory, stoppedInTheMiddle } from '../../../src/models/runtimeFailures.ts';

const tooLarge = new AppError('modelFailed', 'The model does not run: CUDA out of memory.');

/** Holds `most` rows at once. */
function device(most: number) {
  const parts: (readonly [number, number])[] = [];
  const run = (start: number, rows: number) => {
    if (rows > most) return Promise.reject(tooLarge);
    parts.push([start, rows]);
    return Promise.resolve(start);
  };
  return { run, parts };
}

test('a batch that memory holds is run whole', async () => {
  const limit = new BatchLimit(32);
  const { run, parts } = device(32);
  assert.deepEqual(await limit.run(run), [0]);
  assert.deepEqual(parts, [[0, 32]]);
});

test('out of memory at batch 32, the batch is halved until it fits, and the size is kept', async () => {
  const limit = new BatchLimit(32);
  const { run, parts } = device(10);
  assert.deepEqual(await limit.run(run), [0, 8, 16, 24]);
  assert.equal(limit.rows, 8);
  await limit.run(run);
  assert.deepEqual(parts.slice(4), [
    [0, 8],
    [8, 8],
    [16, 8],
    [24, 8],
  ]);
});

test('parts divide the batch, so that all are of one size', () => {
  assert.deepEqual(
    [smallerPart(32, 32), smallerPart(25, 25), smallerPart(12, 6), smallerPart(7, 7)],
    [16, 5, 3, 1],
  );
});

test('where one row is too much the error is told', async () => {
  const limit = new BatchLimit(4);
  await assert.rejects(limit.run(device(0).run), tooLarge);
  assert.equal(limit.rows, 1);
});

test('another error is no reason for smaller parts', async () => {
  const limit = new BatchLimit(4);
  const broken = new AppError('modelFailed', 'The model does not run: invalid dimensions.');
  await assert.rejects(
    limit.run(() => Promise.reject(broken)),
    broken,
  );
  assert.equal(limit.rows, 4);
});

test('memory that is used up is told in the words of every provider', () => {
  for (const words of [
    'CUDA failure 2: out of memory',
    'Failed to allocate memory for requested buffer of size 1073741824',
    'std::bad_alloc',
    'CUBLAS_STATUS_ALLOC_FAILED',
  ]) {
    assert.ok(isOutOfMemory(new AppError('modelFailed', words)), words);
  }
  assert.ok(!isOutOfMemory(new AppError('modelFailed', 'device lost')));
  assert.ok(!isOutOfMemory(new Error('out of memory')));
});

test('a device lost in the middle is a clear stop that says how to go on', () => {
  const lost = new AppError('modelFailed', 'The model does not run: device lost.');
  const told = stoppedInTheMiddle(lost, 'webgpu');
  assert.ok(isAppError(told, 'modelFailed'));
  assert.match(told.message, /«webgpu» failed in the middle.*device lost.*kept: run again.*«cpu»/);
  assert.equal(stoppedInTheMiddle(lost, 'cpu'), lost);
});
