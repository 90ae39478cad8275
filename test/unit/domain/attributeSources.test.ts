import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedSources } from '../../../src/domain/attributeSources.ts';

const shared = sharedSources([
  { name: 'Male', rule: { kind: 'binary' } },
  { name: 'Bald', rule: { kind: 'binary' } },
  { name: 'race=a', rule: { kind: 'oneVsRest', column: 'race', value: 'a' } },
  { name: 'race=b', rule: { kind: 'oneVsRest', column: 'race', value: 'b' } },
  { name: 'race: a vs c', rule: { kind: 'pairwise', column: 'race', positive: 'a', negative: 'c' } },
  { name: 'Male & !race=a', rule: { kind: 'combination', expression: 'Male & !race=a' } },
]);

test('values of one column share their source, against the rest or in pairs', () => {
  assert.equal(shared('race=a', 'race=b'), true);
  assert.equal(shared('race=b', 'race: a vs c'), true);
  assert.equal(shared('race=a', 'Male'), false);
});

test('a combination shares the sources of all that it names', () => {
  assert.equal(shared('Male & !race=a', 'Male'), true);
  assert.equal(shared('race=b', 'Male & !race=a'), true);
  assert.equal(shared('Male & !race=a', 'Bald'), false);
});

test('lone attributes and unknown names share nothing', () => {
  assert.equal(shared('Male', 'Bald'), false);
  assert.equal(shared('Male', 'Hat'), false);
  assert.equal(shared('Hat', 'Cap'), false);
});
