import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '../../../../src/numerics/random.ts';
import { indexPoints } from '../../../../webview-ui/projection/pointIndex.ts';
import { isInside } from '../../../../webview-ui/projection/polygon.ts';

const random = new SeededRandom(5);
const n = 3000;
const x = Float64Array.from({ length: n }, () => 3 * random.nextNormal());
const y = Float64Array.from({ length: n }, () => random.nextNormal() - 7);
const index = indexPoints(x, y);

test('the nearest point is the one that a look at all of them finds', () => {
  for (let i = 0; i < 300; i++) {
    const [atX, atY] = [4 * random.nextNormal(), random.nextNormal() - 7];
    const distances = Array.from(x, (_, point) => Math.hypot(x[point]! - atX, y[point]! - atY));
    const least = Math.min(...distances);
    assert.equal(index.nearest(atX, atY, 0.3), least <= 0.3 ? distances.indexOf(least) : null);
  }
});

test('nothing is found where nothing is near enough', () => {
  assert.equal(index.nearest(100, 100, 5), null);
  assert.equal(index.nearest(0, 30, 1), null);
});

test('the points inside a lasso are those that a look at all of them finds, in ascending order', () => {
  const lasso = [-2, -9, 1, -8, 4, -9, 3, -6, 0, -7, -3, -5];
  const all = Array.from(x.keys()).filter((point) => isInside(lasso, x[point]!, y[point]!));
  assert.ok(all.length > 300);
  assert.deepEqual([...index.inside(lasso)], all);
});

test('a lasso of hundreds of corners, which crosses itself, holds what a look at all edges of all points finds', () => {
  const outline = Array.from({ length: 400 }, (_, i) => {
    const turn = (6 * Math.PI * i) / 400;
    return [(1 + 0.02 * i) * Math.cos(turn) + 0.3 * random.nextNormal(), 2 * Math.sin(turn) - 7] as const;
  });
  const lasso = outline.flat();
  const all = Array.from(x.keys()).filter((point) => oddCrossings(lasso, x[point]!, y[point]!));
  assert.ok(all.length > 300 && all.length < 2500, String(all.length));
  assert.deepEqual([...index.inside(lasso)], all);
});

/** The rule as it is written down, edge by edge. */
function oddCrossings(polygon: readonly number[], atX: number, atY: number): boolean {
  let inside = false;
  const corners = polygon.length / 2;
  for (let i = 0; i < corners; i++) {
    const j = (i + corners - 1) % corners;
    const [ax, ay, bx, by] = [polygon[2 * i]!, polygon[2 * i + 1]!, polygon[2 * j]!, polygon[2 * j + 1]!];
    if (ay > atY !== by > atY && atX < ax + ((atY - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

test('a lasso beyond all points, or of two corners, holds none', () => {
  assert.equal(index.inside([90, 90, 99, 90, 99, 99]).length, 0);
  assert.equal(index.inside([-9, -9, 9, 9]).length, 0);
});

test('points in one place, one point and no point can be asked for', () => {
  const same = indexPoints(new Float64Array(50).fill(2), new Float64Array(50).fill(3));
  assert.equal(same.nearest(2, 3, 0.1), 0, 'the first of equals');
  assert.equal(same.inside([1, 2, 4, 2, 4, 4, 1, 4]).length, 50);
  assert.equal(indexPoints(new Float64Array(1), new Float64Array(1)).nearest(0.5, 0, 1), 0);
  assert.equal(indexPoints(new Float64Array(0), new Float64Array(0)).nearest(0, 0, 1), null);
});
