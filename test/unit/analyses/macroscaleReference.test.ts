import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MacroscaleInput } from '../../../src/analyses/macroscaleOutcome.ts';
import { metrics } from '../../../src/domain/embeddingMatrix.ts';
import { attributes, csv, embeddings, identities, images } from '../../support/macroscaleFixture.ts';
import { run } from '../../support/runMacroscale.ts';

const fixture: MacroscaleInput = { embeddings, identities, attributes, images };
const ambiguous: Readonly<Record<string, readonly string[]>> = {
  'cosine exclude 500': ['High_Cheekbones'],
  'euclidean exclude 500': ['Mouth_Slightly_Open'],
};
const expectedKs = csv('expected_ks.csv');

for (const metric of metrics) {
  for (const sameIdentity of ['exclude', 'include'] as const) {
    for (const maxIdentities of [500, 50]) {
      test(`fixture, ${metric}, ${sameIdentity}, at most ${maxIdentities}: KS and p are SciPy's`, async () => {
        const { rows } = await run(fixture, { metric, sameIdentity, maxIdentities });
        const expected = expectedKs.filter(
          (row) =>
            row['metric'] === metric &&
            row['same_identity_pairs'] === sameIdentity &&
            row['max_samples'] === String(maxIdentities),
        );
        assert.equal(expected.length, 24);
        assert.equal(rows.length, 24);
        const elsewhere: string[] = [];
        for (const row of expected) {
          const found = rows.find((r) => r.attribute === row['attribute'] && r.modality === row['modality'])!;
          assert.equal(found.nIdentities, Number(row['n_samples']));
          assert.equal(found.nWithin, Number(row['n_within']));
          assert.equal(found.nCross, Number(row['n_cross']));
          assertNear(found.ks, row['statistic'], 1e-9);
          assert.equal(found.sign, Number(row['sign']));
          if (Math.abs(found.location - Number(row['location'])) > 1e-9) elsewhere.push(found.attribute);
          assertNear(found.sign * (found.cdfWithin - found.cdfCross), row['statistic'], 1e-9);
          assert.equal(found.pMethod, row['method'] === 'asymp' ? 'asymptotic' : 'exact');
          assertNear(found.log10PNaive, row['log10_pvalue'], 1e-5);
          if (Number(row['pvalue']) > 1e-290) {
            assertNear(found.pNaive / Number(row['pvalue']), '1', 1e-5);
          }
        }
        // In one row of each metric two places have the same gap to the last pair, and SciPy reports the other.
        assert.deepEqual(elsewhere, ambiguous[`${metric} ${sameIdentity} ${maxIdentities}`] ?? []);
      });
    }
  }
}

test('fixture: means and ranges of the distances', async () => {
  const expected = csv('expected_distance_summary.csv');
  for (const metric of metrics) {
    for (const maxIdentities of [500, 50]) {
      for (const sameIdentity of ['exclude', 'include'] as const) {
        const { rows, distributions } = await run(fixture, { metric, sameIdentity, maxIdentities });
        for (const { attribute, min, max, ...counts } of distributions) {
          const sets = expected.filter(
            (row) =>
              row['metric'] === metric &&
              row['attribute'] === attribute &&
              row['max_samples'] === String(maxIdentities),
          );
          const set = (name: string) => sets.find((row) => row['set'] === name)!;
          const used = [set('positive'), set('negative'), set(`cross_${sameIdentity}`)];
          assertRelative(min, Math.min(...used.map((row) => Number(row['min']))), 1e-7);
          assertRelative(max, Math.max(...used.map((row) => Number(row['max']))), 1e-9);
          const totals = [counts.withinPositive, counts.withinNegative, counts.cross].map(sum);
          assert.deepEqual(
            totals,
            used.map((row) => Number(row['count'])),
          );
          for (const modality of ['positive', 'negative'] as const) {
            const found = rows.find((r) => r.attribute === attribute && r.modality === modality)!;
            assertRelative(found.meanWithin, Number(set(modality)['mean']), 1e-9);
            assertRelative(found.meanCross, Number(used[2]!['mean']), 1e-9);
          }
        }
      }
    }
  }
});

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function assertNear(found: number | null, expected: string | undefined, tolerance: number): void {
  assert.ok(found !== null && Math.abs(found - Number(expected)) <= tolerance, `${found} for ${expected}`);
}

function assertRelative(found: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(found - expected) <= tolerance * Math.abs(expected), `${found} for ${expected}`);
}
