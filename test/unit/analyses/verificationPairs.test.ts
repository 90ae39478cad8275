import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairsOfDataSet } from '../../../src/analyses/verificationPairs.ts';
import type { PairList } from '../../../src/analyses/listedDistances.ts';

// Rows 0, 2, 5 of person 3; 1, 6 of person 0; 4 of person 7; row 3 cannot be used.
const identities = Int32Array.of(3, 0, 3, 0, 7, 3, 0);
const usable = Uint8Array.of(1, 1, 1, 0, 1, 1, 1);

test('fewer pairs than allowed: each pair of usable rows is there once, on its side', () => {
  const sets = pairsOfDataSet(usable, identities, 100, 1);
  assert.deepEqual(listed(sets.matched), ['0 2', '0 5', '1 6', '2 5']);
  const unmatched = ['0 1', '0 4', '0 6', '1 2', '1 4', '1 5', '2 4', '2 6', '4 5', '4 6', '5 6'];
  assert.deepEqual(listed(sets.unmatched), unmatched);
  assert.deepEqual([sets.nMatchedPossible, sets.nUnmatchedPossible], [4, 11]);
});

test('more than allowed: a sample without repeats, of each kind and by seed', () => {
  const sets = pairsOfDataSet(usable, identities, 3, 1);
  const all = pairsOfDataSet(usable, identities, 100, 1);
  for (const kind of ['matched', 'unmatched'] as const) {
    const sample = listed(sets[kind]);
    assert.equal(new Set(sample).size, 3);
    assert.ok(sample.every((pair) => listed(all[kind]).includes(pair)));
  }
  assert.deepEqual([sets.nMatchedPossible, sets.nUnmatchedPossible], [4, 11]);
  assert.deepEqual(pairsOfDataSet(usable, identities, 3, 1), sets);
});

test('over seeds all pairs are drawn equally often, whatever the size of its people', () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 4000; seed++) {
    const { matched, unmatched } = pairsOfDataSet(usable, identities, 1, seed);
    for (const pair of [...listed(matched), ...listed(unmatched)]) {
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  }
  assert.equal(counts.size, 15);
  for (const pair of ['0 2', '0 5', '1 6', '2 5']) assertNear(counts.get(pair)!, 1000, 140);
  for (const pair of ['0 1', '4 5', '5 6', '1 4']) assertNear(counts.get(pair)!, 364, 90);
});

test('a large set is decoded right: 60,000 pairs of 351 rows', () => {
  const people = Int32Array.from({ length: 351 }, (_, row) => Math.floor(Math.sqrt(row)));
  const sets = pairsOfDataSet(new Uint8Array(351).fill(1), people, 100_000, 1);
  assert.equal(sets.matched.left.length + sets.unmatched.left.length, (351 * 350) / 2);
  const pairs = [...listed(sets.matched), ...listed(sets.unmatched)];
  assert.equal(new Set(pairs).size, pairs.length);
  assert.ok(sets.matched.left.every((row, i) => people[row] === people[sets.matched.right[i]!]));
  assert.ok(sets.unmatched.left.every((row, i) => people[row] !== people[sets.unmatched.right[i]!]));
});

function listed({ left, right }: PairList): string[] {
  return Array.from(left, (row, i) => [row, right[i]!].sort((a, b) => a - b).join(' ')).sort();
}

function assertNear(found: number, wanted: number, tolerance: number): void {
  assert.ok(Math.abs(found - wanted) <= tolerance, `${found} for ${wanted}`);
}
