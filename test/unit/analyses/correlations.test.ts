import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correlateWithEntropies, type KsAggregates } from '../../../src/analyses/correlations.ts';
import { csv } from '../../support/macroscaleFixture.ts';

test('the CelebA-shaped fixture: rho within 1e-9 and p within 1e-6 of SciPy’s', () => {
  let nCompared = 0;
  for (const setting of settings()) {
    const found = correlateWithEntropies(aggregatesOf(setting), entropies('inter_entropy_bw0.1'));
    const atHalf = correlateWithEntropies(aggregatesOf(setting), entropies('inter_entropy_bw0.05'));
    for (const row of csv('expected_correlations.csv').filter((one) => settingOf(one) === setting)) {
      const against = row['entropy'] === 'intra_entropy' ? 'intraEntropy' : 'interEntropy';
      const rows = row['entropy'] === 'inter_entropy_bw0.05' ? atHalf : found;
      const one = rows.find(
        (other) => other.aggregate === names[row['aggregate']!] && other.against === against,
      )!;
      assert.equal(one.nAttributes, Number(row['n']));
      assert.ok(Math.abs(one.rho! - Number(row['rho'])) < 1e-9, `${one.rho} for ${row['rho']}`);
      assert.ok(Math.abs(one.p! / Number(row['pvalue']) - 1) < 1e-6, `${one.p} for ${row['pvalue']}`);
      nCompared++;
    }
  }
  assert.equal(nCompared, 72);
});

test('attributes without an entropy, or without a KS distance, take no part', () => {
  const rows = correlateWithEntropies(
    [aggregate('A', 0.1), aggregate('B', 0.2), aggregate('C', 0.3), aggregate('D', 0.4), aggregate('E', 0.5)],
    [
      entropy('A', 0.3, 1),
      entropy('B', 0.2, null),
      entropy('C', 0.1, 2),
      entropy('D', 0, 3),
      entropy('F', 9, 9),
    ],
  );
  assert.equal(rows.length, 8);
  for (const row of rows) {
    const isIntra = row.against === 'intraEntropy';
    assert.equal(row.nAttributes, isIntra ? 4 : 3);
    assert.equal(row.rho, isIntra ? -1 : 1);
  }
});

test('with fewer than three attributes, or without variation, nothing is said', () => {
  const two = correlateWithEntropies(
    [aggregate('A', 0.1), aggregate('B', 0.2)],
    [entropy('A', 1, 1), entropy('B', 2, 2)],
  );
  const equal = correlateWithEntropies(
    [aggregate('A', 0.1), aggregate('B', 0.1), aggregate('C', 0.1)],
    [entropy('A', 1, 1), entropy('B', 2, 2), entropy('C', 3, 3)],
  );
  for (const { rho, p } of [...two, ...equal]) assert.deepEqual([rho, p], [null, null]);
});

const names: Readonly<Record<string, string>> = {
  max: 'ksMax',
  mean: 'ksMean',
  weighted_sum: 'ksWeightedSum',
  weighted_mean: 'ksWeightedMean',
};

function settings(): string[] {
  return [...new Set(csv('expected_correlations.csv').map(settingOf))];
}

function settingOf(row: Readonly<Record<string, string>>): string {
  return [row['max_samples'], row['metric'], row['same_identity_pairs']].join();
}

function aggregatesOf(setting: string): KsAggregates[] {
  return csv('expected_attribute_ks.csv')
    .filter((row) => settingOf(row) === setting)
    .map((row) => ({
      attribute: row['attribute']!,
      ksMax: Number(row['max']),
      ksMean: Number(row['mean']),
      ksWeightedSum: Number(row['weighted_sum']),
      ksWeightedMean: Number(row['weighted_mean']),
    }));
}

function entropies(inter: string) {
  return csv('expected_entropies.csv').map((row) => ({
    attribute: row['attribute']!,
    intraEntropy: Number(row['intra_entropy']),
    interEntropy: Number(row[inter]),
  }));
}

function aggregate(attribute: string, ks: number): KsAggregates {
  return { attribute, ksMax: ks, ksMean: ks, ksWeightedSum: ks, ksWeightedMean: ks };
}

function entropy(attribute: string, intraEntropy: number | null, interEntropy: number | null) {
  return { attribute, intraEntropy, interEntropy };
}
