import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crashExitCode, endAfterCrash } from '../../../src/engine/crash.ts';

test('an uncaught error is said with its stack, then the process ends with the code for it', () => {
  const events: string[] = [];
  endAfterCrash(
    new Error('lost the thread'),
    (text) => events.push(text),
    (code) => events.push(`exit ${code}`),
  );
  assert.match(events[0]!, /Uncaught error in the engine: Error: lost the thread\n.*crash\.test/s);
  assert.equal(events[1], `exit ${crashExitCode}`);
});

test('it ends even where stderr is gone', () => {
  const codes: number[] = [];
  endAfterCrash(
    'a string',
    () => {
      throw new Error('EPIPE');
    },
    (code) => codes.push(code),
  );
  assert.deepEqual(codes, [crashExitCode]);
});
