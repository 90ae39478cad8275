import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareKsSamples, type KsResult, ksSample, ksTwoSample } from '../../../src/numerics/ks.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { ksCases, ksRefusals } from '../../support/ksFixture.ts';

test('by hand: the gap is largest at 2, where F₁ is 2/3 and F₂ is 0', () => {
  assert.deepEqual(ksTwoSample(Float64Array.of(2, 1, 5), Float64Array.of(3, 4)), {
    statistic: 2 / 3,
    location: 2,
    sign: 1,
    cdfFirst: 2 / 3,
    cdfSecond: 0,
    nFirst: 3,
    nSecond: 2,
  } satisfies KsResult);
});

test('the sign turns when the samples change places', () => {
  const result = ksTwoSample(Float64Array.of(3, 4), Float64Array.of(2, 1, 5));
  assert.equal(result.sign, -1);
  assert.equal(result.statistic, 2 / 3);
  assert.equal(result.location, 2);
});

for (const { id, a, b, expected } of ksCases) {
  test(`case ${id}: statistic, sign and location are SciPy's, the statistic to the last bit`, () => {
    const result = ksTwoSample(a, b);
    assert.equal(result.statistic, expected.statistic_numerator / expected.statistic_denominator);
    assert.equal(result.sign, expected.sign);
    const gap = result.sign * (result.cdfFirst - result.cdfSecond);
    assert.ok(Math.abs(gap - result.statistic) < 1e-12);
    const locations = expected.locations_all.filter((x) => x !== '...').map(Number);
    if (locations.length === expected.locations_all.length) assert.ok(locations.includes(result.location));
    assert.equal(shareUpTo(a, result.location), result.cdfFirst);
    assert.equal(shareUpTo(b, result.location), result.cdfSecond);
  });
}

for (const { id, a, b } of ksRefusals) {
  test(`case ${id} is refused by the name of the sample and the trouble`, () => {
    const which = id.endsWith('first') ? 'first' : 'second';
    const trouble = id.startsWith('empty') ? 'is empty' : 'holds 1 NaN';
    assert.throws(() => ksTwoSample(a, b), {
      name: 'RangeError',
      message: new RegExp(`The ${which} sample ${trouble}`),
    });
  });
}

test('a NaN among many values is refused too, with the count', () => {
  const values = new Float64Array(5000).map((_, i) => i);
  const broken = values.slice();
  broken[4] = Number.NaN;
  broken[4999] = Number.NaN;
  assert.throws(() => ksTwoSample(values, broken), /second sample holds 2 NaN among its 5000/);
});

test('many values through bins and refinement equal plain sorting, for every kind of distribution', () => {
  const random = new SeededRandom(1);
  const kinds: Readonly<Record<string, () => number>> = {
    smooth: () => random.nextNormal(),
    'few distinct values': () => random.nextInt(7),
    'mostly one value': () => (random.nextInt(10) > 0 ? 0.5 : random.nextFloat()),
    'far outliers': () => (random.nextInt(1000) > 0 ? random.nextFloat() : 1e12 * random.nextFloat()),
    'an infinite value now and then': () => (random.nextInt(500) > 0 ? random.nextNormal() : Infinity),
    'a range beyond the doubles': () => 1.7e308 * (2 * random.nextFloat() - 1),
    'a subnormal range': () => random.nextInt(9) * 5e-324,
    'signed zeros': () => (random.nextInt(2) === 0 ? -0 : 0) * 1,
  };
  for (const [kind, draw] of Object.entries(kinds)) {
    for (const [n1, n2] of [
      [3000, 3000],
      [4000, 2500],
      [9000, 5],
    ] as const) {
      const a = Float64Array.from({ length: n1 }, draw);
      const b = Float64Array.from({ length: n2 }, draw);
      assert.deepEqual(ksTwoSample(a, b), sorted(a, b), `${kind}, ${n1} and ${n2}`);
    }
  }
});

test('one sample compared with several: within its range, a little outside, far outside, and again', () => {
  const random = new SeededRandom(2);
  const draw = (n: number, centre: number, spread: number): Float64Array =>
    Float64Array.from({ length: n }, () => centre + spread * (2 * random.nextFloat() - 1));
  const second = draw(5000, 0, 1);
  const common = ksSample(second, 'common');
  const firsts = [draw(4000, 0, 0.9), draw(4000, 0.1, 1.2), draw(4000, 40, 1), draw(4000, -0.1, 1)];
  for (const first of firsts) {
    assert.deepEqual(compareKsSamples(ksSample(first, 'first'), common), sorted(first, second));
  }
});

test('the ends of an odd number of values are found', () => {
  const sample = ksSample(Float64Array.of(2, 3, 1), 'odd');
  assert.deepEqual([sample.min, sample.max], [1, 3]);
  assert.throws(() => ksSample(Float64Array.of(2, 3, Number.NaN), 'odd'), /holds 1 NaN among its 3/);
});

test('equal samples have distance 0 and sign +1, at their smallest value', () => {
  const values = new Float64Array(5000).map((_, i) => (i * 7919) % 5000);
  const result = ksTwoSample(values, values.toReversed());
  assert.deepEqual([result.statistic, result.sign, result.location], [0, 1, 0]);
  const constant = ksTwoSample(new Float64Array(5000).fill(3), new Float64Array(3000).fill(3));
  assert.deepEqual([constant.statistic, constant.location, constant.cdfFirst], [0, 3, 1]);
});

test('the samples are left as they were', () => {
  const values = Float64Array.from({ length: 5000 }, (_, i) => -i);
  ksTwoSample(values, values.slice(0, 2000));
  assert.deepEqual([values[0], values[1], values[4999]], [-0, -1, -4999]);
});

function shareUpTo(values: Float64Array, x: number): number {
  return values.filter((value) => value <= x).length / values.length;
}

/** The definition, by sorting everything. */
function sorted(a: Float64Array, b: Float64Array): KsResult {
  const [first, second] = [a.toSorted(), b.toSorted()];
  let up: readonly [bigint, number, number, number] = [-1n << 60n, 0, 0, 0];
  let down = up;
  let i = 0;
  let j = 0;
  while (i < first.length || j < second.length) {
    const value = Math.min(first[i] ?? Infinity, second[j] ?? Infinity);
    while (i < first.length && first[i]! <= value) i++;
    while (j < second.length && second[j]! <= value) j++;
    const gap = BigInt(i) * BigInt(b.length) - BigInt(j) * BigInt(a.length);
    if (gap > up[0]) up = [gap, value, i, j];
    if (-gap > down[0]) down = [-gap, value, i, j];
  }
  const sign = up[0] >= down[0] ? 1 : -1;
  const [gap, location, countFirst, countSecond] = sign === 1 ? up : down;
  return {
    statistic: Number(gap) / (a.length * b.length),
    location,
    sign,
    cdfFirst: countFirst / a.length,
    cdfSecond: countSecond / b.length,
    nFirst: a.length,
    nSecond: b.length,
  };
}
