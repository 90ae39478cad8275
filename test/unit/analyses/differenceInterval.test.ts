import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceInterval, isInside } from '../../../src/analyses/differenceInterval.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { wilsonInterval } from '../../../src/numerics/wilson.ts';

test('each limit takes the two distances that push the difference its way', () => {
  // 5 − 3 = 2; down: 3 from 5 to 2 and 4 from 3 to 7; up: 8 from 5 to 13 and 6 from 3 to −3.
  const interval = differenceInterval({ value: 3, ci: [-3, 7] }, { value: 5, ci: [2, 13] });
  assert.deepEqual(interval, [2 - 5, 2 + 10]);
});

test('turned round, the interval is turned round', () => {
  const a = { value: 0.3, ci: [0.1, 0.35] } as const;
  const b = { value: -0.2, ci: [-0.9, -0.15] } as const;
  const [low, high] = differenceInterval(a, b)!;
  const turned = differenceInterval(b, a)!;
  assert.deepEqual(
    [-turned[1], -turned[0]].map((x) => x.toFixed(12)),
    [low.toFixed(12), high.toFixed(12)],
  );
});

test('of two shares with Wilson’s intervals it is Newcombe’s method 10: 56 of 70 less 48 of 80', () => {
  const share = (k: number, n: number) => ({ value: k / n, ci: wilsonInterval(k / n, n) });
  const [low, high] = differenceInterval(share(48, 80), share(56, 70))!;
  assert.equal(low.toFixed(4), '0.0524');
  assert.equal(high.toFixed(4), '0.3339');
});

test('an exact value adds nothing to the other’s interval', () => {
  assert.deepEqual(differenceInterval({ value: 1, ci: [1, 1] }, { value: 4, ci: [3, 6] }), [2, 5]);
});

test('without an interval on either side, or with an estimate outside of its own, there is none', () => {
  const whole = { value: 1, ci: [0, 2] } as const;
  for (const other of [
    { value: 1, ci: null },
    { value: 3, ci: [0, 2] as const },
    { value: -1, ci: [0, 2] as const },
    { value: Number.NaN, ci: [0, 2] as const },
  ]) {
    assert.equal(isInside(other), false);
    assert.equal(differenceInterval(whole, other), null);
    assert.equal(differenceInterval(other, whole), null);
  }
});

test('it holds the true difference of two shares about 95 times in a hundred, of skewed ones, too', () => {
  const random = new SeededRandom(7);
  for (const [p, m, q, n] of [
    [0.5, 40, 0.4, 60],
    [0.05, 80, 0.02, 120],
    [0.98, 50, 0.9, 50],
  ] as const) {
    const nDraws = 4000;
    const draw = (chance: number, nTrials: number) => {
      let k = 0;
      for (let i = 0; i < nTrials; i++) if (random.nextFloat() < chance) k++;
      return { value: k / nTrials, ci: wilsonInterval(k / nTrials, nTrials) };
    };
    let held = 0;
    for (let i = 0; i < nDraws; i++) {
      const [low, high] = differenceInterval(draw(p, m), draw(q, n))!;
      if (low <= q - p && q - p <= high) held++;
    }
    const coverage = held / nDraws;
    assert.ok(coverage > 0.935 && coverage < 0.975, `${p} and ${q}: ${coverage}`);
  }
});

test('where both sides share their error it holds the difference more often than 95 times in a hundred', () => {
  const random = new SeededRandom(8);
  const nDraws = 2000;
  let held = 0;
  for (let i = 0; i < nDraws; i++) {
    const shared = random.nextNormal();
    const [before, after] = [0, 1].map((truth) => {
      // Correlation 0.8, variance 1.
      const value = truth + Math.sqrt(0.8) * shared + Math.sqrt(0.2) * random.nextNormal();
      return { value, ci: [value - 1.96, value + 1.96] as const };
    });
    const [low, high] = differenceInterval(before!, after!)!;
    if (low <= 1 && 1 <= high) held++;
  }
  assert.ok(held / nDraws > 0.99, String(held / nDraws));
});
