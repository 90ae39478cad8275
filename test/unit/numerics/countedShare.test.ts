import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedShare } from '../../../src/numerics/countedShare.ts';
import { clusteredShare } from '../../../src/numerics/pairClusters.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

const nClusters = 7;

/** The same outcomes one by one, as the general definition takes them. */
function reference(outcomes: Int8Array, cluster: Int32Array) {
  return clusteredShare(outcomes, { first: cluster, second: cluster, nClusters, dyad: cluster, nDyads: 0 });
}

function counted(outcomes: Int8Array, cluster: Int32Array) {
  const positive = new Int32Array(nClusters);
  const known = new Int32Array(nClusters);
  outcomes.forEach((outcome, i) => {
    if (outcome < 0) return;
    positive[cluster[i]!]! += outcome;
    known[cluster[i]!]!++;
  });
  return countedShare(positive, known);
}

function assertSame(outcomes: Int8Array, cluster: Int32Array): void {
  const [actual, expected] = [counted(outcomes, cluster), reference(outcomes, cluster)];
  const words = `${outcomes.join()} of ${cluster.join()}`;
  if (!actual || !expected) {
    assert.equal(actual, expected, words);
    return;
  }
  assert.deepEqual(
    [actual.share, actual.nPairs, actual.nClusters],
    [expected.share, expected.nPairs, expected.nClusters],
    words,
  );
  assert.ok(Math.abs(actual.nEffective / expected.nEffective - 1) < 1e-12, words);
  for (const end of [0, 1] as const) {
    assert.ok(Math.abs(actual.interval[end] - expected.interval[end]) < 1e-12, words);
  }
}

test('counts of clusters give what their outcomes give one by one', () => {
  const random = new SeededRandom(1);
  for (let trial = 0; trial < 500; trial++) {
    const n = random.nextInt(30);
    const cluster = Int32Array.from({ length: n }, () => random.nextInt(1 + (trial % nClusters)));
    const share = [0, 0.1, 0.5, 1][trial % 4]!;
    const outcomes = Int8Array.from({ length: n }, () =>
      random.nextFloat() < 0.1 ? -1 : Number(random.nextFloat() < share),
    );
    assertSame(outcomes, cluster);
  }
});

test('by hand: clusters of two that agree and one that does not are three outcomes, not six', () => {
  // Residuals 1, −1, 0 of 6: variance 2/36 · 3/2 = 1/12, and ¼ / (1/12) = 3.
  const found = countedShare(Int32Array.of(2, 0, 1), Int32Array.of(2, 2, 2));
  assert.equal(found!.share, 0.5);
  assert.ok(Math.abs(found!.nEffective - 3) < 1e-12);
  assert.equal(countedShare(Int32Array.of(0, 0), Int32Array.of(0, 0)), null);
});
