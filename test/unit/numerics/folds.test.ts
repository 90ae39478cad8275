import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identityFolds, stratifiedFolds } from '../../../src/numerics/folds.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

test('by hand: stratified folds are dealt class by class and filled in row order', () => {
  // Dealt in turn to two folds, four positives give 2 and 2, three negatives 2 and 1.
  const values = Int8Array.of(1, -1, 1, 0, 1, -1, -1, 1);
  assert.deepEqual([...stratifiedFolds(values, 2)!], [0, 0, 0, -1, 1, 0, 1, 1]);
  // The class that appears first is dealt first: here three negatives leave the fourth card to fold 1.
  assert.deepEqual([...stratifiedFolds(Int8Array.of(-1, 1, -1, 1, -1, 1), 2)!], [0, 0, 0, 1, 1, 1]);
});

test('by hand: an identity stays in one fold, and shares are evened out', () => {
  const identities = Int32Array.of(7, 7, 8, 8, 9, 9, 6, 6);
  const values = Int8Array.of(1, 1, -1, -1, 1, 0, -1, -1);
  assert.deepEqual([...identityFolds(values, identities, 2)!], [0, 0, 0, 0, 1, -1, 1, 1]);
});

test('folds cover each labelled row once, share no identity, and are even', () => {
  const random = new SeededRandom(3);
  for (const share of [0.5, 0.1]) {
    const identities = Int32Array.from({ length: 3000 }, () => random.nextInt(120));
    const positive = Array.from({ length: 120 }, () => random.nextFloat() < share);
    const values = Int8Array.from(identities, (identity) => {
      if (random.nextInt(10) === 0) return 0;
      return positive[identity] === random.nextInt(20) > 0 ? 1 : -1;
    });
    for (const folds of [stratifiedFolds(values, 5)!, identityFolds(values, identities, 5)!]) {
      folds.forEach((fold, row) => assert.ok(values[row] === 0 ? fold === -1 : fold >= 0 && fold < 5));
      for (const value of [1, -1]) {
        const counts = [0, 1, 2, 3, 4].map(
          (fold) => folds.filter((own, row) => own === fold && values[row] === value).length,
        );
        assert.ok(Math.max(...counts) < 1.2 * Math.min(...counts), `${share}, ${value}: ${counts.join(' ')}`);
      }
    }
    const foldOf = new Map<number, number>();
    identityFolds(values, identities, 5)!.forEach((fold, row) => {
      if (fold < 0) return;
      assert.equal(foldOf.get(identities[row]!) ?? fold, fold);
      foldOf.set(identities[row]!, fold);
    });
  }
});

test('where a modality has too few images or people there are no folds', () => {
  const values = Int8Array.of(1, 1, -1, -1, -1, 1);
  assert.equal(stratifiedFolds(values, 4), null);
  assert.equal(stratifiedFolds(new Int8Array(9), 3), null);
  assert.notEqual(stratifiedFolds(values, 3), null);
  // Three positives, of two people.
  assert.equal(identityFolds(values, Int32Array.of(1, 1, 2, 3, 4, 5), 3), null);
  assert.notEqual(identityFolds(values, Int32Array.of(1, 1, 2, 3, 4, 5), 2), null);
  assert.equal(identityFolds(values, new Int32Array(6), 2), null);
});

test('folds by identity have both modalities wherever enough people show them', () => {
  const random = new SeededRandom(12);
  let nPossible = 0;
  for (let round = 0; round < 3000; round++) {
    const nPeople = 5 + random.nextInt(12);
    const identities = Int32Array.from({ length: 10 + random.nextInt(40) }, () => random.nextInt(nPeople));
    const rare = random.nextFloat();
    const values = Int8Array.from(identities, () => (random.nextFloat() < rare ? 1 : -1));
    const carriers = (value: number) => new Set(identities.filter((_, row) => values[row] === value)).size;
    const folds = identityFolds(values, identities, 5);
    assert.equal(folds === null, carriers(1) < 5 || carriers(-1) < 5);
    if (!folds) continue;
    nPossible++;
    for (const value of [1, -1]) {
      assert.equal(new Set(folds.filter((_, row) => values[row] === value)).size, 5);
    }
  }
  assert.ok(nPossible > 500);
});

test('a number of folds that makes no sense is refused', () => {
  for (const nFolds of [1, 2.5, 101, Number.NaN]) {
    assert.throws(() => stratifiedFolds(Int8Array.of(1, -1), nFolds), RangeError);
    assert.throws(() => identityFolds(Int8Array.of(1, -1), new Int32Array(2), nFolds), RangeError);
  }
});
