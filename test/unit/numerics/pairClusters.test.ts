import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clusteredShare, pairClusters } from '../../../src/numerics/pairClusters.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { wilsonInterval } from '../../../src/numerics/wilson.ts';

test('by hand: pairs inside clusters', () => {
  // Cluster 0: three of three, cluster 1: none of one. Residuals sum to 3/4 and −3/4; G/(G − 1) = 2.
  const inside = Int32Array.of(0, 0, 0, 1);
  const result = clusteredShare(Int8Array.of(1, 1, 1, 0), pairClusters(inside, inside))!;
  const variance = (2 * (2 * (3 / 4) ** 2)) / 16;
  assert.equal(result.share, 0.75);
  assert.equal(result.nClusters, 2);
  assert.ok(Math.abs(result.nEffective - Math.max(1, 3 / 16 / variance)) < 1e-12);
  assert.deepEqual(result.interval, wilsonInterval(0.75, result.nEffective));
});

test('by hand: the dyadic variance is the sum over all couples of pairs that share somebody', () => {
  const random = new SeededRandom(5);
  const n = 60;
  const first = Int32Array.from({ length: n }, () => random.nextInt(6));
  const second = Int32Array.from({ length: n }, () => 6 + random.nextInt(6));
  // Some pairs join the same two clusters, in either order.
  [first[1], second[1]] = [first[0]!, second[0]!];
  [first[2], second[2]] = [second[0]!, first[0]!];
  // Cluster 0 drives the outcomes, so that the estimate lies above the independent one.
  const outcomes = Int8Array.from(first, (cluster) => (cluster < 2 ? 1 : 0));
  const share = outcomes.reduce((sum, x) => sum + x, 0) / n;
  let couples = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const ends = [first[i], second[i]];
      if (!ends.includes(first[j]) && !ends.includes(second[j])) continue;
      couples += (outcomes[i]! - share) * (outcomes[j]! - share);
    }
  }
  const variance = ((couples / n ** 2) * 12) / 11;
  const result = clusteredShare(outcomes, pairClusters(first, second))!;
  assert.equal(result.nClusters, 12);
  assert.ok(Math.abs(result.nEffective - (share * (1 - share)) / variance) < 1e-9);
  assert.ok(result.nEffective < n);
});

test('independent pairs count in full: nobody meets twice', () => {
  const first = Int32Array.from({ length: 200 }, (_, i) => 2 * i);
  const second = first.map((i) => i + 1);
  const outcomes = Int8Array.from(first, (_, i) => (i % 10 === 0 ? 1 : 0));
  const result = clusteredShare(outcomes, pairClusters(first, second))!;
  assert.ok(result.nEffective > 199 && result.nEffective <= 200, String(result.nEffective));
});

test('outcomes that balance inside clusters by chance are worth no more than independent ones', () => {
  const inside = Int32Array.from({ length: 40 }, (_, i) => i >> 1);
  const outcomes = Int8Array.from(inside, (cluster, i) => (cluster === 0 ? 1 : i % 2));
  const { nEffective } = clusteredShare(outcomes, pairClusters(inside, inside))!;
  assert.ok(Math.abs(nEffective - 40) < 1e-9, String(nEffective));
});

test('pairs that take no part change nothing', () => {
  const inside = Int32Array.of(0, 0, 1, 2, 2, 3);
  const all = clusteredShare(Int8Array.of(1, 0, 1, -1, -1, 0), pairClusters(inside, inside));
  const kept = Int32Array.of(0, 0, 1, 3);
  assert.deepEqual(all, clusteredShare(Int8Array.of(1, 0, 1, 0), pairClusters(kept, kept)));
  assert.equal(clusteredShare(new Int8Array(6).fill(-1), pairClusters(inside, inside)), null);
});

test('where all outcomes agree a cluster counts once inside, and pairs across count in full', () => {
  const inside = Int32Array.from({ length: 300 }, (_, i) => Math.floor(i / 100));
  const same = clusteredShare(new Int8Array(300).fill(1), pairClusters(inside, inside))!;
  assert.equal(same.nEffective, 3);
  assert.deepEqual(same.interval, wilsonInterval(1, 3));
  const across = clusteredShare(
    new Int8Array(300),
    pairClusters(
      inside,
      inside.map((c) => c + 3),
    ),
  )!;
  assert.equal(across.nEffective, 300);
});

test('pairs that all have one cluster at an end are one observation', () => {
  const hub = new Int32Array(50);
  const others = Int32Array.from({ length: 50 }, (_, i) => i + 1);
  for (const outcomes of [Int8Array.from(hub, (_, i) => i % 2), new Int8Array(50)]) {
    for (const second of [hub, others, new Int32Array(50).fill(1)]) {
      assert.equal(clusteredShare(outcomes, pairClusters(hub, second))!.nEffective, 1);
    }
  }
});

test('the interval holds the truth about as often as it says, where the independent one fails', () => {
  const random = new SeededRandom(11);
  const covered = { inside: 0, acrossClusters: 0, independent: 0 };
  const nRuns = 300;
  for (let run = 0; run < nRuns; run++) {
    // 60 people with 25 pairs each; a person is easy (accepted at 0.99) or hard (0.6), so that 0.873 is true.
    const person = Int32Array.from({ length: 1500 }, (_, i) => Math.floor(i / 25));
    const ease = Float64Array.from({ length: 60 }, () => (random.nextFloat() < 0.7 ? 0.99 : 0.6));
    const accepted = Int8Array.from(person, (p) => (random.nextFloat() < ease[p]! ? 1 : 0));
    const result = clusteredShare(accepted, pairClusters(person, person))!;
    if (holds(result.interval, 0.873)) covered.inside++;
    if (holds(wilsonInterval(result.share, 1500), 0.873)) covered.independent++;

    // 4000 pairs of 80 people; a pair errs at a rate that both people raise: 0.1 = 0.05 + 0.05 on average.
    const rate = Float64Array.from({ length: 80 }, () => (random.nextFloat() < 0.25 ? 0.2 : 0));
    const first = Int32Array.from({ length: 4000 }, () => random.nextInt(80));
    const second = first.map((a) => (a + 1 + random.nextInt(79)) % 80);
    const errors = Int8Array.from(first, (a, i) =>
      random.nextFloat() < rate[a]! + rate[second[i]!]! ? 1 : 0,
    );
    if (holds(clusteredShare(errors, pairClusters(first, second))!.interval, 0.1)) covered.acrossClusters++;
  }
  assert.ok(covered.inside >= 0.92 * nRuns, JSON.stringify(covered));
  assert.ok(covered.acrossClusters >= 0.92 * nRuns, JSON.stringify(covered));
  assert.ok(covered.independent <= 0.75 * nRuns, JSON.stringify(covered));
});

function holds([low, high]: readonly [number, number], value: number): boolean {
  return low <= value && value <= high;
}
