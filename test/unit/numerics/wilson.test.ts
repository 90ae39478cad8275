import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wilsonInterval } from '../../../src/numerics/wilson.ts';

test('limits solve |share − p| = z·√(p(1 − p)/n), for whole and other n', () => {
  for (const [share, n] of [
    [0.5, 10],
    [0.02, 100],
    [0.9, 7.25],
    [0, 30],
    [1, 30],
  ] as const) {
    for (const [i, p] of wilsonInterval(share, n).entries()) {
      if (p === share) continue;
      const z = (share - p) / Math.sqrt((p * (1 - p)) / n);
      assert.ok(Math.abs(z - (i === 0 ? 1 : -1) * 1.959963984540054) < 1e-9, `${share} ${n} ${z}`);
    }
  }
});

test('SciPy’s binomtest(65, 100) and (0, 10) agree', () => {
  const [low, high] = wilsonInterval(0.65, 100);
  assert.ok(Math.abs(low - 0.5525444) < 1e-6 && Math.abs(high - 0.7363575) < 1e-6, `${low} ${high}`);
  const none = wilsonInterval(0, 10);
  assert.equal(none[0], 0);
  assert.ok(Math.abs(none[1] - 0.277532799) < 1e-8, String(none[1]));
});

test('limits stay in [0, 1] and touch it where the share does', () => {
  assert.equal(wilsonInterval(1, 3)[1], 1);
  assert.ok(wilsonInterval(1, 3)[0] < 1);
  for (const n of [1, 0.5, 1e9]) {
    for (const share of [0, 1e-12, 0.5, 1 - 1e-12, 1]) {
      const [low, high] = wilsonInterval(share, n);
      assert.ok(0 <= low && low <= share && share <= high && high <= 1, `${share} ${n}`);
    }
  }
});

test('no share and no trials are refused', () => {
  for (const [share, n] of [
    [-0.1, 5],
    [1.1, 5],
    [Number.NaN, 5],
    [0.5, 0],
    [0.5, Number.NaN],
  ] as const) {
    assert.throws(() => wilsonInterval(share, n), RangeError);
  }
});
