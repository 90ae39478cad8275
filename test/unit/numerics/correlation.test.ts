import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pearson, spearman } from '../../../src/numerics/correlation.ts';
import { averageRanks } from '../../../src/numerics/ranks.ts';

test('ranks count from 1, and equal values share the mean of theirs', () => {
  assert.deepEqual(
    [...averageRanks(Float64Array.of(10, 20, 20, 30, 15, 15, 15, 2))],
    [2, 6.5, 6.5, 8, 4, 4, 4, 1],
  );
  assert.deepEqual([...averageRanks(Float64Array.of(0, -0))], [1.5, 1.5]);
  assert.deepEqual([...averageRanks(Float64Array.of(Infinity, -Infinity, 0))], [3, 1, 2]);
  assert.deepEqual([...averageRanks(new Float64Array(0))], []);
});

test('what is no number has no rank', () => {
  assert.throws(() => averageRanks(Float64Array.of(1, NaN, 2)), /NaN has no rank/);
});

test('by hand: Pearson’s correlation of four points', () => {
  // Deviations −1.5 −0.5 0.5 1.5 and −1 −1 0 2: products 5, squares 5 and 6.
  const found = pearson(Float64Array.of(1, 2, 3, 4), Float64Array.of(0, 0, 1, 3))!;
  assert.ok(Math.abs(found - 5 / Math.sqrt(30)) < 1e-15);
});

test('without variation there is no correlation, whatever the size of the constant', () => {
  const line = Float64Array.of(1, 2, 3);
  for (const constant of [0, 0.1, 1e9 / 3]) {
    assert.equal(pearson(line, new Float64Array(3).fill(constant)), null);
    assert.equal(pearson(new Float64Array(3).fill(constant), line), null);
  }
  assert.equal(pearson(Float64Array.of(1), Float64Array.of(2)), null);
  assert.equal(spearman(Float64Array.of(1, 2), Float64Array.of(1, 2)), null);
  assert.equal(spearman(line, Float64Array.of(5, 5, 5)), null);
});

test('small values vary, too', () => {
  assert.equal(pearson(Float64Array.of(1e-9, 2e-9, 3e-9), Float64Array.of(1, 2, 3)), 1);
});

test('sides of different length are an error', () => {
  assert.throws(() => pearson(Float64Array.of(1, 2), Float64Array.of(1, 2, 3)), RangeError);
});

test('an order that is the same or the reverse gives 1, −1 and p = 0', () => {
  const x = Float64Array.of(3, 1, 2, 9);
  assert.deepEqual(spearman(x, x.map(Math.exp)), { rho: 1, p: 0 });
  assert.deepEqual(
    spearman(
      x,
      x.map((value) => -value),
    ),
    { rho: -1, p: 0 },
  );
});

test('equals scipy.stats.spearmanr of SciPy 1.17.1 with ties', () => {
  const { rho, p } = spearman(
    Float64Array.of(10, 20, 20, 30, 15, 15, 15, 2),
    Float64Array.of(1, 2, 3, 3, 0, 9, 4, 4),
  )!;
  assert.ok(Math.abs(rho - -0.11803291517422625) < 1e-14, String(rho));
  assert.ok(Math.abs(p - 0.7807352021299844) < 1e-13, String(p));
});
