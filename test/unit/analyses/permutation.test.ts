import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LabelledPoints, permutationDesign, permuteLabels } from '../../../src/analyses/permutation.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

/** How often each labelling comes out of `draws` permutations, written as a string of + and −. */
function tally(points: LabelledPoints, draws: number): Map<string, number> {
  const design = permutationDesign(points);
  const random = new SeededRandom(7);
  const counts = new Map<string, number>();
  for (let draw = 0; draw < draws; draw++) {
    const labels = permuteLabels(design, random);
    const key = Array.from(labels, (label) => (label > 0 ? '+' : label < 0 ? '-' : '0')).join('');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function points(labels: readonly number[], identities: readonly number[], strata?: readonly number[]) {
  return {
    labels: Int8Array.from(labels),
    identities: Int32Array.from(identities),
    strata: strata ? Int32Array.from(strata) : null,
  };
}

/** Exactly these labellings, each equally often to within five standard deviations. */
function assertUniform(counts: Map<string, number>, expected: readonly string[]): void {
  assert.deepEqual([...counts.keys()].sort(), [...expected].sort());
  const draws = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const share = 1 / expected.length;
  for (const [labels, count] of counts) {
    const deviation = Math.sqrt(draws * share * (1 - share));
    assert.ok(Math.abs(count - draws * share) < 5 * deviation, `${labels}: ${count} of ${draws}`);
  }
}

test('people of one modality change it among each other, every arrangement equally likely', () => {
  assertUniform(tally(points([1, 1, -1, -1], [0, 1, 2, 3]), 6000), [
    '++--',
    '+-+-',
    '+--+',
    '-++-',
    '-+-+',
    '--++',
  ]);
});

test('a person with both modalities shuffles them within, and changes with nobody', () => {
  assertUniform(tally(points([1, 1, -1, -1], [0, 1, 0, 1]), 4000), ['++--', '+--+', '-++-', '--++']);
});

test('people with both and people with one do not mix', () => {
  // Person 0 has both; 1 is positive, 2 negative: the first two points differ, and so do the last two.
  assertUniform(tally(points([1, -1, 1, -1], [0, 0, 1, 2]), 4000), ['+-+-', '+--+', '-++-', '-+-+']);
});

test('all points of a person move together, whatever their number', () => {
  assertUniform(tally(points([1, 1, 1, -1], [0, 0, 0, 1]), 2000), ['+++-', '---+']);
});

test('labels move within strata alone', () => {
  const strata = [5, 5, 9, 9];
  assertUniform(tally(points([1, -1, 1, -1], [0, 1, 2, 3], strata), 4000), ['+-+-', '+--+', '-++-', '-+-+']);
  // A stratum of one modality stays as it is.
  assertUniform(tally(points([1, 1, 1, -1], [0, 1, 2, 3], strata), 2000), ['+++-', '++-+']);
});

test('points without a label take no part', () => {
  assertUniform(tally(points([0, 1, -1, 0], [0, 0, 1, 1]), 2000), ['0+-0', '0-+0']);
});
