import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError, errorCodes } from '../../../src/domain/appError.ts';
import { presentError } from '../../../src/extension/presentError.ts';

for (const code of errorCodes.filter((one) => one !== 'cancelled')) {
  test(`${code} is told with its own sentence and one or two different actions`, () => {
    const presented = presentError(new AppError(code, 'The value 7 is wrong.'));
    assert.ok(presented);
    assert.equal(presented.sentence, 'The value 7 is wrong.');
    assert.ok(presented.actions.length >= 1 && presented.actions.length <= 2);
    assert.equal(new Set(presented.actions).size, presented.actions.length);
  });
}

test('a cancel is silent', () => {
  assert.equal(presentError(new AppError('cancelled', 'Cancelled.')), null);
});

test('an engine that crashed or stays down offers the log and a restart', () => {
  for (const code of ['engineCrashed', 'engineUnavailable'] as const) {
    assert.deepEqual(presentError(new AppError(code, 'x'))?.actions, ['showLog', 'restartEngine']);
  }
});
