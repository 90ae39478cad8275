import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SeededRandom } from '../../../src/numerics/random.ts';
import {
  drawVonMisesFisher,
  meanResultantLength,
  vonMisesFisherEnergy,
} from '../../../src/numerics/vonMisesFisher.ts';

const { table } = JSON.parse(
  readFileSync(new URL('../../fixtures/vmf/expected.json', import.meta.url), 'utf8'),
) as { table: { d: number; kappa: number; A: number; energy: number }[] };

test('A and the energy have forty-digit values, from no concentration to a great one', () => {
  assert.ok(table.length > 20);
  for (const { d, kappa, A, energy } of table) {
    const length = meanResultantLength(d, kappa);
    assert.ok(Math.abs(length - A) <= 1e-12 * A, `A_${d}(${kappa}) is ${length}, not ${A}`);
    const found = vonMisesFisherEnergy(d, kappa);
    assert.ok(
      Math.abs(found - energy) <= 1e-12 && Math.abs(found - energy) <= 1e-9 * energy,
      `energy at d ${d}, κ ${kappa} is ${found}, not ${energy}`,
    );
  }
});

test('what is no distribution is refused', () => {
  for (const [dim, kappa] of [
    [1, 1],
    [2.5, 1],
    [3, -1],
    [3, Number.NaN],
    [3, Infinity],
  ] as const) {
    assert.throws(() => meanResultantLength(dim, kappa), RangeError);
  }
});

for (const [dim, kappa] of [
  [2, 0.5],
  [3, 5],
  [32, 25],
  [128, 40],
] as const) {
  test(`drawn vectors are of unit length and have the mean of d ${dim}, κ ${kappa}, within four standard errors`, () => {
    const random = new SeededRandom(9);
    const n = 4000;
    let sum = 0;
    let squares = 0;
    let across = 0;
    for (let draw = 0; draw < n; draw++) {
      const vector = drawVonMisesFisher(dim, kappa, random);
      assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-12);
      sum += vector[0]!;
      squares += vector[0]! ** 2;
      across += vector[1]!;
    }
    const mean = sum / n;
    const error = Math.sqrt((squares / n - mean * mean) / n);
    const z = (mean - meanResultantLength(dim, kappa)) / error;
    assert.ok(Math.abs(z) < 4, `z ${z}`);
    assert.ok(Math.abs(across / n) < 4 / Math.sqrt(n));
  });
}
