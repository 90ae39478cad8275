import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { drawVonMisesFisher, vonMisesFisherEnergy } from '../../../src/numerics/vonMisesFisher.ts';

const { monte_carlo: cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/vmf/expected.json', import.meta.url), 'utf8'),
) as { monte_carlo: { d: number; kappa: number; expected: number }[] };

const nDraws = 12;
const mostNumbers = 600_000;

/** 1 − cos over all pairs, from the sum of the vectors. */
function allPairsEnergy(dim: number, kappa: number, n: number, random: SeededRandom): number {
  const sum = new Float64Array(dim);
  for (let i = 0; i < n; i++) drawVonMisesFisher(dim, kappa, random).forEach((x, t) => (sum[t]! += x));
  const square = sum.reduce((total, x) => total + x * x, 0);
  return 1 - (square - n) / (n * (n - 1));
}

for (const { d, kappa, expected } of cases) {
  test(`drawn vectors have the energy of d ${d}, κ ${kappa}, within four standard errors`, () => {
    assert.ok(Math.abs(vonMisesFisherEnergy(d, kappa) - expected) < 1e-12);
    const random = new SeededRandom(515);
    const n = Math.min(2000, Math.floor(mostNumbers / nDraws / d));
    const energies = Array.from({ length: nDraws }, () => allPairsEnergy(d, kappa, n, random));
    const mean = energies.reduce((sum, energy) => sum + energy, 0) / nDraws;
    const variance = energies.reduce((sum, energy) => sum + (energy - mean) ** 2, 0) / (nDraws - 1);
    const standardError = Math.sqrt(variance / nDraws);
    const z = (mean - expected) / standardError;
    assert.ok(Math.abs(z) < 4, `${mean} ± ${standardError}, not ${expected}: z ${z}`);
    assert.ok(standardError < 0.01);
  });
}
