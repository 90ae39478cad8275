import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerificationInput } from '../../../src/analyses/verification.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';
import { type MatrixProduct, plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { wilsonInterval } from '../../../src/numerics/wilson.ts';
import { attributes, embeddings, identities, images } from '../../support/macroscaleFixture.ts';
import { column } from '../../support/runMacroscale.ts';
import { peopleOnLine, verify } from '../../support/runVerification.ts';

// Person 0 at 1 and 2, person 1 at 4 and 8, person 2 at 3.
const three = peopleOnLine([1, 2, 4, 8, 3], [0, 0, 1, 1, 2]);
const celeba = { embeddings, identities, identitiesKnown: true, images, attributes, pairs: null };
const nFew = 1200;
/** The first images of CelebA-shaped data: 300 people, about four images each. */
const few: VerificationInput = {
  ...celeba,
  embeddings: {
    rows: nFew,
    dim: embeddings.dim,
    data: embeddings.data.subarray(0, nFew * embeddings.dim),
  },
  identities: identities.subarray(0, nFew),
  images: images.slice(0, nFew),
  attributes: attributes.map((attribute) => ({ ...attribute, values: attribute.values.subarray(0, nFew) })),
};

test('by hand: five images of three people', async () => {
  const outcome = await verify(three, { farTargets: [0.25, 0.05] });
  assert.deepEqual([outcome.nImages, outcome.nIdentities], [5, 3]);
  assert.deepEqual([outcome.nMatched, outcome.nUnmatched], [2, 8]);
  // Matched: 1, 4. Unmatched: 3, 7, 2, 2, 6, 1, 1, 5.
  assert.equal(outcome.meansOver, 'allPairs');
  assert.equal(outcome.meanWithin, 2.5);
  assert.equal(outcome.meanBetween, 27 / 8);
  assert.equal(outcome.ratio, 2.5 / (27 / 8));
  assert.equal(outcome.auc, (6 + 2 / 2 + 3) / 16);
  assert.deepEqual(
    outcome.tar.map(({ tar, threshold, farReached, enoughPairs }) => [
      tar,
      threshold,
      farReached,
      enoughPairs,
    ]),
    [
      [0.5, 1, 0.25, true],
      [0, null, 0, false],
    ],
  );
  assert.deepEqual(outcome.tar[0]!.ciIndependent, [...wilsonInterval(0.5, 2)]);
  assert.deepEqual(outcome.worstMatched, [
    { left: 'image2', right: 'image3', distance: 4 },
    { left: 'image0', right: 'image1', distance: 1 },
  ]);
  assert.equal(outcome.worstUnmatched.length, 8);
  assert.equal(outcome.worstUnmatched[0]!.distance, 1);
  assert.equal(outcome.worstUnmatched.at(-1)!.distance, 7);
  assert.deepEqual(outcome.roc, [
    { far: 0, tar: 0, threshold: null },
    { far: 2 / 8, tar: 1 / 2, threshold: 1 },
    { far: 4 / 8, tar: 1 / 2, threshold: 2 },
    { far: 5 / 8, tar: 1 / 2, threshold: 3 },
    { far: 5 / 8, tar: 1, threshold: 4 },
    { far: 6 / 8, tar: 1, threshold: 5 },
    { far: 7 / 8, tar: 1, threshold: 6 },
    { far: 1, tar: 1, threshold: 7 },
  ]);
  const { min, max, matched, unmatched } = outcome.histograms;
  assert.deepEqual([min, max], [1, 7]);
  assert.deepEqual([matched[0], matched[100], sum(matched)], [1, 1, 2]);
  assert.deepEqual([unmatched[0], unmatched[199], sum(unmatched)], [2, 1, 8]);
  assert.equal(outcome.lfw, null);
  assert.ok(!('accuracy' in outcome));
});

test('by hand: a modality is judged by the pairs of which both images show it, at the common threshold', async () => {
  const glasses = column('Eyeglasses', Int8Array.of(1, 1, 1, -1, 0));
  const { modalities } = await verify({ ...three, attributes: [glasses] }, { farTargets: [0.5, 0.05] });
  // With: images 0, 1 of person 0 and 2 of person 1. The common threshold is 2; at FAR 0.05 there is none.
  assert.deepEqual(modalities, [
    {
      attribute: 'Eyeglasses',
      modality: 'positive',
      nMatched: 1,
      nUnmatched: 2,
      nIdentities: 1,
      rates: [
        {
          far: 0.5,
          threshold: 2,
          tar: 1,
          tarCi: [...wilsonInterval(1, 1)],
          fmr: 0.5,
          // Both pairs are of the same two people: one observation.
          fmrCi: [...wilsonInterval(0.5, 1)],
        },
      ],
    },
    {
      attribute: 'Eyeglasses',
      modality: 'negative',
      nMatched: 0,
      nUnmatched: 0,
      nIdentities: 0,
      rates: [{ far: 0.5, threshold: 2, tar: null, tarCi: null, fmr: null, fmrCi: null }],
    },
  ]);
});

test('a model that fails those with an attribute is seen to fail them', async () => {
  const males = few.attributes.find(({ name }) => name === 'Male')!;
  const blurred = {
    ...few.embeddings,
    data: few.embeddings.data.map((x, i) => {
      const row = Math.floor(i / embeddings.dim);
      // Every third image of a man is turned away from himself.
      return males.values[row] === 1 && row % 3 === 0 && i % 2 === 0 ? -x : x;
    }),
  };
  const { modalities } = await verify(
    { ...few, embeddings: blurred, attributes: [males] },
    { metric: 'cosine', maxPairs: 20_000 },
  );
  const [men, women] = modalities.map(({ rates }) => rates[0]!);
  assert.ok(men!.tarCi![1] < women!.tarCi![0], JSON.stringify([men, women]));
});

test('cosine distances of nearly equal embeddings keep their digits', async () => {
  const input = {
    ...peopleOnLine([1, 1, 1], [0, 0, 1]),
    embeddings: { rows: 3, dim: 2, data: Float32Array.of(1, 0, 1, 1e-5, 0, 3) },
  };
  const { meanWithin } = await verify(input, { metric: 'cosine' });
  const x = Math.fround(1e-5);
  const exact = (x * x) / 2 - (3 * x ** 4) / 8;
  assert.ok(Math.abs(meanWithin / exact - 1) < 1e-10, String(meanWithin));
});

test('the Bayes error does not depend on the unit of euclidean embeddings', async () => {
  const scaled = (factor: number): VerificationInput => ({
    ...few,
    attributes: [],
    embeddings: { ...few.embeddings, data: few.embeddings.data.map((x) => x * factor) },
  });
  const options = { maxPairs: 2000 } as const;
  const outcome = await verify(scaled(1), options);
  const large = await verify(scaled(1024), options);
  assert.ok(outcome.bayesError > 0.001 && outcome.bayesError < 0.1, String(outcome.bayesError));
  assert.ok(Math.abs(large.bayesError / outcome.bayesError - 1) < 1e-9);
  assert.ok(Math.abs(outcome.bandwidth / outcome.meanBetween - 0.05) < 0.001);
  assert.equal((await verify(scaled(1), { ...options, metric: 'cosine' })).bandwidth, 0.05);
});

test('one embedding very far from all others leaves the densities on their grid', async () => {
  const xs = Array.from({ length: 1000 }, (_, i) => 1 + i / 1e6);
  const outcome = await verify(peopleOnLine([...xs, 1e6], [...xs.map((_, i) => i >> 1), 500]));
  assert.ok(Math.abs(outcome.bandwidth - 1e6 / 500) < 1, String(outcome.bandwidth));
  assert.ok(outcome.overlap > 0.9 && outcome.overlap <= 1, String(outcome.overlap));
});

test('where all pairs would take minutes, means are those of the sample, and it is said', async () => {
  const n = 70_000;
  const random = new SeededRandom(3);
  const xs = Array.from({ length: n }, () => 1 + random.nextFloat());
  const outcome = await verify(
    peopleOnLine(
      xs,
      xs.map((_, row) => row % 1000),
    ),
    { maxPairs: 4000 },
  );
  assert.equal(outcome.meansOver, 'evaluatedPairs');
  // Of two uniform numbers: 1/3, here with a standard error of 0.004.
  for (const found of [outcome.meanWithin, outcome.meanBetween, outcome.meanWithinOverIdentities]) {
    assert.ok(Math.abs(found - 1 / 3) < 0.02, String(found));
  }
});

test('embeddings that are zero or not finite are left out and named', async () => {
  const diagnostics = new DiagnosticLog();
  const input = peopleOnLine([0, 1, Number.NaN, 2, 3, Infinity, 5], [0, 0, 0, 0, 1, 1, 1]);
  const outcome = await verify(input, {}, { diagnostics });
  assert.deepEqual([outcome.nImages, outcome.nMatched, outcome.nUnmatched], [4, 2, 4]);
  assert.deepEqual(codes(diagnostics)[0], ['embeddingInvalid', ['image0', 'image2', 'image5']]);
});

test('pairs of a protocol with an unusable image are left out and named, the rest goes on', async () => {
  const diagnostics = new DiagnosticLog();
  const input = {
    ...peopleOnLine([1, 2, 0, 7], [0, 0, 1, 1]),
    pairs: {
      left: Int32Array.of(0, 2, 0, 1),
      right: Int32Array.of(1, 3, 3, 2),
      same: Uint8Array.of(1, 1, 0, 0),
      fold: Uint8Array.of(0, 0, 0, 0),
    },
  };
  const outcome = await verify(input, {}, { diagnostics });
  assert.deepEqual([outcome.nMatched, outcome.nUnmatched], [1, 1]);
  assert.deepEqual([outcome.meanWithin, outcome.meanBetween], [1, 6]);
  assert.equal(outcome.meansOver, 'evaluatedPairs');
  // One fold is no cross-validation.
  assert.equal(outcome.lfw, null);
  assert.deepEqual(codes(diagnostics)[1], ['pairUnusable', ['image2, image3', 'image1, image2']]);
});

test('a protocol is enough where nothing else says who is who', async () => {
  const pairs = {
    left: Int32Array.of(0, 0),
    right: Int32Array.of(1, 2),
    same: Uint8Array.of(1, 0),
    fold: Uint8Array.of(0, 1),
  };
  const outcome = await verify({ ...peopleOnLine([1, 2, 9], [0, 1, 2]), identitiesKnown: false, pairs });
  assert.deepEqual([outcome.meanWithin, outcome.meanBetween], [1, 8]);
});

test('a pair that the protocol lists twice is shown once among the worst', async () => {
  const pairs = {
    left: Int32Array.of(0, 1, 0, 0),
    right: Int32Array.of(1, 0, 2, 2),
    same: Uint8Array.of(1, 1, 0, 0),
    fold: Uint8Array.of(0, 1, 0, 1),
  };
  const outcome = await verify({ ...peopleOnLine([1, 2, 9], [0, 0, 1]), pairs });
  assert.equal(outcome.nMatched, 2);
  assert.deepEqual([outcome.worstMatched.length, outcome.worstUnmatched.length], [1, 1]);
});

test('what cannot be verified is refused in words, with numbers and advice', async () => {
  const cases = [
    [{ ...three, identitiesKnown: false }, /none of the 5 images has an identity.*identity column/],
    [peopleOnLine([1, 2], [0, 0]), /2 usable images of 1 person, and pairs of two people need a second one/],
    [peopleOnLine([1, 2], [0, 1]), /2 usable images of 2 people, and nobody has a second image/],
    [peopleOnLine([], []), /0 usable images of 0 people/],
    [
      {
        ...three,
        pairs: {
          left: Int32Array.of(0),
          right: Int32Array.of(1),
          same: Uint8Array.of(1),
          fold: Uint8Array.of(0),
        },
      },
      /1 usable pairs of one person and 0 of two/,
    ],
  ] as const;
  for (const [input, message] of cases) {
    await assert.rejects(verify(input), { code: 'notEnoughIdentities', message });
  }
});

test('equal distances give an AUC of one half, and a diagnostic says what that means', async () => {
  for (const [metric, xs] of [
    ['cosine', [2, 3, 4, 5]],
    ['euclidean', [2, 2, 2, 2]],
  ] as const) {
    const diagnostics = new DiagnosticLog();
    const outcome = await verify(peopleOnLine(xs, [0, 0, 1, 1]), { metric }, { diagnostics });
    assert.deepEqual([outcome.auc, outcome.eer, outcome.ratio], [0.5, 0.5, null]);
    assert.ok(Math.abs(outcome.bayesError - 0.5) < 1e-12);
    assert.equal(codes(diagnostics).at(-1)![0], 'distancesEqual');
  }
});

test('too few unmatched pairs for a FAR are named with their number', async () => {
  const diagnostics = new DiagnosticLog();
  await verify(three, { farTargets: [0.5, 0.1, 1e-3] }, { diagnostics });
  assert.deepEqual(codes(diagnostics), [
    ['pairsTooFew', ['0.1: 8 unmatched pairs', '0.001: 8 unmatched pairs']],
  ]);
});

test('the same seed gives the same outcome, another seed another sample of the same means', async () => {
  const options = { metric: 'cosine', maxPairs: 1000 } as const;
  const outcome = await verify(few, options);
  assert.deepEqual([outcome.nMatched, outcome.nUnmatched], [1000, 1000]);
  assert.deepEqual(await verify(few, options), outcome);
  const other = await verify(few, { ...options, seed: 2 });
  assert.notDeepEqual(other.histograms, outcome.histograms);
  assert.deepEqual([other.meanWithin, other.meanBetween], [outcome.meanWithin, outcome.meanBetween]);
});

test('progress names each attribute, never falls and ends at its total', async () => {
  const seen: [number, number, string][] = [];
  const glasses = column('Eyeglasses', Int8Array.of(1, 1, 1, -1, 0));
  await verify({ ...three, attributes: [glasses] }, {}, { progress: (...update) => seen.push(update) });
  assert.deepEqual(seen, [
    [0, 4, 'pairs'],
    [1, 4, 'distances'],
    [2, 4, 'curves'],
    [3, 4, 'Eyeglasses'],
    [4, 4, 'Eyeglasses'],
  ]);
});

test('cancelling is noticed before the first distance, after an attribute, and between two matrix products', async () => {
  const early = new AbortController();
  const progress = (done: number) => {
    if (done === 1) early.abort();
  };
  await assert.rejects(verify(three, {}, { signal: early.signal, progress }), { code: 'cancelled' });

  // A cancel that arrives by itself, while an attribute is being looked at.
  const timely = new AbortController();
  const seen: string[] = [];
  const names = ['first', 'second'].map((name) => column(name, Int8Array.of(1, 1, 1, -1, 0)));
  const cancelDuring = (_done: number, _total: number, item: string) => {
    seen.push(item);
    if (item === 'first') setImmediate(() => timely.abort());
  };
  await assert.rejects(
    verify({ ...three, attributes: names }, {}, { signal: timely.signal, progress: cancelDuring }),
    { code: 'cancelled' },
  );
  assert.equal(seen.at(-1), 'first');

  const late = new AbortController();
  let nProducts = 0;
  const product: MatrixProduct = {
    timesTransposed(...args) {
      nProducts++;
      late.abort();
      return plainMatrixProduct.timesTransposed(...args);
    },
  };
  await assert.rejects(verify(celeba, { maxPairs: 100 }, { signal: late.signal, product }), {
    code: 'cancelled',
  });
  assert.equal(nProducts, 1);
});

test('columns of another length and options out of range are refused', async () => {
  for (const broken of [
    { ...three, identities: new Int32Array(3) },
    { ...three, images: [] },
    { ...three, attributes: [column('x', new Int8Array(6))] },
    { ...three, embeddings: { rows: 5, dim: 2, data: new Float32Array(5) } },
  ]) {
    await assert.rejects(verify(broken), { code: 'internal' });
  }
  for (const maxPairs of [0, 1.5, Number.NaN, 10_000_001]) {
    await assert.rejects(verify(three, { maxPairs }), {
      code: 'settingInvalid',
      message: /from 1 to 10000000/,
    });
  }
  for (const far of [0, 1, -1, Number.NaN]) {
    await assert.rejects(verify(three, { farTargets: [far] }), { code: 'settingInvalid' });
  }
});

function codes(diagnostics: DiagnosticLog): (readonly [string, readonly string[]])[] {
  return diagnostics.toArray().map(({ code, items }) => [code, items] as const);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
