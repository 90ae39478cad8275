import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MacroscaleInput } from '../../../src/analyses/macroscaleOutcome.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';
import { metrics } from '../../../src/domain/embeddingMatrix.ts';
import { attributes, csv, embeddings, identities, images } from '../../support/macroscaleFixture.ts';
import { column, line, run } from '../../support/runMacroscale.ts';

const fixture: MacroscaleInput = { embeddings, identities, attributes, images };

test('fixture: aggregates of the two modalities', async () => {
  const expected = csv('expected_attribute_ks.csv');
  for (const metric of metrics) {
    for (const sameIdentity of ['exclude', 'include'] as const) {
      for (const maxIdentities of [500, 50]) {
        const outcome = await run(fixture, { metric, sameIdentity, maxIdentities });
        const rows = expected.filter(
          (row) =>
            row['metric'] === metric &&
            row['same_identity_pairs'] === sameIdentity &&
            row['max_samples'] === String(maxIdentities),
        );
        assert.equal(rows.length, outcome.attributes.length);
        for (const row of rows) {
          const found = outcome.attributes.find(({ attribute }) => attribute === row['attribute'])!;
          assertRelative(found.ksMax, row['max']);
          assertRelative(found.ksMean, row['mean']);
          assertRelative(found.ksWeightedSum, row['weighted_sum']);
          assertRelative(found.ksWeightedMean, row['weighted_mean']);
        }
      }
    }
  }
});

test('fixture: what is planted is found, and what is not is not', async () => {
  const few = attributes.filter(({ name }) => name === 'Male' || name === 'Oval_Face');
  const options = { maxIdentities: 100, permutations: 199, bootstraps: 100 };
  const { rows, attributes: aggregates, inference } = await run({ ...fixture, attributes: few }, options);
  assert.deepEqual(inference, { permutations: 199, bootstraps: 100, nBins: 2048, maxPoints: null });
  for (const row of rows) {
    const signed = row.sign * row.ks;
    assert.ok(row.ci![0] <= signed && signed <= row.ci![1], `${row.attribute}: ${row.ci!.join(', ')}`);
    assert.ok(row.aucCi![0] < row.auc && row.auc < row.aucCi![1], `${row.attribute}: ${row.auc}`);
    if (row.attribute === 'Male') {
      assert.deepEqual([row.pPermutation, row.sign], [1 / 200, 1]);
      assert.ok(row.ci![0] > 0 && row.ks > row.null95!);
    } else {
      assert.ok(row.pPermutation! > 0.05 && row.ks < row.null95!);
      assert.ok(row.ci![0] < 0 && row.ci![1] > 0);
    }
    assert.deepEqual([row.pAdjusted, row.pHolm], [null, null]);
  }
  const [male, oval] = ['Male', 'Oval_Face'].map((name) => aggregates.find((one) => one.attribute === name)!);
  assert.equal(male!.pEnergy, 1 / 200);
  assert.ok(oval!.pEnergy! > 0.05);
  assert.ok(male!.energyDistanceCi![0] > 0 && male!.energyDistanceCi![1] > male!.energyDistance);
});

test('by hand: energy distance and effect sizes of four people on a line', async () => {
  const outcome = await run(line([1, 2, 5, 9], [1, 1, -1, -1]), { metric: 'euclidean' });
  // Across 4, 8, 3, 7: mean 5.5. Within 1 and 4.
  assert.equal(outcome.attributes[0]!.energyDistance, 2 * 5.5 - 1 - 4);
  assert.deepEqual(
    outcome.rows.map(({ auc }) => auc),
    [1, (1 + 0.5 + 1) / 4],
  );
  assert.equal(outcome.rows[0]!.meanDifference, (5.5 - 1) / Math.sqrt((2.25 + 6.25 + 6.25 + 2.25) / 4));
});

test('repeats: the first draw is that of a single one, and their spread is given', async () => {
  const few = { ...fixture, attributes: attributes.slice(0, 2) };
  const options = { selection: 'random', maxIdentities: 40 } as const;
  const once = await run(few, options);
  const { rows } = await run(few, { ...options, repeats: 4 });
  rows.forEach(({ repeats, ...row }, i) => {
    const { repeats: none, ...first } = once.rows[i]!;
    assert.deepEqual(row, first);
    assert.equal(none, null);
    const { n, mean, sd, min, max } = repeats!;
    const signed = row.sign * row.ks;
    assert.equal(n, 4);
    assert.ok(min <= signed && signed <= max && min < mean && mean < max && sd > 0 && sd < max - min);
  });
  // One of them is what another number of repeats has, too.
  const { rows: twice } = await run(few, { ...options, repeats: 2 });
  const { n, mean, sd, min, max } = twice[0]!.repeats!;
  assert.equal(n, 2);
  assert.ok(Math.abs(mean - (min + max) / 2) < 1e-15 && Math.abs(sd - (max - min) / Math.SQRT2) < 1e-15);
  assert.ok([min, max].includes(once.rows[0]!.sign * once.rows[0]!.ks));
});

test('a selection of the first rows cannot be repeated', async () => {
  const { rows } = await run(
    { ...fixture, attributes: attributes.slice(0, 1) },
    { repeats: 5, maxIdentities: 10 },
  );
  assert.equal(rows[0]!.repeats, null);
});

test('draws of one attribute are the same whatever the others', async () => {
  const options = { maxIdentities: 30, permutations: 99, bootstraps: 30 };
  const second = await run({ ...fixture, attributes: attributes.slice(1, 2) }, options);
  const both = await run({ ...fixture, attributes: attributes.slice(0, 2) }, options);
  assert.deepEqual(both.rows.slice(2), second.rows);
  assert.deepEqual(both.attributes[1], second.attributes[0]);
});

test('all distances equal: KS 0, p 1, nothing in units of no spread, and said so', async () => {
  const diagnostics = new DiagnosticLog();
  const input = line([2, 2, 2, 2, 2, 2], [1, 1, 1, -1, -1, -1]);
  for (const metric of metrics) {
    const options = { metric, permutations: 99, bootstraps: 50 };
    const { rows, attributes: aggregates } = await run(input, options, { diagnostics });
    for (const row of rows) {
      assert.deepEqual([row.ks, row.auc, row.meanDifference, row.pNaive], [0, 0.5, null, 1]);
      assert.deepEqual([row.pPermutation, row.null95, row.nEffective], [1, 0, null]);
      assert.deepEqual([row.ci, row.aucCi, row.meanDifferenceCi], [[0, 0], [0.5, 0.5], null]);
    }
    const { energyDistance, pEnergy } = aggregates[0]!;
    assert.deepEqual([energyDistance, pEnergy], [0, 1]);
  }
  assert.deepEqual(
    diagnostics.toArray().map(({ code, items }) => [code, items]),
    [['modalityDistancesEqual', ['x', 'x']]],
  );
});

test('one person: nothing is tested, and said so', async () => {
  const diagnostics = new DiagnosticLog();
  const input = { ...line([1, 2, 3, 4], [1, 1, -1, -1]), identities: new Int32Array(4) };
  const { rows, attributes: aggregates } = await run(input, { permutations: 99 }, { diagnostics });
  assert.deepEqual([rows, aggregates], [[], []]);
  assert.deepEqual(
    diagnostics.toArray().map(({ code, items }) => [code, items]),
    [['modalityTooSmall', ['x']]],
  );
});

test('the smallest sample: two people a side', async () => {
  const options = { metric: 'euclidean', permutations: 99, bootstraps: 100 } as const;
  const { rows } = await run(line([1, 2, 5, 9], [1, 1, -1, -1]), options);
  // Two of six labellings have this KS distance, at the least.
  assert.ok(rows[0]!.pPermutation! >= 0.2 && rows[0]!.pPermutation! <= 1);
  assert.ok(rows[0]!.ci === null || rows[0]!.ci[0] <= rows[0]!.ci[1]);
});

test('two identical attributes have identical figures', async () => {
  const input = line([1, 2, 3, 7, 8, 9], [1, 1, 1, -1, -1, -1]);
  const twins = [input.attributes[0]!, column('y', input.attributes[0]!.values)];
  const { rows } = await run({ ...input, attributes: twins }, { metric: 'euclidean' });
  const [x, y] = [rows.slice(0, 2), rows.slice(2)].map((own) =>
    own.map((row) => ({ ...row, attribute: '' })),
  );
  assert.deepEqual(x, y);
});

function assertRelative(found: number, expected: string | undefined): void {
  const value = Number(expected);
  assert.ok(Math.abs(found - value) <= 1e-9 * Math.abs(value), `${found} for ${expected}`);
}
