import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze, smallStudy } from './smallStudy.ts';

// 12 people with 2 images each; 6 people are `Warm`.
for (const [points, nImages, nWithin, nCross] of [
  ['oneImage', 6, 15, 36],
  ['centroids', 6, 15, 36],
  // 66 pairs of 12 images, less the 6 of one person.
  ['everyImage', 12, 60, 144],
] as const) {
  test(`all pairs of ${points} are counted, with permutations and intervals beside them`, async (t) => {
    const { job } = await smallStudy(t);
    const report = await analyze(job({ points, permutations: 99, bootstraps: 50 }));
    const [result] = report.results.macroscale;
    assert.equal(result!.sampling.points, points);
    assert.deepEqual(
      [result!.inference.permutations, result!.inference.bootstraps, result!.inference.maxPoints],
      [99, 50, null],
    );
    const row = result!.rows.find((one) => one.attribute === 'Warm' && one.modality === 'positive')!;
    assert.deepEqual([row.nImages, row.nIdentities, row.nWithin, row.nCross], [nImages, 6, nWithin, nCross]);
    // Warm people are all nearer to each other than to any cold one.
    assert.deepEqual([row.ks, row.sign, row.auc], [1, 1, 1]);
    assert.ok(row.ksUpper! >= row.ks);
    // No permutation but the labels themselves, or all turned round, reaches it: at most a few of 924.
    assert.ok(row.pPermutation! <= 0.05, String(row.pPermutation));
    assert.ok(row.pAdjusted! >= row.pPermutation!);
    assert.ok(row.ci![0] > 0 && row.ci![1] <= 1);
  });
}

test('nothing is permuted or resampled where it is not asked for', async (t) => {
  const { job } = await smallStudy(t);
  const report = await analyze(job({ points: 'centroids' }));
  const [row] = report.results.macroscale[0]!.rows;
  assert.deepEqual([row!.pPermutation, row!.null95, row!.ci], [null, null, null]);
});
