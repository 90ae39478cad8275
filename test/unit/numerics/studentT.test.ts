import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regularisedBeta, studentTwoSided } from '../../../src/numerics/studentT.ts';

test('one degree of freedom is the Cauchy distribution, two have a closed form', () => {
  for (const t of [0.01, 0.5, 1, 3, 200]) {
    assertNear(studentTwoSided(t, 1), (2 / Math.PI) * Math.atan(1 / t), 1e-14);
    assertNear(studentTwoSided(t, 2), 2 / (2 + t * t + t * Math.sqrt(2 + t * t)), 1e-14);
  }
});

test('t = 0 is certain, an infinite t impossible, and the sign does not matter', () => {
  assert.equal(studentTwoSided(0, 4), 1);
  assert.equal(studentTwoSided(Infinity, 3), 0);
  assert.equal(studentTwoSided(-Infinity, 3), 0);
  assert.equal(studentTwoSided(-1.7, 6), studentTwoSided(1.7, 6));
});

test('equals 2·scipy.stats.t.sf of SciPy 1.17.1, far tails and many degrees of freedom included', () => {
  const reference: readonly (readonly [t: number, freedom: number, p: number])[] = [
    [0.5, 1, 0.7048327646991335],
    [2, 3, 0.13932596855884305],
    [-2.2281388519649385, 10, 0.05000000000180864],
    [4.5, 10, 0.0011431050868040656],
    [12, 5, 7.089492517161522e-5],
    [1.96, 10000, 0.05002352023183303],
    [40, 30, 1.3726045194406417e-27],
    [0.001, 7, 0.9992300172449988],
    [150, 1, 0.004244068941433616],
    [8, 2358, 1.9315971580739758e-15],
    [37, 200000, 1.1834030395966297e-298],
  ];
  for (const [t, freedom, p] of reference) assertNear(studentTwoSided(t, freedom), p, 1e-11);
});

test('the incomplete beta function of whole numbers is a binomial tail', () => {
  // I_x(2, 3) = P(at least 2 of 4) with probability x: 6x²(1 − x)² + 4x³(1 − x) + x⁴.
  for (const x of [0.1, 0.4, 0.9]) {
    const y = 1 - x;
    assertNear(regularisedBeta(x, y, 2, 3), 6 * x * x * y * y + 4 * x ** 3 * y + x ** 4, 1e-14);
  }
});

test('what has no probability is an error', () => {
  assert.throws(() => studentTwoSided(NaN, 3), /t = NaN/);
  assert.throws(() => studentTwoSided(1, 0), /0 degrees of freedom/);
  assert.throws(() => studentTwoSided(1, NaN), RangeError);
  assert.throws(() => regularisedBeta(NaN, 0.5, 1, 1), RangeError);
});

function assertNear(found: number, expected: number, relative: number): void {
  assert.ok(Math.abs(found - expected) <= relative * Math.abs(expected), `${found} for ${expected}`);
}
