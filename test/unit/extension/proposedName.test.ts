import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proposedName } from '../../../src/extension/proposedName.ts';

test('a page proposes a name, never a place', () => {
  assert.equal(proposedName('macroscale-arcface.svg'), 'macroscale-arcface.svg');
  assert.equal(proposedName('../../.ssh/config'), 'ssh-config');
  assert.equal(proposedName('C:\\x\\y.png'), 'C-x-y.png');
  assert.equal(proposedName('a\u0000b\u202Ecsv.exe'), 'a-b-csv.exe');
  assert.equal(proposedName('../..'), 'figure');
});
