import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundsOfPolygon, isInside, rectangle } from '../../../../webview-ui/projection/polygon.ts';

test('a square holds its middle and nothing beyond its sides', () => {
  const square = rectangle(0, 0, 2, 2);
  assert.ok(isInside(square, 1, 1));
  for (const [x, y] of [
    [-1, 1],
    [3, 1],
    [1, -1],
    [1, 3],
  ] as const) {
    assert.ok(!isInside(square, x, y), `${x}, ${y}`);
  }
});

test('corners may be given in any order of the diagonal', () => {
  assert.ok(isInside(rectangle(2, 0, 0, 2), 1, 1));
  assert.ok(isInside(rectangle(2, 2, 0, 0), 1, 1));
});

test('the notch of a letter L is outside', () => {
  const letter = [0, 0, 3, 0, 3, 1, 1, 1, 1, 3, 0, 3];
  assert.ok(isInside(letter, 0.5, 2.5));
  assert.ok(isInside(letter, 2.5, 0.5));
  assert.ok(!isInside(letter, 2, 2));
});

test('where an outline crosses itself, what it goes round twice is outside', () => {
  // A pentagram: its middle is gone round twice.
  const star = [0, 3, 1.8, -2.4, -2.9, 0.9, 2.9, 0.9, -1.8, -2.4];
  assert.ok(!isInside(star, 0, 0));
  assert.ok(isInside(star, 0, 2));
});

test('a ray through a corner counts it once', () => {
  const diamond = [0, -1, 1, 0, 0, 1, -1, 0];
  assert.ok(isInside(diamond, -0.5, 0));
  assert.ok(!isInside(diamond, -2, 0));
});

test('a point on the side of two neighbours is in one of them', () => {
  const [left, right] = [rectangle(0, 0, 1, 1), rectangle(1, 0, 2, 1)];
  assert.notEqual(isInside(left, 1, 0.5), isInside(right, 1, 0.5));
});

test('bounds are the extreme corners, and of no corner none', () => {
  assert.deepEqual(boundsOfPolygon([1, 5, -2, 3, 4, 4]), { left: -2, right: 4, bottom: 3, top: 5 });
  assert.ok(Number.isNaN(boundsOfPolygon([]).left));
});
