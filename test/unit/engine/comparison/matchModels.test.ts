import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchModels, pairModels } from '../../../../src/engine/comparison/matchModels.ts';

const model = (name: string, sha256: string) => ({ name, sha256 });

test('pairs of one content come first, then those of one name, then all others in order', () => {
  const before = [model('a', '1'), model('b', '2'), model('c', '3')];
  const after = [model('b', '9'), model('z', '1')];
  assert.deepEqual(
    pairModels(before, after).map(([one, other]) => `${one.name}${other.name}`),
    ['az', 'bb', 'ab', 'bz', 'cb', 'cz'],
  );
});

test('a model matches one other at most: content counts before name, the first copy takes it', () => {
  const before = [model('a', '1'), model('copy of a', '1'), model('b', '2')];
  const after = [model('b', '1'), model('a', '5')];
  const { matches, beforeAlone, afterAlone } = matchModels(before, after);
  assert.deepEqual(matches, [[before[0], after[0]]]);
  assert.deepEqual(beforeAlone, [before[1], before[2]]);
  assert.deepEqual(afterAlone, [after[1]]);
});

test('one that is left on either side matches the other: two checkpoints of one model', () => {
  const before = [model('epoch 10', '1'), model('same', '2')];
  const after = [model('same', '2'), model('epoch 20', '3')];
  const { matches, beforeAlone, afterAlone } = matchModels(before, after);
  assert.deepEqual(matches, [
    [before[0], after[1]],
    [before[1], after[0]],
  ]);
  assert.deepEqual([...beforeAlone, ...afterAlone], []);
});

test('without models there is nothing to match', () => {
  assert.deepEqual(pairModels([], [model('a', '1')]), []);
  assert.deepEqual(matchModels([], [model('a', '1')]).afterAlone, [model('a', '1')]);
});
