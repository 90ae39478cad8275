import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerificationInput } from '../../../src/analyses/verification.ts';
import { metrics } from '../../../src/domain/embeddingMatrix.ts';
import { crossValidatedAccuracy } from '../../../src/numerics/foldAccuracy.ts';
import { verificationSchema } from '../../../src/protocol/verificationSchema.ts';
import { embeddings, identities, images } from '../../support/macroscaleFixture.ts';
import { verify } from '../../support/runVerification.ts';
import {
  expected,
  lfwEmbeddings,
  lfwIdentities,
  lfwImages,
  lfwPairs,
} from '../../support/verificationFixture.ts';
import { distancesOfPairs, squaredLengths } from '../../../src/analyses/listedDistances.ts';

const lfw: VerificationInput = {
  embeddings: lfwEmbeddings,
  identities: lfwIdentities,
  identitiesKnown: true,
  images: lfwImages,
  attributes: [],
  pairs: lfwPairs,
};
const celeba: VerificationInput = {
  embeddings,
  identities,
  identitiesKnown: true,
  images,
  attributes: [],
  pairs: null,
};

for (const metric of metrics) {
  test(`pairs of LFW's protocol, ${metric}: rates, means and ten folds are the reference's`, async () => {
    const outcome = await verify(lfw, { metric });
    const { folds, mean_accuracy, standard_error, pooled } = expected.lfw[metric];
    assert.equal(outcome.sampling.pairs, 'protocol');
    assert.equal(outcome.nIdentities, expected.lfw.n_people);
    assert.deepEqual([outcome.nMatched, outcome.nUnmatched], [pooled.n_matched, pooled.n_unmatched]);
    assertRelative(outcome.meanWithin, pooled.mean_within);
    assertRelative(outcome.meanBetween, pooled.mean_between);
    assertRelative(outcome.ratio!, pooled.ratio_within_over_between);
    assertRelative(outcome.auc, pooled.roc_auc);
    assertRelative(outcome.eer, pooled.eer);
    assertRelative(outcome.lowestBalancedError, pooled.lowest_balanced_error_over_thresholds);
    for (const [i, wanted] of [pooled['tar_at_far_1e-2'], pooled['tar_at_far_1e-3']].entries()) {
      const found = outcome.tar[i]!;
      assert.equal(found.tar, wanted.tar);
      assert.equal(found.farReached, wanted.far_reached);
      assertRelative(found.threshold!, Number(wanted.threshold));
    }
    assert.deepEqual(
      outcome.tar.map(({ enoughPairs }) => enoughPairs),
      [true, true, false],
    );
    assertRelative(outcome.accuracy!, mean_accuracy);
    assert.equal(outcome.lfw!.accuracy, outcome.accuracy);
    assertRelative(outcome.lfw!.standardError, standard_error);
    assert.equal(outcome.lfw!.nFolds, 10);
    for (const [i, wanted] of folds.entries()) {
      const found = outcome.lfw!.folds[i]!;
      assert.equal(found.fold, wanted.fold);
      assert.equal(found.accuracy, wanted.accuracy);
      assertRelative(found.threshold, wanted.threshold);
    }
  });

  test(`pairs of LFW's protocol, ${metric}: distances, tied cuts and the grid rule are the reference's`, async () => {
    const distances = await distancesOfPairs(
      lfwEmbeddings,
      squaredLengths(lfwEmbeddings),
      lfwPairs,
      metric,
      () => Promise.resolve(),
    );
    for (const [i, pair] of [
      [0, expected.lfw.first_pair],
      [distances.length - 1, expected.lfw.last_pair],
    ] as const) {
      assert.deepEqual(
        [lfwPairs.left[i], lfwPairs.right[i], lfwPairs.same[i]],
        [pair.row_a, pair.row_b, Number(pair.same)],
      );
      assertRelative(distances[i]!, pair[metric]);
    }
    const { folds, grid_mean_accuracy, grid_standard_error } = expected.lfw[metric];
    const pairs = { distances, same: lfwPairs.same, folds: lfwPairs.fold };
    assert.deepEqual(
      crossValidatedAccuracy(pairs, { kind: 'midpoints' }).folds.map(({ nTied }) => nTied),
      folds.map(({ tied_best_cuts }) => tied_best_cuts),
    );
    const nCuts = metric === 'cosine' ? 200 : 1500;
    const grid = crossValidatedAccuracy(pairs, { kind: 'grid', nCuts });
    assertRelative(grid.accuracy, grid_mean_accuracy);
    assertRelative(grid.standardError, grid_standard_error);
    for (const [i, wanted] of folds.entries()) {
      assert.equal(grid.folds[i]!.threshold, wanted.grid_threshold);
      assert.equal(grid.folds[i]!.accuracy, wanted.grid_accuracy);
    }
  });

  test(`CelebA-shaped data, ${metric}: means are those of all pairs though unmatched ones are a sample`, async () => {
    const outcome = await verify(celeba, { metric });
    const wanted = expected.macroscale_embeddings[metric];
    assert.equal(outcome.meansOver, 'allPairs');
    assert.equal(outcome.nMatched, wanted.within_pairs);
    assert.equal(outcome.nUnmatched, 100_000);
    assert.equal(outcome.sampling.nMatchedPossible, wanted.within_pairs);
    assert.equal(outcome.sampling.nUnmatchedPossible, wanted.between_pairs);
    assertRelative(outcome.meanWithin, wanted.mean_within_over_pairs);
    assertRelative(outcome.meanBetween, wanted.mean_between_over_pairs);
    assertRelative(outcome.ratio!, wanted.ratio_over_pairs);
    assertRelative(outcome.meanWithinOverIdentities, wanted.mean_within_over_identities);
    assertRelative(outcome.ratioOverIdentities!, wanted.ratio_over_identities);
  });
}

test('an outcome is a part of the report, unchanged by its schema and by JSON', async () => {
  const smiling = {
    name: 'Smiling',
    values: Int8Array.from(lfwImages, (_, row) => (row % 5) - 2).map(Math.sign),
    rule: { kind: 'binary' },
  } as const;
  for (const pairs of [lfwPairs, null]) {
    const outcome = await verify(
      { ...lfw, attributes: [smiling], pairs },
      { metric: 'cosine', maxPairs: 900 },
    );
    const result = { model: 'arcface', ...outcome };
    assert.deepEqual(verificationSchema.parse(JSON.parse(JSON.stringify(result))), result);
  }
});

function assertRelative(found: number, wanted: number): void {
  assert.ok(Math.abs(found - wanted) <= 1e-11 * Math.abs(wanted), `${found} for ${wanted}`);
}
