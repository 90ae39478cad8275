import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import { isAppError } from '../../../src/domain/appError.ts';
import { JobQueue } from '../../../src/engine/jobQueue.ts';

interface Work {
  readonly promise: Promise<string>;
  readonly controller: AbortController;
  readonly waited: number[];
  finish(): void;
  fail(error: Error): void;
}

function start(queue: JobQueue, name: string, events: string[]): Work {
  const controller = new AbortController();
  const waited: number[] = [];
  let finish!: () => void;
  let fail!: (error: Error) => void;
  const promise = queue.run({
    signal: controller.signal,
    onWaiting: (ahead) => waited.push(ahead),
    work: () => {
      events.push(name);
      return new Promise<string>((resolve, reject) => {
        finish = () => resolve(name);
        fail = reject;
      });
    },
  });
  // The test's own await comes later.
  promise.catch(() => undefined);
  return { promise, controller, waited, finish: () => finish(), fail: (error) => fail(error) };
}

test('one piece of work runs at a time, in the order of arrival, and those who wait hear how many come first', async () => {
  const queue = new JobQueue();
  const events: string[] = [];
  const [a, b, c] = ['a', 'b', 'c'].map((name) => start(queue, name, events)) as [Work, Work, Work];
  assert.deepEqual(events, ['a']);
  a.finish();
  assert.equal(await a.promise, 'a');
  await setImmediate();
  assert.deepEqual(events, ['a', 'b']);
  b.finish();
  assert.equal(await b.promise, 'b');
  await setImmediate();
  c.finish();
  assert.equal(await c.promise, 'c');
  assert.deepEqual([a.waited, b.waited, c.waited], [[], [1], [2, 1]]);
});

test('a failure is passed on and does not stop the queue', async () => {
  const queue = new JobQueue();
  const a = start(queue, 'a', []);
  const b = start(queue, 'b', []);
  a.fail(new Error('broken'));
  await assert.rejects(a.promise, /broken/);
  await setImmediate();
  b.finish();
  assert.equal(await b.promise, 'b');
});

test('work cancelled while it waits leaves at once, never starts, and those behind move up', async () => {
  const queue = new JobQueue();
  const events: string[] = [];
  const [a, b, c] = ['a', 'b', 'c'].map((name) => start(queue, name, events)) as [Work, Work, Work];
  b.controller.abort();
  await assert.rejects(b.promise, (error) => isAppError(error, 'cancelled'));
  assert.deepEqual(c.waited, [2, 1]);
  a.finish();
  await a.promise;
  await setImmediate();
  assert.deepEqual(events, ['a', 'c']);
  c.finish();
  await c.promise;
});

test('work cancelled before it came is refused', async () => {
  const queue = new JobQueue();
  await assert.rejects(
    queue.run({ signal: AbortSignal.abort(), onWaiting: () => undefined, work: () => Promise.resolve() }),
    (error) => isAppError(error, 'cancelled'),
  );
});

test('a cancel of running work is the work’s own matter', async () => {
  const queue = new JobQueue();
  const a = start(queue, 'a', []);
  a.controller.abort();
  a.finish();
  assert.equal(await a.promise, 'a');
});

test('idle means that nothing runs and nothing waits', async () => {
  const queue = new JobQueue();
  await queue.whenIdle();
  const a = start(queue, 'a', []);
  const b = start(queue, 'b', []);
  let idle = false;
  const whenIdle = queue.whenIdle().then(() => {
    idle = true;
  });
  a.finish();
  await a.promise;
  await setImmediate();
  assert.equal(idle, false);
  b.finish();
  await whenIdle;
});
