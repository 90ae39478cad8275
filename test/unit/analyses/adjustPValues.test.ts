import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adjustPValues } from '../../../src/analyses/adjustPValues.ts';

const row = (pPermutation: number | null) => ({ pPermutation, pAdjusted: null, pHolm: null });
const attribute = (pEnergy: number | null) => ({ pEnergy, pEnergyAdjusted: null });

test('rows are adjusted over all models, and energy distances over theirs alone', () => {
  const [first, second] = adjustPValues([
    { rows: [row(0.5), row(0.25)], attributes: [attribute(0.25)] },
    { rows: [row(0.125)], attributes: [attribute(0.5)] },
  ]);
  assert.deepEqual(first, {
    rows: [
      { pPermutation: 0.5, pAdjusted: 0.5, pHolm: 0.5 },
      { pPermutation: 0.25, pAdjusted: 0.375, pHolm: 0.5 },
    ],
    attributes: [{ pEnergy: 0.25, pEnergyAdjusted: 0.5 }],
  });
  assert.deepEqual(second, {
    rows: [{ pPermutation: 0.125, pAdjusted: 0.375, pHolm: 0.375 }],
    attributes: [{ pEnergy: 0.5, pEnergyAdjusted: 0.5 }],
  });
});

test('without permutations nothing is adjusted', () => {
  const results = [{ rows: [row(null)], attributes: [attribute(null)] }];
  assert.deepEqual(adjustPValues(results), results);
});
