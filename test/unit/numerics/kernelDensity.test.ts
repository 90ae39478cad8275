import assert from 'node:assert/strict';
import { test } from 'node:test';
import { densityOverlap, fullGrid, paperGrid } from '../../../src/numerics/kernelDensity.ts';
import { expected, matched, unmatched } from '../../support/verificationFixture.ts';

const { bandwidth } = expected.config;

test('the overlap on the full grid is the reference’s', () => {
  const grid = fullGrid(matched, unmatched, bandwidth);
  const wanted = expected.sets.kde_overlap_full_grid;
  assertRelative(grid.min, wanted.grid_min, 1e-12);
  assertRelative(grid.max, wanted.grid_max, 1e-12);
  const overlap = densityOverlap(matched, unmatched, bandwidth, grid);
  assertRelative(overlap, wanted.value, 1e-9);
  assertRelative(overlap / 2, expected.sets.bayes_error_equal_priors, 1e-9);
});

test('the overlap on the paper’s grid, with values beyond its end, is the reference’s', () => {
  const grid = paperGrid(matched, unmatched);
  const wanted = expected.sets.kde_overlap_reference_grid;
  assertRelative(grid.min, wanted.grid_min, 1e-12);
  assertRelative(grid.max, wanted.grid_max, 1e-12);
  assertRelative(densityOverlap(matched, unmatched, bandwidth, grid), wanted.value, 1e-9);
});

test('two single values two bandwidths apart overlap by 2Φ(−1)', () => {
  const a = Float64Array.of(0);
  const b = Float64Array.of(0.1);
  assertRelative(densityOverlap(a, b, 0.05, fullGrid(a, b, 0.05)), 0.31731050786291415, 1e-4);
});

test('the quick kernel sum agrees with exponentials, in both directions and on a coarse grid', () => {
  const a = Float64Array.of(0.31, 0.475, 0.9);
  const b = Float64Array.of(0.33, 1.2);
  for (const h of [0.005, 0.05, 0.7]) {
    const grid = { min: 0.2, max: 1, nPoints: 41 };
    const density = (values: Float64Array): number[] => {
      const sums = Array.from({ length: 41 }, (_, g) =>
        values.reduce((sum, v) => sum + Math.exp(-(((0.2 + g * 0.02 - v) / h) ** 2) / 2), 0),
      );
      const total = sums.reduce((sum, x) => sum + x, 0);
      return sums.map((x) => x / total);
    };
    const second = density(b);
    const plain = density(a).reduce((sum, x, g) => sum + Math.min(x, second[g]!), 0);
    assert.ok(Math.abs(densityOverlap(a, b, h, grid) - plain) < 1e-12, String(h));
  }
});

test('equal samples overlap wholly, distant ones not at all', () => {
  const a = Float64Array.of(1, 2);
  assertRelative(densityOverlap(a, a, 0.05, fullGrid(a, a, 0.05)), 1, 1e-12);
  const b = Float64Array.of(11, 12);
  assert.equal(densityOverlap(a, b, 0.05, fullGrid(a, b, 0.05)), 0);
});

test('no values, values that are not finite, no bandwidth and an empty grid are refused', () => {
  const a = Float64Array.of(1, 2);
  assert.throws(() => fullGrid(a, new Float64Array(0), 0.05), /no values/);
  assert.throws(() => fullGrid(a, Float64Array.of(Number.NaN), 0.05), /value NaN/);
  for (const h of [0, -1, Number.NaN]) {
    assert.throws(() => densityOverlap(a, a, h, { min: 0, max: 1, nPoints: 11 }), /bandwidth/);
  }
  assert.throws(() => densityOverlap(a, a, 1, { min: 1, max: 1, nPoints: 11 }), /grid from 1 to 1/);
});

function assertRelative(found: number, wanted: number, tolerance: number): void {
  assert.ok(Math.abs(found - wanted) <= tolerance * Math.abs(wanted), `${found} for ${wanted}`);
}
