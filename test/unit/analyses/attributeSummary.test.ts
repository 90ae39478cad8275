import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summarizeAttributes } from '../../../src/analyses/attributeSummary.ts';
import type { AttributeColumn } from '../../../src/domain/attributeColumn.ts';
import { attributes, csv, identities } from '../../support/macroscaleFixture.ts';

test('by hand: an identity of both values has entropy ln 2, identities count alike whatever their size', () => {
  const [summary] = summarizeAttributes(
    Int32Array.of(0, 0, 0, 0, 1, 2),
    [column('Smiling', [1, -1, 1, -1, 1, 0])],
    0.1,
  );
  assert.equal(summary!.nPositive, 3);
  assert.equal(summary!.nNegative, 2);
  assert.equal(summary!.nUnknown, 1);
  assert.equal(summary!.globalAverage, 1 / 5);
  // Identity 2, where nothing is known, takes no part.
  assert.ok(Math.abs(summary!.intraEntropy! - Math.LN2 / 2) < 1e-15);
});

test('an attribute that is never known has counts and no averages', () => {
  assert.deepEqual(summarizeAttributes(Int32Array.of(0, 1), [column('Bald', [0, 0])], 0.1), [
    {
      attribute: 'Bald',
      nPositive: 0,
      nNegative: 0,
      nUnknown: 2,
      globalAverage: null,
      intraEntropy: null,
      interEntropy: null,
    },
  ]);
  assert.equal(summarizeAttributes(new Int32Array(0), [column('Bald', [])], 0.1)[0]!.intraEntropy, null);
});

test('an attribute constant in each identity has intra-entropy 0', () => {
  const [summary] = summarizeAttributes(Int32Array.of(0, 0, 1), [column('Male', [1, 1, -1])], 0.1);
  assert.equal(summary!.intraEntropy, 0);
});

test('counts and entropies of the CelebA-shaped fixture', () => {
  const summaries = summarizeAttributes(identities, attributes, 0.1);
  const expected = csv('expected_entropies.csv');
  assert.equal(expected.length, 12);
  for (const row of expected) {
    const summary = summaries.find(({ attribute }) => attribute === row['attribute'])!;
    assert.equal(summary.nPositive, Number(row['n_positive_images']));
    assert.equal(summary.nPositive + summary.nNegative, identities.length);
    assertNear(summary.globalAverage, row['global_average']);
    assertNear(summary.intraEntropy, row['intra_entropy']);
    assertNear(summary.interEntropy, row['inter_entropy_bw0.1']);
  }
});

test('the inter-entropy of the fixture at the bandwidth of the paper’s figure', () => {
  const summaries = summarizeAttributes(identities, attributes, 0.05);
  for (const row of csv('expected_entropies.csv')) {
    const summary = summaries.find(({ attribute }) => attribute === row['attribute'])!;
    assertNear(summary.interEntropy, row['inter_entropy_bw0.05']);
    assertNear(summary.intraEntropy, row['intra_entropy']);
  }
});

function assertNear(found: number | null, expected: string | undefined): void {
  assert.ok(found !== null && Math.abs(found - Number(expected)) < 1e-10, `${found} for ${expected}`);
}

function column(name: string, values: readonly number[]): AttributeColumn {
  return { name, values: Int8Array.from(values), rule: { kind: 'binary' } };
}
