import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phase } from '../../../src/domain/progress.ts';
import { ProgressThrottle } from '../../../src/engine/progressThrottle.ts';

function throttled() {
  const seen: string[] = [];
  const clock = { ms: 0 };
  const throttle = new ProgressThrottle(
    ({ phase, done, total, item }) => seen.push(`${phase} ${done}/${total} ${item}`),
    () => clock.ms,
  );
  const update = (done: number, total = 1000, phase: Phase = 'embed') =>
    throttle.update({ phase, done, total, item: `${done}.jpg` });
  return { seen, clock, throttle, update };
}

test('at most ten reports a second pass, and the last one with its total', () => {
  const { seen, clock, throttle, update } = throttled();
  for (let i = 1; i <= 1000; i++) {
    clock.ms = i;
    update(i);
  }
  throttle.finish();
  assert.deepEqual(
    seen,
    [1, 101, 201, 301, 401, 501, 601, 701, 801, 901, 1000].map((i) => `embed ${i}/1000 ${i}.jpg`),
  );
});

test('a phase that ends before its total is brought to it when the next one begins', () => {
  const { seen, clock, throttle, update } = throttled();
  update(1, 4, 'scan');
  update(3, 4, 'scan');
  clock.ms = 100;
  update(0, 2, 'decode');
  update(2, 2, 'decode');
  throttle.finish();
  assert.deepEqual(seen, ['scan 1/4 1.jpg', 'scan 4/4 3.jpg', 'decode 2/2 2.jpg']);
});

test('the last report of a phase passes once', () => {
  const { seen, throttle, update } = throttled();
  update(2, 2);
  throttle.finish();
  throttle.finish();
  assert.deepEqual(seen, ['embed 2/2 2.jpg']);
});

test('in a phase the count never falls', () => {
  const { seen, clock, update } = throttled();
  for (const done of [5, 3, 6, 6, 4, 7]) {
    clock.ms += 100;
    update(done);
  }
  assert.deepEqual(seen, [
    'embed 5/1000 5.jpg',
    'embed 6/1000 6.jpg',
    'embed 6/1000 6.jpg',
    'embed 7/1000 7.jpg',
  ]);
});

test('a phase that came to its total begins anew for the next model', () => {
  const { seen, clock, throttle, update } = throttled();
  update(1, 2);
  update(2, 2);
  clock.ms = 100;
  update(0, 2);
  clock.ms = 200;
  update(2, 2);
  throttle.finish();
  assert.deepEqual(seen, ['embed 1/2 1.jpg', 'embed 2/2 2.jpg', 'embed 2/2 2.jpg']);
});

test('a count beyond the total, or one that is no number, never passes', () => {
  const { seen, clock, update } = throttled();
  update(7, 5);
  clock.ms = 100;
  update(NaN, 5);
  update(1, NaN);
  assert.deepEqual(seen, ['embed 5/5 7.jpg']);
});

test('without a finish, as after a cancel, nothing claims to be complete', () => {
  const { seen, update } = throttled();
  update(1, 4);
  update(2, 4);
  assert.deepEqual(seen, ['embed 1/4 1.jpg']);
});
