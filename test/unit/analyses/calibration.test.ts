import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binomialLowerTail, binomialUpperTail } from '../../support/binomial.ts';
import {
  naiveFailsIn,
  nullPopulations,
  type NullPopulation,
  nullSample,
  samePeopleSample,
} from '../../support/nullPopulations.ts';
import { countRejections, type Rejections } from '../../support/rejections.ts';

/** `test/bench/calibrationStudy.ts` does the same a thousand times. */
const repetitions = 60;
/** 0.05 is a multiple of 1/(permutations + 1): the level is met exactly. */
const permutations = 99;
const populations = Object.keys(nullPopulations) as NullPopulation[];
/** Of six populations and three p-values one would cross it by chance in a hundredth of all seeds. */
const tooUnlikely = 5e-4;

const found = new Map<NullPopulation, Rejections>();

for (const population of populations) {
  test(`${population}: of a true null the permutation p rejects no more than its level`, async () => {
    const rejections = await countRejections(
      (repetition) => nullSample(population, repetition, 100),
      repetitions,
      { permutations },
    );
    found.set(population, rejections);
    for (const kind of ['permutation', 'permutationNegative', 'energy'] as const) {
      const tail = binomialUpperTail(rejections[kind], repetitions, 0.05);
      assert.ok(tail > tooUnlikely, `${kind}: ${rejections[kind]} of ${repetitions}, chance ${tail}`);
    }
  });
}

test('over all populations it rejects no less either', () => {
  const all = repetitions * populations.length;
  for (const kind of ['permutation', 'permutationNegative', 'energy'] as const) {
    const rejected = populations.reduce((sum, population) => sum + found.get(population)![kind], 0);
    const tails = [binomialUpperTail(rejected, all, 0.05), binomialLowerTail(rejected, all, 0.05)];
    assert.ok(Math.min(...tails) > tooUnlikely, `${kind}: ${rejected} of ${all}, chance ${tails.join(', ')}`);
  }
});

test('the naive p fails on the same data wherever people are unequal', () => {
  for (const population of naiveFailsIn) {
    const { naive } = found.get(population)!;
    const tail = binomialUpperTail(naive, repetitions, 0.05);
    assert.ok(tail < 1e-6, `${population}: ${naive} of ${repetitions}, chance ${tail}`);
  }
});

test('with the same people on both sides it rejects as often', async () => {
  const counts = await countRejections((repetition) => samePeopleSample(repetition, 30), 3 * repetitions, {
    permutations,
    sameIdentity: 'include',
  });
  for (const kind of ['permutation', 'permutationNegative', 'energy'] as const) {
    const tails = [binomialUpperTail, binomialLowerTail].map((tail) =>
      tail(counts[kind], 3 * repetitions, 0.05),
    );
    assert.ok(Math.min(...tails) > tooUnlikely, `${kind}: ${counts[kind]}, chance ${tails.join(', ')}`);
  }
});

test('by hand: of two tosses of a fair coin', () => {
  assert.deepEqual(
    [0, 1, 2].map((k) => binomialUpperTail(k, 2, 0.5).toFixed(12)),
    ['1.000000000000', '0.750000000000', '0.250000000000'],
  );
  assert.equal(binomialLowerTail(0, 2, 0.5).toFixed(12), '0.250000000000');
});
