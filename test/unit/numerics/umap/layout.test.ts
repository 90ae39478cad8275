import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '../../../../src/numerics/random.ts';
import { umapCurve } from '../../../../src/numerics/umap/curve.ts';
import { defaultEpochs, startingPlaces, UmapLayout } from '../../../../src/numerics/umap/layout.ts';
import { trustworthiness } from '../../../support/trustworthiness.ts';

const pair = { n: 2, head: Int32Array.of(0, 1), tail: Int32Array.of(1, 0), weight: Float64Array.of(1, 1) };

test('the first epochs of two joined points are as by hand: pull along the gradient, no negative yet', () => {
  const curve = { a: 1, b: 1 };
  const layout = new UmapLayout(pair, Float64Array.of(0, 0, 1, 0), curve, 10, new SeededRandom(1));
  // Both edges are due from epoch 1 on.
  assert.equal(layout.step(), 1);
  assert.deepEqual([...layout.places], [0, 0, 1, 0]);
  // −2ab·d^(2(b−1))/(1 + a·d^(2b)) = −1 at distance 1, times rate 0.9: each end moves 0.9 towards the other.
  const one = new UmapLayout(
    { n: 2, head: Int32Array.of(0), tail: Int32Array.of(1), weight: Float64Array.of(1) },
    Float64Array.of(0, 0, 1, 0),
    curve,
    10,
    { nextInt: () => 0 } as unknown as SeededRandom,
  );
  one.step();
  one.step();
  assert.ok(Math.abs(one.places[0]! - 0.9) < 1e-12 && Math.abs(one.places[2]! - 0.1) < 1e-12);
});

test('a joined pair ends nearer than where it began, and stays finite', () => {
  const layout = new UmapLayout(pair, Float64Array.of(0, 0, 9, 9), umapCurve(0.1), 200, new SeededRandom(1));
  while (layout.step() < 200);
  const [x0, y0, x1, y1] = layout.places;
  assert.ok(Math.hypot(x0! - x1!, y0! - y1!) < 3);
});

test('edges too weak to be taken once in all epochs are left out', () => {
  const weak = {
    ...pair,
    n: 3,
    head: Int32Array.of(0, 0),
    tail: Int32Array.of(1, 2),
    weight: Float64Array.of(1, 0.09),
  };
  const layout = new UmapLayout(weak, Float64Array.of(0, 0, 1, 0, 3, 0), { a: 1, b: 1 }, 10, {
    nextInt: () => 0,
  } as unknown as SeededRandom);
  while (layout.step() < 10);
  assert.deepEqual([...layout.places.subarray(4)], [3, 0]);
});

test('points begin at their plane’s coordinates in 0…10, twins a little apart', () => {
  const places = startingPlaces(Float64Array.of(-1, 3, 3), Float64Array.of(5, 5, 5), new SeededRandom(1));
  [0, 0, 10, 0, 10, 0].forEach((wanted, i) => assert.ok(Math.abs(places[i]! - wanted) < 0.01));
  assert.notEqual(places[2], places[4]);
});

test('as many epochs as umap-learn takes', () => {
  assert.deepEqual([10, 10_000, 10_001].map(defaultEpochs), [500, 500, 200]);
});

test('places that do not fit are refused', () => {
  const make = (places: Float64Array) => () =>
    new UmapLayout(pair, places, umapCurve(0.1), 10, new SeededRandom(1));
  assert.throws(make(new Float64Array(3)), RangeError);
  assert.throws(make(Float64Array.of(0, NaN, 0, 0)), RangeError);
});

test('trustworthiness is 1 for the same order, and by hand where a far point came near', () => {
  const line = [0, 1, 3, 7, 15];
  assert.equal(trustworthiness(line, 1, line, 1, 1), 1);
  // The last point now lies beside the first: nearest of 0 is 4 (rank 4 of 4), of 4 is 0 (rank 4), others keep theirs.
  const moved = [0, 1, 3, 7, -0.5];
  // n = 5, k = 1: 2/(5·1·(10 − 3 − 1)) = 1/15; excess ranks 3 + 3.
  assert.ok(Math.abs(trustworthiness(line, 1, moved, 1, 1) - (1 - 6 / 15)) < 1e-12);
});
