import assert from 'node:assert/strict';
import { test } from 'node:test';
import { macroscaleLines } from '../../../src/cli/printMacroscale.ts';
import type { MacroscaleResult, MacroscaleRow } from '../../../src/protocol/report.ts';

test('the largest KS distance first, both modalities with their signs, naive p of the larger one', () => {
  const lines = macroscaleLines(
    result([
      row({ attribute: 'Bald', modality: 'positive', ks: 0.0504, sign: -1, log10PNaive: -3.21 }),
      row({ attribute: 'Bald', modality: 'negative', ks: 0.02, log10PNaive: -9 }),
      row({ attribute: 'Male', modality: 'negative', ks: 0.3, log10PNaive: -120.04 }),
    ]),
  );
  assert.deepEqual(lines.slice(0, 3), [
    'attribute    KS +   KS −  people a side  log10 naive p',
    'Male            –  0.300          500           −120.0',
    'Bald       −0.050  0.020          500             −3.2',
  ]);
  assert.ok(!lines.some((line) => /permutations|fewer than/.test(line)));
});

test('where they were made, interval, permutation p and adjusted p stand beside the naive one', () => {
  const inferred = { pPermutation: 0.0005, pAdjusted: 0.00125, ci: [-0.06, -0.041] as [number, number] };
  const lines = macroscaleLines(
    result(
      [
        row({ attribute: 'Bald', ks: 0.05, sign: -1, ...inferred }),
        row({ attribute: 'Hat', ks: 0.01, pPermutation: 1 }),
      ],
      { inference: { permutations: 2000, bootstraps: 1000, nBins: 2048, maxPoints: null } },
    ),
  );
  assert.deepEqual(lines.slice(0, 3), [
    'attribute    KS +  KS −              95 %        p  adjusted p  people a side  log10 naive p',
    'Bald       −0.050     –  −0.060 to −0.041  0.00050      0.0013          500              0.0',
    'Hat         0.010     –                 –      1.0           –          500              0.0',
  ]);
  assert.ok(lines.some((line) => line.includes('p by 2000 permutations of people')));
});

test('few people in either modality are marked', () => {
  const lines = macroscaleLines(
    result([
      row({ attribute: 'Bald', modality: 'positive', nIdentities: 19 }),
      row({ attribute: 'Bald', modality: 'negative', nIdentities: 400 }),
    ]),
  );
  assert.match(lines[1]!, / 19 \* /);
  assert.ok(lines.includes('* fewer than 20 people a side: a large KS is mostly chance.'));
});

test('what the KS distance follows is told where it is known', () => {
  const lines = macroscaleLines(
    result([row({})], {
      correlations: [
        { aggregate: 'ksMax', against: 'intraEntropy', nAttributes: 40, rho: -0.654, p: 0.0000123 },
        { aggregate: 'ksMax', against: 'interEntropy', nAttributes: 2, rho: null, p: null },
        { aggregate: 'ksMean', against: 'interEntropy', nAttributes: 40, rho: 0.1, p: 0.5 },
      ],
    }),
  );
  const told = lines.filter((line) => line.includes('Spearman'));
  assert.deepEqual(told, [
    'Larger KS with intra-entropy: Spearman’s rho −0.65, p 0.000012, over 40 attributes.',
  ]);
});

test('nothing tested is said in words', () => {
  assert.deepEqual(macroscaleLines(result([])), ['No attribute could be tested.']);
});

function row(changes: Partial<MacroscaleRow>): MacroscaleRow {
  return {
    attribute: 'Hat',
    modality: 'positive',
    nImages: 500,
    nIdentities: 500,
    nWithin: 124_750,
    nCross: 250_000,
    ks: 0.1,
    ksUpper: null,
    location: 0.5,
    cdfWithin: 0.5,
    cdfCross: 0.4,
    sign: 1,
    meanWithin: 0.9,
    meanCross: 1,
    pNaive: 0,
    log10PNaive: null,
    pMethod: 'asymptotic',
    pPermutation: null,
    pAdjusted: null,
    pHolm: null,
    null95: null,
    nEffective: null,
    ci: null,
    auc: null,
    aucCi: null,
    meanDifference: null,
    meanDifferenceCi: null,
    repeats: null,
    ...changes,
  };
}

function result(rows: MacroscaleRow[], changes: Partial<MacroscaleResult> = {}): MacroscaleResult {
  return {
    model: 'm',
    metric: 'cosine',
    sampling: {
      points: 'sample',
      selection: 'first',
      maxIdentities: 500,
      sameIdentity: 'exclude',
      repeats: 1,
      seed: 1,
    },
    inference: { permutations: 0, bootstraps: 0, nBins: 0, maxPoints: null },
    rows,
    attributes: [],
    correlations: [],
    conditional: [],
    distributions: [],
    ...changes,
  };
}
