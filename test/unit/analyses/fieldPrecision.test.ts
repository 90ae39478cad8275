import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldEnergies, singleFrom, type VectorField } from '../../../src/analyses/fieldEnergy.ts';
import { parseNeighbourRule } from '../../../src/analyses/neighbourRule.ts';
import { type Metric, metrics } from '../../../src/domain/embeddingMatrix.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { plainSingleProduct } from '../../../src/numerics/singleMatrixProduct.ts';

const double = { product: plainMatrixProduct, checkpoint: () => undefined };
const single = { ...double, single: plainSingleProduct };
const rules = ['knn:10', 'knn:3', 'inverse', 'ball:0.5', 'all'].map(parseNeighbourRule);

/** A narrow cloud far from the origin, as the embeddings of one person are; vectors turn with the place. */
function cloud(n: number, dim: number, seed: number): VectorField {
  const random = new SeededRandom(seed);
  const [start, base, end] = [0, 1, 2].map(() => new Float32Array(n * dim)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let at = 0; at < n * dim; at++) {
    const place = 3 + 0.1 * random.nextNormal();
    const step = 0.02 * (random.nextNormal() + (at % dim === 0 ? 10 * (place - 3) : 0.3));
    base[at] = place;
    start[at] = place - step;
    end[at] = place + step;
  }
  return { n, dim, start, base, end };
}

/** Energies of the k nearest by sorting all distances, which are taken from differences. */
function sortedNearest({ n, dim, start, base, end }: VectorField, k: number, metric: Metric): number[] {
  const row = (values: Float32Array, i: number) => [...values.subarray(i * dim, (i + 1) * dim)];
  const unit = (x: number[]) => {
    const length = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
    return x.map((value) => value / length);
  };
  const points = Array.from({ length: n }, (_, i) =>
    metric === 'cosine' ? unit(row(base, i)) : row(base, i),
  );
  const vectors = Array.from({ length: n }, (_, i) => {
    const from = row(start, i);
    return unit(row(end, i).map((value, t) => value - from[t]!));
  });
  return points.map((x, i) => {
    const order = points
      .map((y, j) => ({ j, square: x.reduce((sum, value, t) => sum + (value - y[t]!) ** 2, 0) }))
      .filter(({ j }) => j !== i)
      .sort((a, b) => a.square - b.square || a.j - b.j)
      .slice(0, k);
    const energy = ({ j }: { j: number }) =>
      1 - vectors[i]!.reduce((sum, value, t) => sum + value * vectors[j]![t]!, 0);
    return order.reduce((sum, one) => sum + energy(one), 0) / k;
  });
}

for (const metric of metrics) {
  test(`many curves: neighbours found in single precision are the exact ones, ${metric}`, async () => {
    const field = cloud(singleFrom, 6, 1);
    const found = await fieldEnergies(field, rules, metric, single);
    for (const [r, k] of [10, 3].entries()) {
      const { precision, perPoint } = found.rules[r]!;
      assert.equal(precision, 'double');
      sortedNearest(field, k, metric).forEach((expected, i) =>
        assert.ok(Math.abs(perPoint[i]! - expected) < 1e-12, `point ${i}: ${perPoint[i]}, not ${expected}`),
      );
    }
  });

  test(`many curves: other rules say that they are in single precision, and are near double, ${metric}`, async () => {
    const field = cloud(singleFrom, 6, 2);
    const found = await fieldEnergies(field, rules, metric, single);
    const exact = await fieldEnergies(field, rules, metric, double);
    assert.deepEqual(
      found.rules.map(({ precision }) => precision),
      ['double', 'double', 'single', 'single', 'double'],
    );
    assert.ok(exact.rules.every(({ precision }) => precision === 'double'));
    assert.ok(Math.abs(found.meanDistance! / exact.meanDistance! - 1) < 1e-6);
    for (const [r, tolerance] of [1e-12, 1e-12, 1e-6, 1e-6, 1e-12].entries()) {
      const difference = Math.abs(found.rules[r]!.energy! - exact.rules[r]!.energy!);
      assert.ok(difference < tolerance, `rule ${r} differs by ${difference}`);
    }
    assert.equal(found.rules[3]!.nIsolated, exact.rules[3]!.nIsolated);
  });

  test(`distances that differ by less than a product's error are told apart, ${metric}`, async () => {
    // Three curves at each of some places of two grids, whose neighbours on the grid are about equally far.
    for (const [jitter, apart] of [
      [1e-6, 12],
      [1e-5, 0],
      [3e-4, 0],
    ] as const) {
      const field = cloud(singleFrom, 6, 7);
      const random = new SeededRandom(8);
      for (let at = 0; at < field.base.length; at++) {
        const place = Math.floor(Math.floor(at / 6) / 3);
        const onGrid = Math.floor(place / 3 ** (at % 6)) % 3;
        const shift = at % 6 === 0 && place % 2 === 0 ? apart : 0;
        field.base[at] = 4 + onGrid + shift + jitter * random.nextNormal();
      }
      const found = await fieldEnergies(field, rules, metric, single);
      const expected = sortedNearest(field, 10, metric);
      found.rules[0]!.perPoint.forEach((energy, i) =>
        assert.ok(Math.abs(energy - expected[i]!) < 1e-12, `point ${i}: ${energy}, not ${expected[i]}`),
      );
    }
  });

  test(`points on a grid: equal distances go by number, in either precision, ${metric}`, async () => {
    // Twelve places, about 90 curves each: far more twins than candidates are kept.
    const field = cloud(singleFrom + 30, 3, 3);
    const { base } = field;
    for (let at = 0; at < base.length; at++) base[at] = 1 + (Math.floor(at / 3) % [3, 2, 2][at % 3]!);
    const expected = sortedNearest(field, 10, metric);
    for (const context of [single, double]) {
      const found = await fieldEnergies(field, rules, metric, context);
      assert.ok(found.nTwins > 10_000);
      found.rules[0]!.perPoint.forEach((energy, i) =>
        assert.ok(Math.abs(energy - expected[i]!) < 1e-12, `point ${i}: ${energy}, not ${expected[i]}`),
      );
    }
  });
}

test('fewer curves are measured in double precision', async () => {
  const field = cloud(200, 4, 4);
  const found = await fieldEnergies(field, rules, 'cosine', single);
  assert.ok(found.rules.every(({ precision }) => precision === 'double'));
});

test('base points that are all the same, and numbers too large for float32 products, are measured in double', async () => {
  const field = cloud(singleFrom, 4, 5);
  const same = { ...field, base: new Float32Array(field.base.length).fill(2) };
  const found = await fieldEnergies(same, rules, 'euclidean', single);
  assert.equal(found.nTwins, (singleFrom * (singleFrom - 1)) / 2);
  assert.equal(found.rules[2]!.precision, 'double');
  assert.equal(found.rules[2]!.energy, null);
  const large = { ...field, base: field.base.map((value) => value * 1e25) };
  const [ofLarge, ofField] = [
    await fieldEnergies(large, rules, 'euclidean', single),
    await fieldEnergies(field, rules, 'euclidean', double),
  ];
  assert.equal(ofLarge.rules[2]!.precision, 'double');
  assert.ok(Math.abs(ofLarge.rules[2]!.energy! - ofField.rules[2]!.energy!) < 1e-6);
});

test('nothing is measured after the checkpoint has thrown', async () => {
  const stop = new Error('stop');
  await assert.rejects(
    fieldEnergies(cloud(300, 4, 6), rules, 'cosine', {
      ...double,
      checkpoint: () => {
        throw stop;
      },
    }),
    stop,
  );
});
