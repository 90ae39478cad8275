import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextPicture } from '../../../webview-ui/nextPicture.ts';

// Three in a line, the last line short.
const grid = [0, 1, 2, 3, 4].map((i) => ({ x: (i % 3) * 80, y: Math.floor(i / 3) * 100 }));

test('left and right go from one to the next, and stop at the ends', () => {
  assert.equal(nextPicture('ArrowRight', 2, grid), 3);
  assert.equal(nextPicture('ArrowRight', 4, grid), 4);
  assert.equal(nextPicture('ArrowLeft', 3, grid), 2);
  assert.equal(nextPicture('ArrowLeft', 0, grid), 0);
  assert.equal(nextPicture('Home', 3, grid), 0);
  assert.equal(nextPicture('End', 0, grid), 4);
});

test('up and down go to the nearest of the next line', () => {
  assert.equal(nextPicture('ArrowDown', 1, grid), 4);
  assert.equal(nextPicture('ArrowDown', 2, grid), 4, 'there is none below');
  assert.equal(nextPicture('ArrowUp', 4, grid), 1);
  assert.equal(nextPicture('ArrowUp', 1, grid), 1);
  assert.equal(nextPicture('ArrowDown', 3, grid), 3);
});

test('other keys mean nothing', () => {
  for (const key of ['Enter', 'Tab', 'a', 'PageDown']) assert.equal(nextPicture(key, 0, grid), null);
});
