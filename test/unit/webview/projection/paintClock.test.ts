import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PaintClock } from '../../../../webview-ui/projection/paintClock.ts';

test('all points are drawn where that is quick, or nothing is known yet', () => {
  const clock = new PaintClock();
  assert.equal(clock.stride(50_000), 1);
  clock.record(9, 1);
  assert.equal(clock.stride(50_000), 1);
});

test('where painting all takes three frames, a third is drawn; a painting of a part speaks for all', () => {
  const clock = new PaintClock();
  clock.record(29, 1);
  assert.equal(clock.stride(50_000), 3);
  clock.record(9, 3);
  assert.equal(clock.stride(50_000), 3);
});

test('the quickest of the last paintings counts, and old ones are forgotten', () => {
  const clock = new PaintClock();
  for (const ms of [80, 5, 60]) clock.record(ms, 1);
  assert.equal(clock.stride(50_000), 1);
  for (let i = 0; i < 6; i++) clock.record(45, 1);
  assert.equal(clock.stride(50_000), 5);
});

test('a few points are always drawn, and of many never fewer than one of 16', () => {
  const clock = new PaintClock();
  clock.record(900, 1);
  assert.equal(clock.stride(5000), 1);
  assert.equal(clock.stride(50_000), 16);
});
