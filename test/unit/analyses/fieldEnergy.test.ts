import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fieldEnergies,
  type FieldEnergies,
  stepLengths,
  type VectorField,
} from '../../../src/analyses/fieldEnergy.ts';
import { parseNeighbourRule } from '../../../src/analyses/neighbourRule.ts';
import { isAppError } from '../../../src/domain/appError.ts';
import type { Metric } from '../../../src/domain/embeddingMatrix.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import {
  type ExpectedBall,
  microscaleExpected,
  microscaleField,
  microscalePerPoint,
} from '../../support/microscaleFixture.ts';

const context = { product: plainMatrixProduct, checkpoint: () => undefined };

function energies(field: VectorField, metric: Metric, ...rules: string[]): Promise<FieldEnergies> {
  return fieldEnergies(field, rules.map(parseNeighbourRule), metric, context);
}

function close(value: number | null, expected: number, what: string): void {
  assert.ok(value !== null && Math.abs(value - expected) <= 1e-9, `${what}: ${value}, not ${expected}`);
}

/** Base points on a line, vectors by their angle in degrees. */
function lineField(xs: readonly number[], degrees: readonly number[]): VectorField {
  const base = Float32Array.from(xs.flatMap((x) => [x, 0]));
  const steps = degrees.flatMap((angle) => [
    Math.cos((angle * Math.PI) / 180),
    Math.sin((angle * Math.PI) / 180),
  ]);
  return { n: xs.length, dim: 2, start: base, base, end: base.map((x, at) => x + steps[at]!) };
}

test('four curves by hand: the nearest, a ball, all, and by inverse distance', async () => {
  // Base points 0, 1, 3, 7; vectors at 0°, 90°, 90°, 180°.
  const field = lineField([0, 1, 3, 7], [0, 90, 90, 180]);
  const found = await energies(field, 'euclidean', 'knn:1', 'ball:0.4', 'all', 'inverse');
  const [nearest, ball, all, inverse] = found.rules;
  // Nearest: 0→1 (1), 1→0 (1), 3→1 (0), 7→3 (1).
  assert.deepEqual(
    [...nearest!.perPoint].map((energy) => Math.round(energy * 1e6) / 1e6),
    [1, 1, 0, 1],
  );
  assert.ok(Math.abs(nearest!.energy! - 0.75) < 1e-6);
  // Pairs 1, 3, 7, 2, 6, 4: the mean distance is 23/6, the radius 23/15; only 0 and 1 are within it.
  assert.ok(Math.abs(found.meanDistance! - 23 / 6) < 1e-9);
  assert.equal(ball!.nIsolated, 2);
  assert.ok(Math.abs(ball!.energy! - 1) < 1e-6);
  // With self: 1/2 for either, 0 for the isolated ones.
  assert.ok(Math.abs(ball!.energyWithSelf! - 0.25) < 1e-6);
  // 0: (1 + 1 + 2)/3, 1: (1 + 0 + 1)/3, 3: the same, 7: (2 + 1 + 1)/3.
  assert.ok(Math.abs(all!.energy! - (4 + 2 + 2 + 4) / 12) < 1e-6);
  const point0 = (1 / 1 + 1 / 3 + 2 / 7) / (1 / 1 + 1 / 3 + 1 / 7);
  assert.ok(Math.abs(inverse!.perPoint[0]! - point0) < 1e-6);
});

for (const [name, { all_pairs_energy: allPairs, ...metrics }] of Object.entries(microscaleExpected.fields)) {
  for (const metric of ['cosine', 'euclidean'] as const) {
    test(`the field «${name}» has the reference energies, ${metric}`, async () => {
      const expected = metrics[metric];
      const field = microscaleField(name);
      const rules = ['knn:10', 'knn:5', 'ball:0.125', 'ball:0.5', 'ball:1', 'inverse', 'all'];
      const found = await energies(field, metric, ...rules);
      const [knn10, knn5, ...others] = found.rules;
      close(knn10!.energy, expected.knn_10, 'knn 10');
      close(knn5!.energy, expected.knn_5, 'knn 5');
      for (const [i, epsilon] of ['0.125', '0.5', '1.0'].entries()) {
        const ball = expected[`ball_${epsilon}`] as ExpectedBall;
        close(found.meanDistance! * Number(epsilon), ball.radius, 'radius');
        assert.equal(others[i]!.nIsolated, ball.isolated_points);
        close(others[i]!.energyWithSelf, ball.energy_with_self, `ball ${epsilon} with self`);
        if (ball.energy_without_self === 'NaN') assert.equal(others[i]!.energy, null);
        else close(others[i]!.energy, ball.energy_without_self, `ball ${epsilon}`);
      }
      close(others[3]!.energy, expected.inverse_distance, 'inverse distance');
      close(others[4]!.energy, allPairs, 'all pairs');
      for (const [rule, k] of [
        [knn10!, 10],
        [knn5!, 5],
      ] as const) {
        const reference = microscalePerPoint(`${name}_knn${k}_${metric}`);
        assert.equal(rule.perPoint.length, reference.length);
        rule.perPoint.forEach((value, point) => close(value, reference[point]!, `point ${point}`));
      }
    });
  }
}

const {
  zero_length_vector: zero,
  duplicate_base_points: twins,
  zero_base_point: origin,
} = microscaleExpected.degenerate;

for (const metric of ['cosine', 'euclidean'] as const) {
  test(`a curve that does not move is left out before neighbours are looked for, ${metric}`, async () => {
    const found = await energies(microscaleField('degenerate_zero'), metric, 'knn:4', 'inverse', 'ball:1');
    const expected = zero![metric]!;
    assert.deepEqual([found.rows.length, found.nStill], [23, 1]);
    close(found.rules[0]!.energy, expected['recommended_knn']!, 'knn');
    close(found.rules[1]!.energy, expected['recommended_inverse']!, 'inverse');
    close(found.rules[2]!.energy, expected['recommended_ball_eps1_without_self']!, 'ball');
  });

  test(`twin base points are each other's neighbours and have no inverse distance, ${metric}`, async () => {
    const found = await energies(microscaleField('degenerate_duplicates'), metric, 'knn:4', 'inverse');
    const expected = twins![metric]!;
    assert.equal(found.nTwins, 3);
    close(found.rules[0]!.energy, expected['recommended_knn_exclude_self_by_index']!, 'knn');
    close(found.rules[1]!.energy, expected['recommended_inverse_zero_distance_weight_0']!, 'inverse');
  });
}

test('a base point at the origin has no direction: left out for cosine, used for euclidean', async () => {
  const field = microscaleField('degenerate_origin');
  const cosine = await energies(field, 'cosine', 'knn:4');
  assert.deepEqual([cosine.rows.length, cosine.nAtOrigin], [23, 1]);
  close(cosine.rules[0]!.energy, origin!['cosine']!['recommended_knn']!, 'cosine');
  const euclidean = await energies(field, 'euclidean', 'knn:4');
  assert.equal(euclidean.rows.length, 24);
  close(euclidean.rules[0]!.energy, origin!['euclidean']!['knn']!, 'euclidean');
});

test('too few curves are refused with both numbers', async () => {
  const field = microscaleField('degenerate_zero');
  await assert.rejects(
    energies(field, 'euclidean', 'knn:23'),
    (error) =>
      isAppError(error, 'notEnoughCurves') && /^23 curves.*23 nearest neighbours need 24/.test(error.message),
  );
  const one = {
    ...field,
    n: 1,
    start: field.start.slice(0, 8),
    base: field.base.slice(0, 8),
    end: field.end.slice(0, 8),
  };
  await assert.rejects(
    energies(one, 'euclidean', 'all'),
    (error) => isAppError(error, 'notEnoughCurves') && /^1 curves.*needs 2/.test(error.message),
  );
});

test('shapes that do not fit and numbers that are none are refused by name', async () => {
  const field = microscaleField('degenerate_zero');
  await assert.rejects(
    energies({ ...field, end: field.end.slice(1) }, 'euclidean', 'all'),
    (error) => isAppError(error, 'numericsInvalid') && error.message.includes('24 curves × 8 has 191'),
  );
  const base = field.base.slice();
  base[8 * 5 + 1] = Number.NaN;
  await assert.rejects(
    energies({ ...field, base }, 'euclidean', 'all'),
    (error) => isAppError(error, 'numericsInvalid') && /Curve 5.*NaN in its base point/.test(error.message),
  );
});

test('rules are read from their names, and anything else is refused', () => {
  assert.deepEqual(parseNeighbourRule('knn:7'), { kind: 'knn', k: 7 });
  assert.deepEqual(parseNeighbourRule('ball:.25'), { kind: 'ball', epsilon: 0.25 });
  for (const text of ['knn:0', 'knn:1.5', 'knn', 'ball:0', 'ball:-1', 'inverse:2', 'nearest', '']) {
    assert.throws(
      () => parseNeighbourRule(text),
      (error) => isAppError(error, 'settingInvalid') && error.message.includes(`«${text}»`),
    );
  }
});

test('the step length is the distance from start to end, also where it is tiny', () => {
  const start = Float32Array.of(3, 0, 0, 2, 1, 0);
  const end = Float32Array.of(0, 4, 0, 2, 1, 1e-6);
  const field = { n: 3, dim: 2, start, end };
  assert.deepEqual(
    [...stepLengths(field, 'euclidean')].map((length) => Number(length.toPrecision(6))),
    [5, 0, 1e-6],
  );
  const cosine = stepLengths(field, 'cosine');
  assert.ok(Math.abs(cosine[0]! - 1) < 1e-12);
  // 1 − cos of an angle of 1e-6.
  assert.ok(Math.abs(cosine[2]! / 5e-13 - 1) < 1e-6, String(cosine[2]));
});
