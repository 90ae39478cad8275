import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cdfPoints, heightAt, risingRange } from '../../../webview-ui/charts/cdf.ts';
import type { Distribution } from '../../../src/protocol/report.ts';

const distribution: Distribution = {
  attribute: 'Hat',
  min: 0,
  max: 2,
  withinPositive: [1, 3, 0, 4],
  withinNegative: [0, 0, 0, 0],
  cross: [0, 2, 2, 0],
};

test('the distribution function is the cumulated counts at the right edge of each bin', () => {
  assert.deepEqual(cdfPoints(distribution, 'withinPositive'), [
    { x: 0, y: 0 },
    { x: 0.5, y: 1 / 8 },
    { x: 1, y: 4 / 8 },
    { x: 1.5, y: 4 / 8 },
    { x: 2, y: 1 },
  ]);
});

test('where nothing was counted there is no curve', () => {
  assert.deepEqual(cdfPoints(distribution, 'withinNegative'), []);
  assert.equal(heightAt([], 1), null);
});

test('the last edge is the maximum itself, whatever the rounding of bins', () => {
  const points = cdfPoints({ ...distribution, min: 0.1, max: 0.7, cross: [1, 1, 1, 1, 1, 1, 1] }, 'cross');
  assert.equal(points.at(-1)?.x, 0.7);
});

test('between two edges the curve is a straight line, outside it is flat', () => {
  const points = cdfPoints(distribution, 'withinPositive');
  assert.equal(heightAt(points, 0.75), 2.5 / 8);
  assert.equal(heightAt(points, 1.25), 0.5);
  assert.equal(heightAt(points, -1), 0);
  assert.equal(heightAt(points, 3), 1);
});

test('the axis leaves out what is flat', () => {
  const cross = cdfPoints(distribution, 'cross');
  assert.deepEqual(risingRange([cross]), [0.5, 1.5]);
  assert.deepEqual(risingRange([cross, cdfPoints(distribution, 'withinPositive')]), [0, 2]);
  assert.equal(risingRange([[]]), null);
});
