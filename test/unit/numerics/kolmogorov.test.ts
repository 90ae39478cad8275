import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectiveSampleSize, ksPValue } from '../../../src/numerics/kolmogorov.ts';
import { kolmogorovSurvival } from '../../../src/numerics/kolmogorovDistribution.ts';
import type { Probability } from '../../../src/numerics/probability.ts';
import { ksCases, kolmogorovRows } from '../../support/ksFixture.ts';

test('by hand: of the 6 orderings of 2 and 2 values, 2 keep the samples apart', () => {
  const { p, log10P, method } = ksPValue({ statistic: 1, nFirst: 2, nSecond: 2 });
  assert.ok(Math.abs(p - 1 / 3) < 1e-15);
  assert.ok(Math.abs(log10P! - Math.log10(1 / 3)) < 1e-15);
  assert.equal(method, 'exact');
});

test('by hand: 1 − D of one uniform value, 2(1 − x) above 1/2', () => {
  assert.equal(kolmogorovSurvival(1, 0.75).p, 0.5);
  assert.equal(kolmogorovSurvival(1, 0.5).p, 1);
  // Two values: P(D₂ < x) = 2 (2x − 1/2)² for 1/4 ≤ x ≤ 1/2.
  assert.ok(Math.abs(kolmogorovSurvival(2, 0.4).p - (1 - 2 * 0.3 ** 2)) < 1e-15);
});

for (const { id, a, b, expected } of ksCases) {
  const result = {
    statistic: expected.statistic_numerator / expected.statistic_denominator,
    nFirst: a.length,
    nSecond: b.length,
  };
  const { auto, exact, asymp } = expected;

  test(`case ${id}: the automatic method and its p-value are SciPy's`, () => {
    const found = ksPValue(result);
    assert.equal(found.method, auto.method === 'asymp' ? 'asymptotic' : 'exact');
    assertProbability(found, Number(auto.pvalue), auto.method === 'asymp' ? 1e-5 : 1e-8);
  });

  if (exact) {
    test(`case ${id}: the exact p-value`, () => {
      const found = ksPValue(result, 'exact');
      assertProbability(found, exact.pvalue_rational_check ?? exact.pvalue, 1e-8);
      if (exact.log10_pvalue !== undefined) {
        assert.ok(Math.abs(found.log10P! - exact.log10_pvalue) < 1e-6);
      }
    });
  }

  test(`case ${id}: the asymptotic p-value`, () => {
    assert.equal(effectiveSampleSize(a.length, b.length), asymp.effective_n);
    if (asymp.effective_n === 0) {
      assert.throws(() => ksPValue(result, 'asymptotic'), { name: 'RangeError', message: /single values/ });
      return;
    }
    const found = ksPValue(result, 'asymptotic');
    assertProbability(found, Number(asymp.pvalue), 1e-5);
    if (asymp.log10_pvalue !== undefined) assert.ok(Math.abs(found.log10P! - asymp.log10_pvalue) < 1e-5);
  });
}

test('the one-sample distribution holds in every branch, from n = 1 to a million', () => {
  for (const { n, x, p, log10 } of kolmogorovRows) {
    const found = kolmogorovSurvival(n, x);
    assertProbability(found, p, 1e-9, `n = ${n}, x = ${x}`);
    if (!Number.isNaN(log10)) assert.ok(Math.abs(found.log10P! - log10) < 1e-6, `n = ${n}, x = ${x}`);
  }
  assert.equal(kolmogorovRows.length, 281);
});

test('probability never rises with the distance, across the cuts between formulas', () => {
  for (const n of [3, 140, 141, 1000, 200_000]) {
    let before = 1;
    for (let i = 1; i <= 2000; i++) {
      const { p } = kolmogorovSurvival(n, (i / 2000) * Math.min(1, 6 / Math.sqrt(n)));
      // At a cut, two formulas of about seven digits meet.
      assert.ok(p <= before * (1 + 1e-6), `n = ${n}, step ${i}`);
      before = p;
    }
  }
});

test('a p-value below every double keeps its logarithm; only an impossible distance has none', () => {
  // Unequal sizes have no closed form; disjoint samples do: 2 / C(1500, 700).
  const apart = ksPValue({ statistic: 1, nFirst: 700, nSecond: 800 });
  assert.equal(apart.p, 0);
  let log10 = Math.log10(2);
  for (let i = 1; i <= 700; i++) log10 -= Math.log10((800 + i) / i);
  assert.ok(Math.abs(apart.log10P! - log10) < 1e-9, `${apart.log10P} for ${log10}`);
  assert.deepEqual(kolmogorovSurvival(500, 1), { p: 0, log10P: null });
});

test('exact p-values of equal sizes are the closed form on both sides of the smallest doubles', () => {
  const n = 700;
  const logs: number[] = [];
  for (let h = 560; h <= n; h += 5) {
    // Gnedenko and Korolyuk: 2 C(2n, n + h) / C(2n, n), further terms being 1e-1000 of it.
    let log10 = Math.log10(2);
    for (let i = 0; i < h; i++) log10 += Math.log10((n - i) / (n + 1 + i));
    const found = ksPValue({ statistic: h / n, nFirst: n, nSecond: n }).log10P!;
    assert.ok(Math.abs(found - log10) < 1e-9, `${found} for ${log10}`);
    logs.push(found);
  }
  assert.ok(logs[0]! > -280 && logs.at(-1)! < -400);
});

test('what is no KS result is refused', () => {
  for (const statistic of [Number.NaN, -0.1, 1.1]) {
    assert.throws(() => ksPValue({ statistic, nFirst: 3, nSecond: 4 }), RangeError);
  }
  assert.throws(() => ksPValue({ statistic: 0.5, nFirst: 0, nSecond: 4 }), RangeError);
  assert.throws(() => kolmogorovSurvival(0, 0.5), RangeError);
  assert.throws(() => kolmogorovSurvival(2.5, 0.5), RangeError);
  assert.throws(() => kolmogorovSurvival(3, Number.NaN), RangeError);
});

function assertProbability(found: Probability, expected: number, relative: number, where = ''): void {
  if (expected >= 1e-290) {
    const error = Math.abs(found.p / expected - 1);
    assert.ok(error < relative, `${where} ${found.p} for ${expected}, off by ${error}`);
    assert.ok(Math.abs(found.log10P! - Math.log10(expected)) < relative);
  } else {
    assert.ok(found.p < 1e-289, `${where} ${found.p} for ${expected}`);
    if (expected > 1e-310) assert.ok(Math.abs(found.log10P! - Math.log10(expected)) < 1e-5, where);
  }
}
