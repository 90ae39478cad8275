import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binDistances } from '../../../src/analyses/binnedDistances.ts';
import { infer, type InferenceTask } from '../../../src/analyses/inference.ts';

/** Points on a line, as many negative as positive ones, and their distances. */
function task(xs: readonly number[], options: Partial<InferenceTask> = {}): InferenceTask {
  const half = xs.length / 2;
  const apart = (a: readonly number[], b: readonly number[], isSame: boolean): Float64Array =>
    Float64Array.from(a.flatMap((x, i) => (isSame ? b.slice(i + 1) : b).map((y) => Math.abs(x - y))));
  const [positive, negative] = [xs.slice(0, half), xs.slice(half)];
  const identities = options.identities ?? Int32Array.from(xs, (_, i) => i);
  return {
    ...binDistances({
      nPositive: half,
      nNegative: half,
      identities,
      withinPositive: apart(positive, positive, true),
      withinNegative: apart(negative, negative, true),
      cross: apart(positive, negative, false),
      sameIdentity: 'include',
    }),
    labels: new Int8Array(xs.length).fill(1, 0, half).fill(-1, half),
    identities,
    strata: null,
    permutations: 999,
    bootstraps: 200,
    seed: 1,
    label: 'x',
    ...options,
  };
}

const apart = [0, 1, 2, 3, 100, 101, 102, 103];

test('by hand: two of the 70 labellings of eight people are as far apart as the observed one', () => {
  const { positive, negative, pEnergy } = infer(task(apart));
  // 2/70 of 999, plus the observed one, to within five standard deviations.
  for (const p of [positive.pPermutation!, negative.pPermutation!, pEnergy!]) {
    assert.ok(Math.abs(p - 29.5 / 1000) < 5 * Math.sqrt((2 / 70) * (68 / 70) * 1e-3), `${p}`);
  }
});

test('people who show both modalities only shuffle within: two of four labellings are as far apart', () => {
  const twoPeople = { identities: Int32Array.of(0, 1, 0, 1), bootstraps: 0 };
  const { pEnergy } = infer(task([0, 1, 100, 101], twoPeople));
  assert.ok(Math.abs(pEnergy! - 0.5) < 5 * Math.sqrt(0.25 / 999), `${pEnergy}`);
  // Four people have six labellings, two of them as far apart.
  const { pEnergy: ofFour } = infer(task([0, 1, 100, 101]));
  assert.ok(Math.abs(ofFour! - 1 / 3) < 5 * Math.sqrt(2 / 9 / 999), `${ofFour}`);
});

test('effective n is what makes the null of independent samples as wide', () => {
  const { null95, nEffective } = infer(task(apart)).positive;
  assert.ok(Math.abs(1.3580986393225505 / Math.sqrt(nEffective!) - null95!) < 1e-12);
});

test('intervals hold what they are of', () => {
  const xs = Array.from({ length: 40 }, (_, i) => (i < 20 ? i % 7 : 3 + (i % 11)));
  const { positive, energyDistanceCi } = infer(task(xs));
  for (const [low, high] of [positive.ci!, positive.aucCi!, positive.meanDifferenceCi!, energyDistanceCi!]) {
    assert.ok(low < high, `${low}, ${high}`);
  }
  assert.ok(positive.ci![0] >= -1 && positive.ci![1] <= 1);
  assert.ok(positive.aucCi![0] >= 0 && positive.aucCi![1] <= 1);
});

test('the same seed and label give the same draws, another seed or label others', () => {
  const few = { permutations: 99, bootstraps: 30 };
  const first = infer(task(apart, few));
  assert.deepEqual(infer(task(apart, few)), first);
  for (const other of [{ seed: 2 }, { label: 'y' }]) {
    const { deviations } = infer(task(apart, { ...few, ...other }));
    assert.notDeepEqual(deviations.positive, first.deviations.positive);
  }
});

test('more permutations leave the bootstrap as it is, and the other way round', () => {
  const first = infer(task(apart, { permutations: 99, bootstraps: 30 }));
  const more = infer(task(apart, { permutations: 199, bootstraps: 30 }));
  assert.deepEqual(more.positive.ci, first.positive.ci);
  const other = infer(task(apart, { permutations: 99, bootstraps: 60 }));
  assert.equal(other.positive.pPermutation, first.positive.pPermutation);
  assert.deepEqual(other.deviations.positive.slice(0, 30), first.deviations.positive);
});

test('where all distances are equal nothing differs: p is 1, and there is no effective n', () => {
  const equal = { ...task([0, 1, 2, 3, 4, 5]) };
  const all = (length: number): Float64Array => new Float64Array(length).fill(2);
  const binned = binDistances({
    nPositive: 3,
    nNegative: 3,
    identities: equal.identities,
    withinPositive: all(3),
    withinNegative: all(3),
    cross: all(9),
    sameIdentity: 'include',
  });
  const { positive, pEnergy, energyDistanceCi } = infer({ ...equal, ...binned });
  assert.deepEqual([positive.pPermutation, positive.null95, positive.nEffective], [1, 0, null]);
  assert.deepEqual([positive.ci, positive.aucCi, positive.meanDifferenceCi], [[0, 0], [0.5, 0.5], null]);
  assert.deepEqual([pEnergy, energyDistanceCi], [1, [0, 0]]);
});

test('none asked for: none given', () => {
  const { positive, pEnergy, energyDistanceCi, deviations } = infer(
    task(apart, { permutations: 0, bootstraps: 0 }),
  );
  assert.deepEqual(new Set(Object.values(positive)), new Set([null]));
  assert.deepEqual([pEnergy, energyDistanceCi, deviations.positive.length], [null, null, 0]);
});
