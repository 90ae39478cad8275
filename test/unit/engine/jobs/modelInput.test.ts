import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uniqueNames } from '../../../../src/engine/jobs/modelInput.ts';

test('models of one name are numbered, and a name that looks numbered is not taken twice', () => {
  assert.deepEqual(uniqueNames(['a', 'b', 'a', 'a']), ['a', 'b', 'a (2)', 'a (3)']);
  assert.deepEqual(uniqueNames(['a (2)', 'a', 'a']), ['a (2)', 'a', 'a (3)']);
});
