import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeRuns } from '../../../src/models/timeRuns.ts';

/** A clock that `run` itself moves on. */
function timed(durations: readonly number[]) {
  let at = 0;
  let runs = 0;
  return {
    now: () => at,
    runs: () => runs,
    run: () => {
      at += durations[Math.min(runs, durations.length - 1)]!;
      return Promise.resolve(runs++);
    },
  };
}

test('the first run counts for nothing, and the median of the others gives the speed', async () => {
  const model = timed([5000, 100, 100, 300, 100]);
  const { result, imagesPerSecond } = await timeRuns(model.run, 8, model.now);
  assert.equal(result, 0);
  assert.equal(model.runs(), 4, 'until 0.4 s are spent');
  assert.equal(imagesPerSecond, 80);
});

test('a slow model runs twice, a fast one not for ever', async () => {
  const slow = timed([9000]);
  assert.equal((await timeRuns(slow.run, 1, slow.now)).imagesPerSecond, 1 / 9);
  assert.equal(slow.runs(), 2);
  const fast = timed([0]);
  assert.ok(Number.isFinite((await timeRuns(fast.run, 1, fast.now)).imagesPerSecond));
  assert.equal(fast.runs(), 31);
});
