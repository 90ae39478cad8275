import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MacroscaleInput } from '../../../src/analyses/macroscaleOutcome.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';
import { type MatrixProduct, plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { attributes, embeddings, identities, images } from '../../support/macroscaleFixture.ts';
import { column, line, run } from '../../support/runMacroscale.ts';

const fixture: MacroscaleInput = { embeddings, identities, attributes, images };

test('by hand: four people on a line, the positives close together', async () => {
  const { rows, distributions } = await run(line([0.5, 1, 4, 8], [1, 1, -1, -1]), { metric: 'euclidean' });
  assert.deepEqual(rows[0], {
    attribute: 'x',
    modality: 'positive',
    nImages: 2,
    nIdentities: 2,
    nWithin: 1,
    nCross: 4,
    ks: 1,
    ksUpper: null,
    location: 0.5,
    cdfWithin: 1,
    cdfCross: 0,
    sign: 1,
    meanWithin: 0.5,
    meanCross: 5.25,
    pNaive: 0.4,
    log10PNaive: Math.log10(0.4),
    pMethod: 'exact',
    auc: 1,
    // (5.25 − 0.5) / √4.0625
    meanDifference: 4.75 / Math.sqrt(4.0625),
    ...withoutInference,
  });
  // Within the negatives 4; across 3, 3.5, 7, 7.5: the gap is 1/2 both ways, which counts as +1.
  assert.deepEqual([rows[1]!.ks, rows[1]!.location, rows[1]!.sign], [0.5, 4, 1]);
  const { min, max, withinPositive, withinNegative, cross } = distributions[0]!;
  assert.deepEqual([min, max], [0.5, 7.5]);
  assert.equal(withinPositive[0], 1);
  assert.equal(withinNegative[100], 1);
  assert.deepEqual([cross[199], sum(cross), cross.length], [1, 4, 200]);
});

test('embeddings that are zero or not finite are left out before the draw, and named', async () => {
  const input = line([0, 1, Number.NaN, 2, Infinity, 3, 4], [1, 1, 1, 1, -1, -1, -1]);
  const diagnostics = new DiagnosticLog();
  const { rows } = await run(input, { metric: 'euclidean' }, { diagnostics });
  assert.equal(rows[0]!.nIdentities, 2);
  assert.deepEqual(
    diagnostics.toArray().map(({ code, items }) => [code, items]),
    [['embeddingInvalid', ['image0', 'image2', 'image4']]],
  );
});

test('an attribute without two identities on either side is named and skipped, the others go on', async () => {
  const input = {
    ...line([1, 2, 3, 4], [1, 1, -1, -1]),
    attributes: [
      column('all', Int8Array.of(1, 1, 1, 1)),
      column('unknown', Int8Array.of(0, 0, 0, 0)),
      column('one', Int8Array.of(1, 1, 1, -1)),
      column('good', Int8Array.of(1, 1, -1, -1)),
    ],
  };
  const diagnostics = new DiagnosticLog();
  const { rows, distributions } = await run(input, { metric: 'euclidean' }, { diagnostics });
  assert.deepEqual(
    rows.map(({ attribute }) => attribute),
    ['good', 'good'],
  );
  assert.equal(distributions.length, 1);
  assert.deepEqual(
    diagnostics.toArray().map(({ code, items }) => [code, items]),
    [
      ['modalityEmpty', ['all', 'unknown']],
      ['modalityTooSmall', ['one']],
    ],
  );
});

test('the same seed gives the same outcome, another seed another', async () => {
  const few = { ...fixture, attributes: attributes.slice(0, 3) };
  const options = { selection: 'random', maxIdentities: 40 } as const;
  const outcome = await run(few, options);
  assert.deepEqual(await run(few, options), outcome);
  assert.notDeepEqual(await run(few, { ...options, seed: 2 }), outcome);
  // An attribute more changes nothing for the others.
  const more = await run({ ...fixture, attributes: attributes.slice(0, 4) }, options);
  assert.deepEqual(more.rows.slice(0, 6), outcome.rows);
});

test('progress names each attribute and ends at its total', async () => {
  const seen: [number, number, string][] = [];
  await run(line([1, 2, 3, 4], [1, 1, -1, -1]), {}, { progress: (...update) => seen.push(update) });
  assert.deepEqual(seen, [
    [0, 1, 'x'],
    [1, 1, 'x'],
  ]);
});

test('cancelling is noticed before the next matrix product', async () => {
  const controller = new AbortController();
  let products = 0;
  const product: MatrixProduct = {
    timesTransposed(...args) {
      products++;
      controller.abort();
      return plainMatrixProduct.timesTransposed(...args);
    },
  };
  await assert.rejects(run(fixture, {}, { signal: controller.signal, product }), { code: 'cancelled' });
  assert.equal(products, 1);
});

test('columns of another length than the embeddings are refused', async () => {
  const input = line([1, 2, 3, 4], [1, 1, -1, -1]);
  for (const broken of [
    { ...input, identities: new Int32Array(3) },
    { ...input, images: [] },
    { ...input, attributes: [column('x', new Int8Array(5))] },
    { ...input, embeddings: { rows: 4, dim: 2, data: new Float32Array(4) } },
  ]) {
    await assert.rejects(run(broken, {}), { code: 'internal' });
  }
});

test('more identities than distances can be held of are refused with the limit', async () => {
  const n = 2 * 11_586;
  const input: MacroscaleInput = {
    embeddings: { rows: n, dim: 1, data: new Float32Array(n).fill(1) },
    identities: Int32Array.from({ length: n }, (_, row) => row),
    attributes: [
      column(
        'x',
        Int8Array.from({ length: n }, (_, row) => (row % 2 === 0 ? 1 : -1)),
      ),
    ],
    images: new Array<string>(n).fill(''),
  };
  await assert.rejects(run(input, { maxIdentities: 1_000_000 }), {
    code: 'settingInvalid',
    message: /11586 identities.*11585 or less/,
  });
});

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** What a run without permutations, bootstraps and repeats leaves open. */
const withoutInference = {
  pPermutation: null,
  pAdjusted: null,
  pHolm: null,
  null95: null,
  nEffective: null,
  ci: null,
  aucCi: null,
  meanDifferenceCi: null,
  repeats: null,
};
