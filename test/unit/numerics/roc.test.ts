import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  equalErrorRate,
  hasEnoughPairs,
  lowestBalancedError,
  operatingPoints,
  rocAuc,
  tarAtFar,
  thinnedPoints,
} from '../../../src/numerics/roc.ts';
import { expected, type ExpectedSet, matched, unmatched } from '../../support/verificationFixture.ts';

test('by hand: two matched and two unmatched distances, one of each equal', () => {
  const points = operatingPoints(Float64Array.of(3, 1), Float64Array.of(3, 4));
  assert.deepEqual([...points.thresholds], [-Infinity, 1, 3, 4]);
  assert.deepEqual([...points.trueAccepts], [0, 1, 2, 2]);
  assert.deepEqual([...points.falseAccepts], [0, 0, 1, 2]);
  // Of four couples three are in order and one is tied.
  assert.equal(rocAuc(points), 3.5 / 4);
  // At 1: FAR 0, FRR 1/2; at 3: FAR 1/2, FRR 0; the line between crosses at 1/4.
  assert.deepEqual(equalErrorRate(points), { rate: 0.25, threshold: 3 });
  assert.equal(lowestBalancedError(points), 0.25);
  assert.deepEqual(tarAtFar(points, 0.4), { tar: 0.5, farReached: 0, threshold: 1 });
  assert.deepEqual(tarAtFar(points, 0.5), { tar: 1, farReached: 0.5, threshold: 3 });
});

test('where FAR and FRR are equal at a point, that point is the crossing', () => {
  const points = operatingPoints(Float64Array.of(1, 3), Float64Array.of(2, 4));
  assert.deepEqual(equalErrorRate(points), { rate: 0.5, threshold: 2 });
});

for (const name of ['small_with_ties', 'perfect', 'reversed'] as const) {
  test(`the set «${name}» has the reference values`, () => {
    const { matched, unmatched, expected: values } = expected[name];
    checkSet(Float64Array.from(matched), Float64Array.from(unmatched), values);
  });
}

test('3000 matched and 6000 unmatched distances have the reference values', () => {
  checkSet(matched, unmatched, expected.sets);
});

test('equal distances everywhere: AUC and EER one half, no distance acceptable at a small FAR', () => {
  const points = operatingPoints(new Float64Array(5).fill(2), new Float64Array(7).fill(2));
  assert.equal(rocAuc(points), 0.5);
  assert.deepEqual(equalErrorRate(points), { rate: 0.5, threshold: 2 });
  assert.deepEqual(tarAtFar(points, 0.01), { tar: 0, farReached: 0, threshold: -Infinity });
});

test('one over the FAR unmatched pairs are enough, one fewer are not', () => {
  for (const far of [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6]) {
    assert.ok(hasEnoughPairs(Math.round(1 / far), far), String(far));
    assert.ok(!hasEnoughPairs(Math.round(1 / far) - 1, far), String(far));
  }
});

test('a thinned curve keeps both ends, the lowest FARs and the lowest FRRs', () => {
  const points = operatingPoints(matched, unmatched);
  const kept = thinnedPoints(points, 400);
  assert.ok(kept.length <= 400 && kept.length > 200, String(kept.length));
  assert.deepEqual([kept[0], kept.at(-1)], [0, points.thresholds.length - 1]);
  assert.deepEqual(
    kept,
    [...new Set(kept)].sort((a, b) => a - b),
  );
  const falseAccepts = new Set(kept.map((i) => points.falseAccepts[i]!));
  const falseRejects = new Set(kept.map((i) => points.nMatched - points.trueAccepts[i]!));
  for (let n = 0; n <= 10; n++) assert.ok(falseAccepts.has(n) && falseRejects.has(n), String(n));
  // A FAR read off the thinned curve is the step rule's.
  const zero = kept.findLast((i) => points.falseAccepts[i] === 0)!;
  assert.equal(points.trueAccepts[zero]! / 3000, tarAtFar(points, 0).tar);
});

test('a short curve is kept whole', () => {
  assert.deepEqual(thinnedPoints(operatingPoints(Float64Array.of(1), Float64Array.of(2)), 400), [0, 1, 2]);
});

test('no distances, distances that are not finite and a FAR outside [0, 1) are refused', () => {
  const one = Float64Array.of(1);
  assert.throws(() => operatingPoints(new Float64Array(0), one), /no matched distances/);
  assert.throws(() => operatingPoints(one, new Float64Array(0)), /no unmatched distances/);
  for (const wrong of [Number.NaN, Infinity, -Infinity]) {
    assert.throws(() => operatingPoints(one, Float64Array.of(2, wrong)), /not a finite number/);
  }
  for (const far of [-0.1, 1, Number.NaN]) {
    assert.throws(() => tarAtFar(operatingPoints(one, one), far), /lies in \[0, 1\)/);
  }
});

function checkSet(matched: Float64Array, unmatched: Float64Array, values: ExpectedSet): void {
  const points = operatingPoints(matched, unmatched);
  assert.deepEqual([points.nMatched, points.nUnmatched], [values.n_matched, values.n_unmatched]);
  assertNear(rocAuc(points), values.roc_auc);
  assertNear(equalErrorRate(points).rate, values.eer);
  assertNear(lowestBalancedError(points), values.lowest_balanced_error_over_thresholds);
  for (const [far, wanted] of [
    [1e-2, values['tar_at_far_1e-2']],
    [1e-3, values['tar_at_far_1e-3']],
  ] as const) {
    const found = tarAtFar(points, far);
    assert.equal(found.tar, wanted.tar);
    assert.equal(found.farReached, wanted.far_reached);
    assert.equal(found.threshold, Number(wanted.threshold));
  }
}

function assertNear(found: number, wanted: number): void {
  assert.ok(Math.abs(found - wanted) <= 1e-12, `${found} for ${wanted}`);
}
