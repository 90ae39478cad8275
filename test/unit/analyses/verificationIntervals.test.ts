import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verificationIntervals } from '../../../src/analyses/verificationIntervals.ts';
import type { JudgedPairs } from '../../../src/analyses/verificationModalities.ts';
import { pairClusters } from '../../../src/numerics/pairClusters.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { equalErrorRate, operatingPoints, rocAuc } from '../../../src/numerics/roc.ts';
import { mean } from '../../../src/numerics/sums.ts';
import { wilsonInterval } from '../../../src/numerics/wilson.ts';

/** Pairs with their distances, by the people at both ends. */
function pairs(distances: readonly number[], first: readonly number[], second = first): JudgedPairs {
  const clusters = pairClusters(Int32Array.from(first), Int32Array.from(second));
  return { left: clusters.first, right: clusters.second, distances: Float64Array.from(distances), clusters };
}

function intervalsOf(matched: JudgedPairs, unmatched: JudgedPairs) {
  const points = operatingPoints(matched.distances, unmatched.distances);
  const { rate: eer, threshold: eerThreshold } = equalErrorRate(points);
  const auc = rocAuc(points);
  const means = {
    meanWithin: mean(matched.distances),
    meanBetween: mean(unmatched.distances),
    meanWithinOverIdentities: NaN,
  };
  const measured = { auc, eer, eerThreshold, bandwidth: 0.3 };
  return { auc, eer, ...means, ...verificationIntervals(matched, unmatched, points, measured, means) };
}

const near = (found: readonly number[] | null, expected: readonly number[]): void => {
  assert.equal(found?.length, expected.length);
  found.forEach((x, i) => assert.ok(Math.abs(x - expected[i]!) < 1e-12, `${x} is not ${expected[i]!}`));
};

test('by hand: nobody in two pairs, so that the AUC has DeLong’s variance, of sums rather than of samples', () => {
  // Placements: of 1, 2, 4 among 3, 5: 1, 1, ½; of 3, 5 among 1, 2, 4: ⅔, 1. AUC 5/6.
  const found = intervalsOf(pairs([1, 2, 4], [0, 1, 2]), pairs([3, 5], [3, 5], [4, 6]));
  assert.equal(found.auc, 5 / 6);
  const squares = (2 * (1 / 6) ** 2 + (1 / 3) ** 2) / 9 + (2 * (1 / 6) ** 2) / 4;
  // Seven people, each of them in one pair alone.
  const variance = (squares * 7) / 6;
  near(found.aucCi, wilsonInterval(5 / 6, 5 / 36 / variance));
});

test('by hand: ties count half in placements', () => {
  const found = intervalsOf(pairs([1, 3], [0, 1]), pairs([3, 4], [2, 4], [3, 5]));
  // Of 3 among 3, 4: ¾ are farther; of 3 among 1, 3: ¾ are closer.
  assert.equal(found.auc, 7 / 8);
  const variance = ((2 * (1 / 8) ** 2) / 4 + (2 * (1 / 8) ** 2) / 4) * (6 / 5);
  near(found.aucCi, wilsonInterval(7 / 8, 7 / 64 / variance));
});

test('by hand: means of people who share pairs, and their ratio', () => {
  // Person 0 has two matched pairs. Residuals −½, −½ and 1; by person −1 and 1.
  const matched = pairs([1, 1, 2.5], [0, 0, 1]);
  // A triangle: each two of its pairs share a person. Residuals −1, 0, 1.
  const unmatched = pairs([3, 4, 5], [0, 1, 0], [1, 2, 2]);
  const found = intervalsOf(matched, unmatched);
  const half = (variance: number): number => 1.959963984540054 * Math.sqrt(variance);
  const ofWithin = ((1 + 1) / 9) * 2;
  near(found.meanWithinCi, [1.5 - half(ofWithin), 1.5 + half(ofWithin)]);
  // By person −1 + 1 = 0, −1 + 0, 0 + 1; less the dyads’ own 1 + 0 + 1: below the independent 2, which stands.
  near(found.meanBetweenCi, [4 - half(2 / 9), 4 + half(2 / 9)]);
  const [ratioLow, ratioHigh] = found.ratioCi!;
  assert.ok(Math.abs((ratioLow + ratioHigh) / 2 - 1.5 / 4) < 1e-12);
});

test('where nothing varies there is no interval', () => {
  const found = intervalsOf(pairs([1, 1], [0, 1]), pairs([2, 2], [2, 4], [3, 5]));
  assert.deepEqual(
    [found.auc, found.aucCi, found.eerCi, found.meanWithinCi, found.meanBetweenCi, found.ratioCi],
    [1, null, null, null, null, null],
  );
});

test('intervals hold the truth of people who are easy or hard throughout, and those of independent pairs do not', () => {
  // A person’s difficulty is in all their pairs; 40 people, three matched pairs each, every two of them unmatched.
  const draw = (random: SeededRandom, nPeople: number) => {
    const difficulty = Float64Array.from({ length: nPeople }, () => 0.6 * random.nextNormal());
    const [own, one, other]: [number[], number[], number[]] = [[], [], []];
    for (let person = 0; person < nPeople; person++) {
      own.push(person, person, person);
      for (let second = 0; second < person; second++) {
        one.push(person);
        other.push(second);
      }
    }
    const within = own.map((person) => 1 + difficulty[person]! + 0.5 * random.nextNormal());
    const between = one.map(
      (person, i) => 3 + difficulty[person]! - difficulty[other[i]!]! + 0.7 * random.nextNormal(),
    );
    return intervalsOf(pairs(within, own), pairs(between, one, other));
  };
  const truth = draw(new SeededRandom(99), 1500);
  const repetitions = 200;
  const held = { auc: 0, eer: 0, meanWithin: 0, meanBetween: 0, independent: 0 };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const found = draw(new SeededRandom(repetition), 40);
    const holds = (ci: readonly [number, number] | null, value: number): number =>
      Number(ci !== null && ci[0] <= value && value <= ci[1]);
    held.auc += holds(found.aucCi, truth.auc);
    held.eer += holds(found.eerCi, truth.eer);
    held.meanWithin += holds(found.meanWithinCi, 1);
    held.meanBetween += holds(found.meanBetweenCi, 3);
    held.independent += holds([...wilsonInterval(found.eer, 120 + 780)], truth.eer);
  }
  const shares = Object.fromEntries(Object.entries(held).map(([name, n]) => [name, n / repetitions]));
  for (const name of ['auc', 'eer', 'meanWithin', 'meanBetween']) {
    assert.ok(shares[name]! >= 0.89 && shares[name]! <= 0.99, `${name}: ${shares[name]!}`);
  }
  assert.ok(shares['independent']! < 0.8, `independent: ${shares['independent']!}`);
});
