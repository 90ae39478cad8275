import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError, type ErrorCode, errorCodes } from '../../../src/domain/appError.ts';
import type { Translate } from '../../../src/extension/jobProgress.ts';
import { presentError } from '../../../src/extension/presentError.ts';

const english: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (_, i: string) => String(args[Number(i)]));
const translated: Translate = (message, ...args) => english(message.replace('.', ' (it).'), ...args);

for (const code of errorCodes.filter((one) => one !== 'cancelled')) {
  test(`${code} is told with its own sentence and one or two different actions`, () => {
    const presented = presentError(new AppError(code, 'The value 7 is wrong.'), english);
    assert.ok(presented);
    if (code === 'internal')
      assert.equal(presented.sentence, 'Something unexpected went wrong: The value 7 is wrong.');
    else assert.equal(presented.sentence, 'The value 7 is wrong.');
    assert.ok(presented.actions.length >= 1 && presented.actions.length <= 2);
    assert.equal(new Set(presented.actions).size, presented.actions.length);
  });
}

test('in another language, what kind of error it is stands before its own sentence, once', () => {
  const sentence = (code: ErrorCode, message: string) =>
    presentError(new AppError(code, message), translated)?.sentence;
  assert.equal(
    sentence('storeBusy', 'Process 7 has it.'),
    'The store of embeddings is in use (it). Process 7 has it.',
  );
  assert.equal(sentence('modelNotFound', 'The model was not found.'), 'The model was not found (it).');
});

test('a cancel is silent', () => {
  assert.equal(presentError(new AppError('cancelled', 'Cancelled.'), english), null);
});

test('an engine that crashed or stays down offers the log and a restart', () => {
  for (const code of ['engineCrashed', 'engineUnavailable'] as const) {
    assert.deepEqual(presentError(new AppError(code, 'x'), english)?.actions, ['showLog', 'restartEngine']);
  }
});
