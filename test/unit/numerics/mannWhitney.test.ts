import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mannWhitney } from '../../../src/numerics/mannWhitney.ts';

/** References: scipy.stats.mannwhitneyu of SciPy 1.17.1, two-sided, method auto. */
function check(
  first: readonly number[],
  second: readonly number[],
  u: number,
  p: number,
  method: 'exact' | 'asymptotic',
) {
  const found = mannWhitney(Float64Array.from(first), Float64Array.from(second));
  assert.equal(found.u, u);
  assert.ok(Math.abs(found.p / p - 1) < 1e-9, `${found.p}, not ${p}`);
  assert.equal(found.method, method);
}

test('two against three, all smaller: one order of ten on either side', () => {
  check([1, 2], [3, 4, 5], 0, 0.2, 'exact');
});

test('small samples without ties are exact', () => {
  check([0.11, 0.43, 0.52, 0.31, 0.9], [0.72, 0.81, 1.02, 0.65, 0.99, 0.58], 4, 0.05194805194805195, 'exact');
});

test('ties are corrected for', () => {
  check(
    [1, 2, 2, 3, 5, 5, 7, 8, 9],
    [2, 4, 6, 6, 8, 10, 11, 12, 13, 13],
    19.5,
    0.04051674684526775,
    'asymptotic',
  );
});

test('larger samples are asymptotic, far into the tail', () => {
  const numbers = Array.from({ length: 30 }, (_, i) => i);
  check(
    numbers.map(Math.sin),
    numbers.map((i) => Math.cos(i * 1.3) + 0.3),
    338,
    0.09925760823982568,
    'asymptotic',
  );
  const sixty = Array.from({ length: 60 }, (_, i) => i);
  check(
    sixty,
    sixty.map((i) => i + 40.5),
    190,
    2.9713791123825323e-17,
    'asymptotic',
  );
});

test('nothing but ties says nothing', () => {
  check([1, 1, 1], [1, 1], 3, 1, 'asymptotic');
});

test('an empty sample is refused', () => {
  assert.throws(() => mannWhitney(new Float64Array(0), Float64Array.of(1)), RangeError);
});
