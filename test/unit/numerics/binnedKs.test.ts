import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  binnedKs,
  binnedMoments,
  binnedProbabilityOfSmaller,
  gapBounds,
} from '../../../src/numerics/binnedKs.ts';
import { ksTwoSample } from '../../../src/numerics/ks.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

test('four bins counted by hand', () => {
  const first = Float64Array.of(2, 1, 0, 1);
  const second = Float64Array.of(1, 0, 5, 4);
  // F₁ 0.5, 0.75, 0.75, 1; F₂ 0.1, 0.1, 0.6, 1: largest gap 0.65 at the end of bin 1.
  assert.deepEqual(binnedKs(first, second), {
    statistic: 0.65,
    sign: 1,
    bin: 1,
    cdfFirst: 0.75,
    cdfSecond: 0.1,
  });
  const bounds = gapBounds(first, second);
  // Bin 0: 0 to 0.5 or −0.1; bin 1: 0.65; bin 2: it starts at 0.65; bin 3: 1 − 0.6, or 0.75 − 1.
  [0.5, 0.65, 0.65, 0.4].forEach((bound, bin) => assert.ok(Math.abs(bounds[bin]! - bound) < 1e-15));
  // 2·(9 + ½) + 1·9 + 1·(½·4), over 40.
  assert.equal(binnedProbabilityOfSmaller(first, second), (2 * 9.5 + 9 + 2) / 40);
  const { mean, deviation } = binnedMoments(first, Float64Array.of(1, 3, 5, 9));
  assert.equal(mean, (1 + 1 + 3 + 9) / 4);
  assert.equal(deviation, Math.sqrt((2 * 2.5 ** 2 + 0.5 ** 2 + 5.5 ** 2) / 4));
});

test('a second sample that runs ahead has sign −1, equal gaps both ways +1', () => {
  assert.equal(binnedKs(Float64Array.of(0, 1), Float64Array.of(1, 0)).sign, -1);
  const both = binnedKs(Float64Array.of(1, 0, 1), Float64Array.of(0, 2, 0));
  assert.deepEqual([both.statistic, both.sign, both.bin], [0.5, 1, 0]);
  assert.deepEqual(binnedKs(Float64Array.of(0, 3), Float64Array.of(0, 7)).statistic, 0);
});

test('bins without values have no distribution', () => {
  assert.throws(() => binnedKs(Float64Array.of(0, 0), Float64Array.of(1, 0)), RangeError);
});

test('the KS distance of values lies between what their bins give as lower and as upper bound', () => {
  const random = new SeededRandom(1);
  for (let repeat = 0; repeat < 50; repeat++) {
    const values = (n: number, shift: number) =>
      Float64Array.from({ length: n }, () => random.nextNormal() + shift);
    const first = values(200, 0.3 * random.nextNormal());
    const second = values(300, 0);
    const nBins = 3 + random.nextInt(20);
    const count = (xs: Float64Array) => {
      const counts = new Float64Array(nBins);
      for (const x of xs) counts[Math.max(0, Math.min(nBins - 1, Math.floor(((x + 3) / 6) * nBins)))]!++;
      return counts;
    };
    const exact = ksTwoSample(first, second).statistic;
    const lower = binnedKs(count(first), count(second)).statistic;
    const upper = Math.max(...gapBounds(count(first), count(second)));
    assert.ok(lower <= exact + 1e-12 && exact <= upper + 1e-12, `${lower} ≤ ${exact} ≤ ${upper}`);
  }
});
