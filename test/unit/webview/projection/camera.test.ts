import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  panned,
  placementOf,
  pointUnder,
  wholeCamera,
  zoomedAt,
} from '../../../../webview-ui/projection/camera.ts';

const bounds = { left: -10, right: 10, bottom: 0, top: 5 };
const viewport = { width: 432, height: 232 };
const whole = wholeCamera(bounds);

test('all points fit, in one scale for both axes, with a margin', () => {
  const { scale, left, top } = placementOf(whole, bounds, viewport);
  assert.equal(scale, 20, '400 pixels for 20 units');
  assert.deepEqual([-10 * scale + left, 10 * scale + left], [16, 416]);
  assert.deepEqual([top - 5 * scale, top - 0 * scale], [66, 166], 'up is up, in the middle');
});

test('a point under the pointer stays there when it zooms', () => {
  const at = [120, 90] as const;
  const before = pointUnder(placementOf(whole, bounds, viewport), ...at);
  const camera = zoomedAt(whole, bounds, viewport, 3, at);
  assert.equal(camera.zoom, 3);
  const after = pointUnder(placementOf(camera, bounds, viewport), ...at);
  assert.ok(Math.hypot(after[0] - before[0], after[1] - before[1]) < 1e-9);
});

test('a drag moves the points with the pointer', () => {
  const camera = panned(whole, bounds, placementOf(whole, bounds, viewport), 40, -20);
  const { scale, left, top } = placementOf(camera, bounds, viewport);
  assert.deepEqual([0 * scale + left, top - 2.5 * scale], [216 + 40, 116 - 20]);
});

test('nobody gets lost: the middle stays among the points, the zoom within its ends', () => {
  const far = panned(whole, bounds, placementOf(whole, bounds, viewport), 1e6, 1e6);
  assert.deepEqual([far.x, far.y], [-10, 5]);
  assert.equal(zoomedAt(whole, bounds, viewport, 1e9, [0, 0]).zoom, 4000);
  assert.equal(zoomedAt(whole, bounds, viewport, 1e-9, [0, 0]).zoom, 0.5);
});

test('points in one place, and a plot without room, still have a scale', () => {
  const point = { left: 3, right: 3, bottom: 4, top: 4 };
  assert.equal(placementOf(wholeCamera(point), point, viewport).scale, 1);
  assert.ok(placementOf(whole, bounds, { width: 0, height: 0 }).scale > 0);
});
