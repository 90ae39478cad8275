import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedMean, countedStatistics } from '../../../src/analyses/pairStatistics.ts';

test('by hand: within distances in lower bins', () => {
  const { signedKs, auc, meanDifference } = countedStatistics(
    Uint32Array.of(3, 1, 0, 0),
    Uint32Array.of(0, 1, 2, 1),
  );
  // After bin 0: 3/4 − 0; after bin 1: 1 − 1/4.
  assert.equal(signedKs, 0.75);
  // 15 of 16 pairs smaller, and one in the same bin.
  assert.equal(auc, 15.5 / 16);
  // Cross: mean 2, variance 1/2; within: mean 1/4.
  assert.ok(Math.abs(meanDifference - 1.75 / Math.SQRT1_2) < 1e-12);
});

test('within distances in higher bins: KS is negative and AUC below a half', () => {
  const { signedKs, auc } = countedStatistics(Uint32Array.of(0, 1), Uint32Array.of(3, 1));
  assert.equal(signedKs, -0.75);
  assert.equal(auc, 0.5 / 4);
});

test('equal gaps both ways count as positive, as they do for exact distances', () => {
  assert.equal(countedStatistics(Uint32Array.of(1, 0, 1), Uint32Array.of(0, 2, 0)).signedKs, 0.5);
  assert.equal(countedStatistics(Uint32Array.of(0, 2, 0), Uint32Array.of(1, 0, 1)).signedKs, 0.5);
});

test('without pairs of a kind nothing is known', () => {
  const none = new Uint32Array(2);
  const some = Uint32Array.of(1, 1);
  for (const { signedKs, auc } of [countedStatistics(none, some), countedStatistics(some, none)]) {
    assert.deepEqual([signedKs, auc], [Number.NaN, Number.NaN]);
  }
  assert.equal(countedMean(none, { min: 0, max: 1, nBins: 2 }), Number.NaN);
});

test('no spread across: no difference in units of it', () => {
  assert.equal(countedStatistics(Uint32Array.of(1, 0), Uint32Array.of(0, 4)).meanDifference, Number.NaN);
});

test('the mean is that of the middles of bins', () => {
  assert.equal(countedMean(Uint32Array.of(1, 3), { min: 2, max: 4, nBins: 2 }), (2.5 + 3 * 3.5) / 4);
});
