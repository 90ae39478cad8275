import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cropWorkerCount } from '../../../src/engine/workers/refPixels.ts';

test('one core is left to the thread that feeds the device, and eight threads are enough', () => {
  assert.deepEqual(
    [1, 2, 3, 8, 9, 64].map((cores) => cropWorkerCount('cuda', cores)),
    [1, 1, 2, 7, 8, 8],
  );
  assert.deepEqual(
    [3, 16].map((cores) => cropWorkerCount('cpu', cores)),
    [2, 8],
  );
});

test('a model that runs on one or two cores shares them with no thread', () => {
  assert.deepEqual([cropWorkerCount('cpu', 1), cropWorkerCount('cpu', 2)], [0, 0]);
});
