import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderBySimilarity } from '../../../webview-ui/seriation.ts';

function order(rows: readonly (readonly number[])[]): number[] {
  return orderBySimilarity(rows.length, (i, j) => rows[i]![j]!);
}

test('alike things stand together, whatever order they come in', () => {
  // 0 and 2 are alike, 1 and 3 are.
  const rows = [
    [1, 0.1, 0.9, 0],
    [0.1, 1, 0.2, 0.8],
    [0.9, 0.2, 1, 0],
    [0, 0.8, 0, 1],
  ];
  // Joined: (0, 2), then (1, 3); of their ends 2 and 1 are the most alike.
  assert.deepEqual(order(rows), [0, 2, 1, 3]);
});

test('groups turn round so that the ends that meet are the most alike', () => {
  // 0–1 and 2–3 are pairs; 0 and 3 are the ends that are alike.
  const rows = [
    [1, 0.9, 0.1, 0.5],
    [0.9, 1, 0, 0],
    [0.1, 0, 1, 0.8],
    [0.5, 0, 0.8, 1],
  ];
  assert.deepEqual(order(rows), [1, 0, 3, 2]);
});

test('a group counts by the mean of its members, not by the nearest', () => {
  // 0–1 joined first. To 2: mean (0.6 + 0)/2 = 0.3, less than the 0.4 of 2 and 3, which join next.
  const rows = [
    [1, 0.9, 0.6, 0],
    [0.9, 1, 0, 0],
    [0.6, 0, 1, 0.4],
    [0, 0, 0.4, 1],
  ];
  assert.deepEqual(order(rows), [1, 0, 2, 3]);
});

test('what cannot be told apart stays as it was; none and one are orders too', () => {
  const same = Array.from({ length: 3 }, () => [0, 0, 0]);
  assert.deepEqual(order(same), [0, 1, 2]);
  assert.deepEqual(order([]), []);
  assert.deepEqual(order([[1]]), [0]);
});

test('each of a hundred comes once', () => {
  const found = orderBySimilarity(100, (i, j) => Math.cos(i * j));
  assert.deepEqual(
    [...found].sort((a, b) => a - b),
    [...found.keys()],
  );
});
