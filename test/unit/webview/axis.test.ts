import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ksAxis, niceAxis, positionOn } from '../../../webview-ui/charts/axis.ts';

test('an axis begins and ends on ticks that enclose the values', () => {
  assert.deepEqual(ksAxis([0.183, 0.02], false), {
    min: 0,
    max: 0.2,
    ticks: [0, 0.05, 0.1, 0.15, 0.2],
    decimals: 2,
  });
});

test('a signed axis reaches left of zero, and zero is a tick', () => {
  const axis = ksAxis([0.183, -0.023], true);
  assert.deepEqual(axis.ticks, [-0.05, 0, 0.05, 0.1, 0.15, 0.2]);
  assert.ok(Object.is(axis.ticks[1], 0), 'plain zero');
});

test('a signed axis without negative values begins at zero', () => {
  assert.equal(ksAxis([0.1], true).min, 0);
});

test('noise is not blown up to a finding', () => {
  assert.equal(ksAxis([0.004, 0.001], false).max, 0.05);
  assert.equal(ksAxis([], false).max, 0.05);
});

test('values that are no numbers do not break the axis', () => {
  assert.equal(ksAxis([Number.NaN, 0.1], false).max, 0.1);
  assert.deepEqual(niceAxis(Number.NaN, 2).ticks, niceAxis(0, 1).ticks);
  assert.deepEqual(niceAxis(3, 3).ticks, niceAxis(0, 1).ticks);
});

test('steps above one are whole', () => {
  assert.deepEqual(niceAxis(0, 43).ticks, [0, 10, 20, 30, 40, 50]);
  assert.equal(niceAxis(0, 43).decimals, 0);
});

test('a position is a share of the axis', () => {
  const axis = niceAxis(-1, 3);
  assert.equal(positionOn(axis, axis.min), 0);
  assert.equal(positionOn(axis, axis.max), 1);
  assert.equal(positionOn(axis, 1), 0.5);
});
