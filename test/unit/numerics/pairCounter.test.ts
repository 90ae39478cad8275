import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type BinnedPairs,
  countPairsPlainly,
  PairCounter,
  type PairWeights,
} from '../../../src/numerics/pairCounter.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

/** Every pair of the points that the random numbers keep, in a random bin. */
function randomPairs(random: SeededRandom, nPoints: number, nBins: number): BinnedPairs {
  const bins: (readonly [number, number])[][] = Array.from({ length: nBins }, () => []);
  for (let i = 0; i < nPoints; i++) {
    for (let j = i + 1; j < nPoints; j++) {
      if (random.nextInt(10) > 0) bins[random.nextInt(nBins)]!.push([i, j]);
    }
  }
  const pairs = bins.flat();
  const starts = new Uint32Array(nBins + 1);
  bins.forEach((bin, b) => (starts[b + 1] = starts[b]! + bin.length));
  return {
    nPoints,
    nBins,
    left: Uint16Array.from(pairs, ([i]) => i),
    right: Uint16Array.from(pairs, ([, j]) => j),
    starts,
  };
}

function randomWeights(
  random: SeededRandom,
  nPoints: number,
  nReplicates: number,
  most: number,
): PairWeights {
  const weights = () => Uint8Array.from({ length: nPoints * nReplicates }, () => random.nextInt(most + 1));
  return { nReplicates, positive: weights(), negative: weights() };
}

test('three points counted by hand', () => {
  // Pairs (0, 1) and (0, 2) in bin 0, (1, 2) in bin 1; a plain labelling, and one with multiplicities.
  const pairs = {
    nPoints: 3,
    nBins: 2,
    left: Uint16Array.of(0, 0, 1),
    right: Uint16Array.of(1, 2, 2),
    starts: Uint32Array.of(0, 2, 3),
  };
  const weights = {
    nReplicates: 2,
    positive: Uint8Array.of(1, 2, 1, 3, 0, 0),
    negative: Uint8Array.of(0, 0, 0, 0, 1, 5),
  };
  const expected = {
    withinPositive: Uint32Array.of(1, 0, 6, 0),
    withinNegative: Uint32Array.of(0, 0, 0, 0),
    cross: Uint32Array.of(1, 1, 10, 15),
  };
  assert.deepEqual(countPairsPlainly(pairs, weights), expected);
  assert.deepEqual(new PairCounter(pairs).count(weights), expected);
});

for (const [nPoints, nBins, nReplicates, most] of [
  [2, 1, 1, 1],
  [7, 3, 5, 1],
  [40, 17, 4, 20],
  [83, 64, 13, 3],
  [120, 2048, 9, 255],
] as const) {
  test(`${nPoints} points in ${nBins} bins, ${nReplicates} replicates of weights to ${most}: as the plain loops`, () => {
    const random = new SeededRandom(nPoints);
    const pairs = randomPairs(random, nPoints, nBins);
    const counter = new PairCounter(pairs);
    for (let repeat = 0; repeat < 2; repeat++) {
      const weights = randomWeights(random, nPoints, nReplicates, most);
      assert.deepEqual(counter.count(weights), countPairsPlainly(pairs, weights));
    }
  });
}
