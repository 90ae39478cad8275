import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describePeople } from '../../../src/analyses/people.ts';

test('by hand: people with 1, 2, 2 and 5 images', () => {
  // Number 1 has no image left and is nobody.
  assert.deepEqual(describePeople(Int32Array.of(0, 4, 2, 2, 3, 4, 4, 4, 3, 4)), {
    nIdentities: 4,
    imagesPerIdentity: { min: 1, median: 2, mean: 2.5, max: 5 },
    histogram: [
      { nImages: 1, nIdentities: 1 },
      { nImages: 2, nIdentities: 2 },
      { nImages: 5, nIdentities: 1 },
    ],
  });
});

test('without images there are no people to describe', () => {
  assert.equal(describePeople(new Int32Array(0)), null);
});
