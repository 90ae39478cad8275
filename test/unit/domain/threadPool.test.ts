import assert from 'node:assert/strict';
import { test } from 'node:test';
import { threadPoolSize } from '../../../src/domain/threadPool.ts';

test('the thread pool has a thread for each core, never fewer than Node’s four', () => {
  assert.deepEqual([1, 2, 4, 8, 16, 128].map(threadPoolSize), [4, 4, 4, 8, 16, 16]);
});
