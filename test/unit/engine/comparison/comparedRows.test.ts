import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  correlationOf,
  macroscaleRows,
  microscaleRows,
  verificationRows,
} from '../../../../src/engine/comparison/comparedRows.ts';
import type { MacroscaleResult, MicroscaleResult } from '../../../../src/protocol/report.ts';
import { handReport } from '../../../support/handReport.ts';
import { sampleReport } from '../../../support/sampleReport.ts';

const [hand] = handReport().results.macroscale as [MacroscaleResult];

function changed(
  result: MacroscaleResult,
  change: (row: MacroscaleResult['rows'][number]) => Partial<MacroscaleResult['rows'][number]> | null,
): MacroscaleResult {
  return {
    ...result,
    rows: result.rows.flatMap((row) => {
      const changes = change(row);
      return changes ? [{ ...row, ...changes }] : [];
    }),
  };
}

test('KS distances are subtracted with their signs, modality by modality, after less before', () => {
  const after = changed(hand, ({ attribute, modality }) =>
    attribute === 'Beard' && modality === 'positive' ? { ks: 0.03, sign: 1, nIdentities: 60 } : {},
  );
  const rows = macroscaleRows(hand, after);
  assert.equal(rows.length, 7);
  assert.deepEqual(rows[2], {
    attribute: 'Beard',
    modality: 'positive',
    before: { value: -0.12, ci: null, n: 50 },
    after: { value: 0.03, ci: null, n: 60 },
    difference: 0.15,
    differenceCi: null,
  });
  assert.ok(rows.filter((_, i) => i !== 2).every(({ difference }) => difference === 0));
});

test('the interval of a difference comes from those of both sides', () => {
  const before = changed(hand, ({ attribute }) => (attribute === 'Hat' ? { ks: 0.2, ci: [0.16, 0.23] } : {}));
  const after = changed(hand, ({ attribute }) => (attribute === 'Hat' ? { ks: 0.3, ci: [0.26, 0.34] } : {}));
  const { differenceCi } = macroscaleRows(before, after)[0]!;
  assert.deepEqual(
    differenceCi!.map((x) => x.toFixed(9)),
    [0.1 - 0.05, 0.1 + Math.hypot(0.04, 0.04)].map((x) => x.toFixed(9)),
  );
});

test('what one side lacks stands with the other’s value, after what the first has', () => {
  const after = changed(hand, ({ attribute }) =>
    attribute === 'Scar' ? null : attribute === 'Age' ? { attribute: 'Youth' } : {},
  );
  const rows = macroscaleRows(hand, after);
  assert.deepEqual(
    rows
      .filter(({ difference }) => difference === null)
      .map(({ attribute, modality, before, after: other }) => [attribute, modality, !before, !other]),
    [
      ['Age', 'positive', false, true],
      ['Age', 'negative', false, true],
      ['Scar', 'negative', false, true],
      ['Youth', 'positive', true, false],
      ['Youth', 'negative', true, false],
    ],
  );
});

test('a row of one modality is no row of the other, whatever the attribute is called', () => {
  const odd = changed(hand, ({ attribute }) => (attribute === 'Hat' ? { attribute: 'Hat","positive' } : {}));
  assert.equal(macroscaleRows(odd, hand).length, 9);
});

test('correlations are of the rows that both sides have', () => {
  const row = (x: number, y: number | null) => ({
    attribute: 'a',
    before: { value: x, ci: null, n: 1 },
    after: y === null ? null : { value: y, ci: null, n: 1 },
    difference: null,
    differenceCi: null,
  });
  // Deviations −1, 0, 1 and −4, −3, 7: 11 / √(2 · 74).
  const rows = [row(1, 1), row(2, 2), row(3, 12), row(9, null)];
  const found = correlationOf(rows)!;
  assert.equal(found.pearson.toFixed(12), (11 / Math.sqrt(148)).toFixed(12));
  assert.equal(found.spearman, 1);
  assert.equal(found.n, 3);
  assert.equal(correlationOf(rows.slice(1)), null);
  assert.equal(correlationOf([row(1, 1), row(1, 2), row(1, 3)]), null);
});

test('energies are those of all identities together; an attribute that does not move has none', () => {
  const [result] = sampleReport({ microscale: true }).results.microscale as [MicroscaleResult];
  const overall = result.rows.filter(({ identity }) => identity === null);
  const [first, second] = overall;
  const after: MicroscaleResult = {
    ...result,
    rows: result.rows.map((row) => {
      if (row === first) return { ...row, energy: 0.5, ci: [0.4, 0.6], nCurves: 7 };
      return row === second
        ? { ...row, energy: null, ci: null, moves: false, reason: 'It does not move.' }
        : row;
    }),
  };
  const rows = microscaleRows(result, after);
  assert.deepEqual(
    rows.map(({ attribute }) => attribute),
    overall.filter(({ energy }) => energy !== null).map(({ attribute }) => attribute),
  );
  assert.deepEqual(rows[0]!.after, { value: 0.5, ci: [0.4, 0.6], n: 7 });
  assert.equal(rows[0]!.difference, 0.5 - first!.energy!);
  assert.ok(rows[0]!.differenceCi);
  assert.deepEqual([rows[1]!.after, rows[1]!.difference], [null, null]);
});

test('verification is compared measure by measure, each with what it rests on', () => {
  const [result] = sampleReport({ verification: true }).results.verification;
  assert.ok(result);
  const { nMatched, nUnmatched, sampling } = result;
  const after = {
    ...result,
    auc: result.auc - 0.01,
    meansOver: 'evaluatedPairs' as const,
    tar: [
      { ...result.tar[0]!, tar: 0.5, ci: [0.45, 0.55] as [number, number] },
      { ...result.tar[1]!, far: 0.003 },
    ],
    lfw: null,
  };
  const rows = verificationRows({ ...result, meansOver: 'allPairs' }, after);
  const of = (name: string) => rows.find(({ attribute }) => attribute === name)!;
  assert.equal(of('auc').difference!.toFixed(9), '-0.010000000');
  assert.deepEqual([of('auc').before!.n, of('auc').differenceCi], [nMatched + nUnmatched, null]);
  assert.equal(of('eer').difference, 0);
  const tar = of(`tar@${result.tar[0]!.far}`);
  assert.equal(tar.difference, 0.5 - result.tar[0]!.tar);
  assert.ok(tar.differenceCi);
  assert.equal(of('tar@0.003').before, null);
  assert.equal(of(`tar@${result.tar[1]!.far}`).after, null);
  assert.equal(of('meanWithin').before!.n, sampling.nMatchedPossible);
  assert.equal(of('meanWithin').after!.n, nMatched);
  assert.equal(of('meanBetween').after!.n, nUnmatched);
});
