import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invertAffine, mapPoints } from '../../../../src/numerics/geometry/affine.ts';
import { similarityTransform } from '../../../../src/numerics/geometry/similarity.ts';
import { geometryCases } from '../../../support/geometryFixture.ts';

const square = [0, 0, 2, 0, 2, 2, 0, 2];

test('a translation is found', () => {
  assertClose(similarityTransform(square, [5, -3, 7, -3, 7, -1, 5, -1]), [1, 0, 5, 0, 1, -3]);
});

test('a scale about the origin is found', () => {
  assertClose(similarityTransform(square, [0, 0, 6, 0, 6, 6, 0, 6]), [3, 0, 0, 0, 3, 0]);
});

test('a quarter turn is found: x becomes y, y becomes −x', () => {
  assertClose(similarityTransform(square, [0, 0, 0, 2, -2, 2, -2, 0]), [0, -1, 0, 1, 0, 0]);
});

test('of points that no similarity maps, the least squares are taken', () => {
  // (0,0) (2,0) (1,1) to (0,0) (2,0) (1,4), by hand: means (1, 1/3) and (1, 4/3); Σ z̄·w = 2 + (1/9 + 1/9 + 4/9)·4 = 14/3,
  // Σ|z|² = 2 + 2/3 = 8/3, so the scale is 7/4.
  assertClose(similarityTransform([0, 0, 2, 0, 1, 1], [0, 0, 2, 0, 1, 4]), [
    7 / 4,
    0,
    1 - 7 / 4,
    0,
    7 / 4,
    4 / 3 - 7 / 12,
  ]);
});

test('a mirrored face is turned and scaled, never mirrored', () => {
  const [a, b, , c, d] = similarityTransform([0, 0, 4, 0, 2, 1], [4, 0, 0, 0, 2, 1]);
  assert.ok(a * d - b * c > 0, `determinant ${a * d - b * c}`);
  assert.ok(a === d && b === -c);
});

for (const { name, from, to, matrix } of geometryCases.similarities)
  test(`as Umeyama by singular values: ${name}`, () => {
    const found = similarityTransform(from, to);
    const places = mapPoints(found, from);
    const expected = mapPoints(matrix, from);
    const tolerance = Math.max(...from.map(Math.abs)) > 1000 ? 1e-6 : 1e-9;
    places.forEach((place, i) =>
      assert.ok(Math.abs(place - expected[i]!) < tolerance, `${place}, ${expected[i]}`),
    );
  });

for (const [name, from, to, says] of [
  ['points that coincide', [3, 7, 3, 7, 3, 7], [0, 0, 1, 0, 0, 1], /coincide/],
  ['points that differ by rounding only', [0.1 + 0.2, 7, 0.3, 7], [0, 0, 1, 0], /coincide/],
  ['a target that is one point', [0, 0, 1, 0, 0, 1], [3, 7, 3, 7, 3, 7], /coincide/],
  ['a square and its mirror image', square, [2, 0, 0, 0, 0, 2, 2, 2], /mirrors/],
  ['NaN', [0, 0, Number.NaN, 0], [0, 0, 1, 0], /Point 2 is \(NaN, 0\)/],
  ['infinity', [0, 0, 1, 0], [0, 0, 1, Infinity], /Point 2 is \(1, Infinity\)/],
  ['a single point', [0, 0], [1, 1], /two or more points/],
  ['unequal numbers of points', [0, 0, 1, 1], [0, 0, 1, 1, 2, 2], /there are 4 and 6 numbers/],
  ['half a point', [0, 0, 1, 1, 2], [0, 0, 1, 1, 2], /two or more points/],
] as const)
  test(`refused: ${name}`, () => {
    assert.throws(
      () => similarityTransform(from, to),
      (error) => error instanceof RangeError && says.test(error.message),
    );
  });

test('the inverse takes mapped points back', () => {
  const matrix = [0.8, -0.5, 12, 0.3, 1.1, -7] as const;
  const back = mapPoints(invertAffine(matrix), mapPoints(matrix, [3, 4, -20, 55]));
  [3, 4, -20, 55].forEach((place, i) => assert.ok(Math.abs(back[i]! - place) < 1e-12));
});

test('a map onto a line, or one with NaN, has no inverse', () => {
  assert.throws(
    () => invertAffine([1, 2, 0, 2, 4, 0]),
    /^RangeError: The affine map \[1, 2, 0, 2, 4, 0\] has no inverse/,
  );
  assert.throws(() => invertAffine([1, 0, Number.NaN, 0, 1, 0]), RangeError);
});

function assertClose(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]!) < 1e-12, `[${actual.join(', ')}] for [${expected.join(', ')}]`),
  );
}
