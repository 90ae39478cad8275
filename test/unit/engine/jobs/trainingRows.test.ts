import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Identities } from '../../../../src/domain/datasetTable.ts';
import { trainingRows } from '../../../../src/engine/jobs/trainingRows.ts';

test('all rows are taken where they are few', () => {
  assert.deepEqual([...trainingRows(people(2, 3), 1, 6)], [0, 1, 2, 3, 4, 5]);
});

test('of many, whole people are drawn', () => {
  const rows = trainingRows(people(10, 5), 1, 20);
  assert.equal(rows.length, 20);
  assert.deepEqual(rows, rows.slice().sort());
  const perPerson = new Map<number, number>();
  for (const row of rows) perPerson.set(Math.floor(row / 5), (perPerson.get(Math.floor(row / 5)) ?? 0) + 1);
  assert.deepEqual([...perPerson.values()], [5, 5, 5, 5]);
});

test('one person gives at most 20 images', () => {
  const rows = trainingRows(people(4, 50), 1, 60);
  const counts = [0, 0, 0, 0];
  for (const row of rows) counts[Math.floor(row / 50)]!++;
  assert.deepEqual(counts.sort(), [0, 20, 20, 20]);
});

test('where nobody is known, single images are drawn', () => {
  const rows = trainingRows({ ...people(100, 1), known: false }, 1, 10);
  assert.equal(new Set(rows).size, 10);
  assert.deepEqual(rows, rows.slice().sort());
});

test('the seed decides', () => {
  assert.deepEqual(trainingRows(people(50, 2), 1, 10), trainingRows(people(50, 2), 1, 10));
  assert.notDeepEqual(trainingRows(people(50, 2), 1, 10), trainingRows(people(50, 2), 2, 10));
});

function people(nPeople: number, imagesEach: number): Identities {
  return {
    known: true,
    index: Int32Array.from({ length: nPeople * imagesEach }, (_, row) => Math.floor(row / imagesEach)),
    names: Array.from({ length: nPeople }, (_, i) => `p${i}`),
  };
}
