import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moveCursor } from '../../../../webview-ui/projection/plotCursor.ts';

const plot = { width: 400, height: 300 };
const key = (name: string, shiftKey = false) => ({ key: name, shiftKey });
const at = (x: number, y: number) => ({ x, y, corner: null });

test('the first arrow key puts the cursor into the middle, the next ones move it', () => {
  assert.deepEqual(moveCursor(null, key('ArrowUp'), plot), { cursor: at(200, 150), pan: [0, 0] });
  assert.deepEqual(moveCursor(at(200, 150), key('ArrowUp'), plot)!.cursor, at(200, 142));
  assert.deepEqual(moveCursor(at(200, 150), key('ArrowRight', true), plot)!.cursor, at(248, 150));
});

test('at the border the map moves instead', () => {
  assert.deepEqual(moveCursor(at(390, 150), key('ArrowRight'), plot), {
    cursor: at(388, 150),
    pan: [-10, 0],
  });
  assert.deepEqual(moveCursor(at(200, 20), key('ArrowUp', true), plot), {
    cursor: at(200, 12),
    pan: [0, 40],
  });
});

test('a corner that was set stays, and other keys mean nothing', () => {
  const cursor = { x: 100, y: 100, corner: [1, 2] as const };
  assert.deepEqual(moveCursor(cursor, key('ArrowDown'), plot)!.cursor.corner, [1, 2]);
  assert.equal(moveCursor(cursor, key('Enter'), plot), null);
  assert.equal(moveCursor(cursor, key('toString'), plot), null);
});
