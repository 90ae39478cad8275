import assert from 'node:assert/strict';
import { test } from 'node:test';
import { umapCurve } from '../../../../src/numerics/umap/curve.ts';

test('minDistance 0.1 gives a = 1.577 and b = 0.895, as umap-learn does', () => {
  const { a, b } = umapCurve(0.1);
  // scipy.optimize.curve_fit in umap-learn 0.5: 1.5769434601962196, 0.8950608779914887.
  assert.ok(Math.abs(a - 1.5769434601962196) < 1e-6, String(a));
  assert.ok(Math.abs(b - 0.8950608779914887) < 1e-6, String(b));
});

test('the fit is a minimum: no step to either side of a or b comes nearer', () => {
  for (const minDistance of [0, 0.001, 0.1, 0.5, 1]) {
    const { a, b } = umapCurve(minDistance);
    const least = errorOf(a, b, minDistance);
    for (const [stepA, stepB] of [
      [1e-3, 0],
      [-1e-3, 0],
      [0, 1e-3],
      [0, -1e-3],
    ] as const) {
      assert.ok(errorOf(a + stepA, b + stepB, minDistance) > least, `${minDistance}: ${a}, ${b}`);
    }
  }
});

test('a distance that is none, or beyond what is looked at, is refused', () => {
  for (const distance of [-0.1, NaN, 3]) assert.throws(() => umapCurve(distance), RangeError);
});

function errorOf(a: number, b: number, minDistance: number): number {
  let sum = 0;
  for (let i = 0; i < 300; i++) {
    const d = (3 * i) / 299;
    const wanted = d < minDistance ? 1 : Math.exp(minDistance - d);
    sum += (wanted - 1 / (1 + a * d ** (2 * b))) ** 2;
  }
  return sum;
}
