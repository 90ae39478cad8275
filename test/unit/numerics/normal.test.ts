import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalUpperTail } from '../../../src/numerics/normal.ts';

// scipy.stats.norm.sf, SciPy 1.17.1
const references = [
  [0, 0.5],
  [1, 0.15865525393145707],
  [1.959963984540054, 0.025],
  [2.4, 0.008197535924596131],
  [2.6, 0.004661188023718747],
  [5, 2.866515718791933e-7],
  [10, 7.61985302416047e-24],
  [37, 5.7255712225239266e-300],
  [-1.5, 0.9331927987311419],
] as const;

for (const [z, p] of references) {
  test(`the upper tail at ${z} is ${p}`, () => {
    assert.ok(Math.abs(normalUpperTail(z) / p - 1) < 1e-12, String(normalUpperTail(z)));
  });
}
