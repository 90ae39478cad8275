import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { probabilityOfSmaller } from '../../../src/numerics/rankSum.ts';

test('by hand: smaller counts one, equal a half', () => {
  // 1 < 2, 1 < 3, 2 = 2, 2 < 3.
  assert.equal(probabilityOfSmaller(Float64Array.of(1, 2), Float64Array.of(2, 3)), 3.5 / 4);
  assert.equal(probabilityOfSmaller(Float64Array.of(2, 3), Float64Array.of(1, 2)), 0.5 / 4);
  assert.equal(probabilityOfSmaller(Float64Array.of(5, 5, 5), Float64Array.of(5, 5)), 0.5);
  assert.equal(probabilityOfSmaller(Float64Array.of(0), Float64Array.of(1, 1)), 1);
});

test('it is the count over all pairs, ties among them', () => {
  const random = new SeededRandom(3);
  for (let round = 0; round < 20; round++) {
    const sample = () =>
      Float64Array.from({ length: 1 + random.nextInt(30) }, () => random.nextInt(12)).sort();
    const [first, second] = [sample(), sample()];
    let sum = 0;
    for (const x of first) for (const y of second) sum += x < y ? 1 : x === y ? 0.5 : 0;
    assert.equal(probabilityOfSmaller(first, second), sum / first.length / second.length);
  }
});

test('an empty sample is refused on either side', () => {
  const none = new Float64Array(0);
  assert.throws(() => probabilityOfSmaller(none, Float64Array.of(1)), RangeError);
  assert.throws(() => probabilityOfSmaller(Float64Array.of(1), none), RangeError);
});
