import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossValidatedAccuracy, type FoldedPairs } from '../../../src/numerics/foldAccuracy.ts';

const midpoints = { kind: 'midpoints' } as const;

test('by hand: the threshold comes from the other fold, the smallest of the best', () => {
  const pairs: FoldedPairs = {
    distances: Float64Array.of(0.1, 0.2, 0.6, 0.9, 0.3, 0.4, 0.5, 0.8),
    same: Uint8Array.of(1, 1, 0, 0, 1, 1, 0, 0),
    folds: [0, 0, 0, 0, 1, 1, 1, 1],
  };
  const { folds, accuracy, standardError } = crossValidatedAccuracy(pairs, midpoints);
  // Fold 1 is parted at 0.45, which fold 0 obeys; fold 0 at 0.4, whose pair of distance 0.4 is accepted.
  assert.deepEqual(folds, [
    { fold: 0, threshold: 0.45, accuracy: 1, nPairs: 4, nTied: 1 },
    { fold: 1, threshold: 0.4, accuracy: 1, nPairs: 4, nTied: 1 },
  ]);
  assert.deepEqual([accuracy, standardError], [1, 0]);
});

test('by hand: cuts beyond either end, ties, and the standard error over folds', () => {
  const pairs: FoldedPairs = {
    distances: Float64Array.of(1, 2, 3, 4),
    same: Uint8Array.of(0, 1, 1, 1),
    folds: [3, 3, 7, 7],
  };
  const { folds, accuracy, standardError } = crossValidatedAccuracy(pairs, midpoints);
  // Fold 7 is best accepted whole, cut 5. Of fold 3, cuts 0 and 3 tell one pair rightly, 1.5 none.
  assert.deepEqual(folds, [
    { fold: 3, threshold: 5, accuracy: 0.5, nPairs: 2, nTied: 1 },
    { fold: 7, threshold: 0, accuracy: 0, nPairs: 2, nTied: 2 },
  ]);
  assert.equal(accuracy, 0.25);
  assert.equal(standardError, 0.25);
});

test('the grid rule takes the first best multiple of 0.01', () => {
  const pairs: FoldedPairs = {
    distances: Float64Array.of(0.105, 0.5, 0.205, 0.5),
    same: Uint8Array.of(1, 0, 1, 0),
    folds: [0, 0, 1, 1],
  };
  const { folds } = crossValidatedAccuracy(pairs, { kind: 'grid', nCuts: 100 });
  assert.deepEqual(
    folds.map(({ threshold, accuracy, nTied }) => [threshold, accuracy, nTied]),
    [
      [0.21, 1, 29],
      [0.11, 0.5, 39],
    ],
  );
});

test('one fold alone, and distances that are not finite, are refused', () => {
  const pairs = { distances: Float64Array.of(1, 2), same: Uint8Array.of(1, 0) };
  assert.throws(() => crossValidatedAccuracy({ ...pairs, folds: [1, 1] }, midpoints), /two folds, not 1/);
  assert.throws(
    () =>
      crossValidatedAccuracy(
        { ...pairs, distances: Float64Array.of(1, Number.NaN), folds: [0, 1] },
        midpoints,
      ),
    /not a finite number/,
  );
});
