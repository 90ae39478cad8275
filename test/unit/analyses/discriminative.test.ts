import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runDiscriminative } from '../../../src/analyses/discriminative.ts';
import type {
  DiscriminativeContext,
  DiscriminativeInput,
  DiscriminativeOptions,
} from '../../../src/analyses/discriminativeOutcome.ts';
import { foldScores } from '../../../src/analyses/foldScores.ts';
import { isAppError } from '../../../src/domain/appError.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { column } from '../../support/runMacroscale.ts';

test('by hand: scores of two folds', () => {
  const values = Int8Array.of(1, 1, -1, -1, 1, -1, 0);
  const folds = Int8Array.of(0, 0, 0, 0, 1, 1, -1);
  const first = Float64Array.of(2, -1, -3, 1, 0, 0, 9);
  const second = Float64Array.of(0, 0, 0, 0, 0, 0, 9);
  // Fold 0: one positive and one negative of two each are right, and of the four pairs 2 > −3, 2 > 1 and −1 > −3 are
  // in order. Fold 1: all is called negative, and the pair is even.
  assert.deepEqual(foldScores([first, second], values, folds), {
    accuracy: 0.5,
    balancedAccuracy: 0.5,
    auc: (0.75 + 0.5) / 2,
    sd: 0,
  });
  const better = Float64Array.of(0, 0, 0, 0, 1, -1, 9);
  const { balancedAccuracy, sd } = foldScores([first, better], values, folds);
  assert.deepEqual([balancedAccuracy, sd], [0.75, 0.25]);
});

test('an attribute that is the sign of a number is read off it entirely, a person’s noise is not', async () => {
  const { outcome, codes } = await run(study(20, 4));
  assert.deepEqual(codes, []);
  const [seen, person] = outcome.rows;
  assert.deepEqual(seen, {
    attribute: 'seen',
    nImages: 80,
    nIdentities: 20,
    nPositive: 40,
    majority: 0.5,
    stratified: { accuracy: 1, balancedAccuracy: 1, auc: 1, sd: 0 },
    byIdentity: { accuracy: 1, balancedAccuracy: 1, auc: 1, sd: 0 },
    leakage: 0,
  });
  // The embedding says who it is, which is enough among images of the same people, and of no use for strangers.
  assert.equal(person!.stratified!.accuracy, 1);
  assert.ok(person!.byIdentity!.accuracy < 0.7);
  assert.ok(person!.leakage! > 0.3);
});

test('unknown values and unusable embeddings take no part', async () => {
  const input = study(20, 4);
  const { dim, data } = input.embeddings;
  data.fill(0, 0, dim);
  data[dim] = Number.NaN;
  input.attributes[0]!.values[9] = 0;
  const { outcome, codes } = await run(input);
  assert.deepEqual(codes, [['embeddingInvalid', 2]]);
  assert.equal(outcome.rows[0]!.nImages, 77);
  assert.equal(outcome.rows[1]!.nImages, 78);
});

test('rows of length 1 for cosine: the length of an embedding does not matter; for Euclidean distance it does', async () => {
  const [input, scaled] = [study(20, 4), study(20, 4)];
  for (let i = 0; i < scaled.embeddings.data.length; i++) {
    scaled.embeddings.data[i]! *= 2 ** (Math.floor(i / scaled.embeddings.dim) % 7);
  }
  const noisy = { metric: 'cosine', c: 0.01 } as const;
  assert.deepEqual((await run(scaled, noisy)).outcome, (await run(input, noisy)).outcome);
  const raw = await run(scaled, { ...noisy, metric: 'euclidean' });
  assert.equal(raw.outcome.inputs, 'raw');
  assert.notDeepEqual(raw.outcome.rows, (await run(input, noisy)).outcome.rows);
});

test('of too many images whole people are drawn, by seed', async () => {
  const input = study(40, 4);
  const counts = new Set<string>();
  for (const seed of [1, 2, 3, 4]) {
    const { outcome } = await run(input, { maxImages: 83, seed });
    const [row] = outcome.rows;
    assert.deepEqual([row!.nImages, row!.nIdentities], [80, 20]);
    assert.deepEqual(outcome, (await run(input, { maxImages: 83, seed })).outcome);
    counts.add(JSON.stringify(outcome.rows));
  }
  assert.ok(counts.size > 1);
});

test('where people are unknown there is no honest scheme, and no leakage', async () => {
  const input = { ...study(20, 1), identitiesKnown: false };
  const { outcome, codes } = await run(input);
  assert.deepEqual(codes, []);
  assert.notEqual(outcome.rows[0]!.stratified, null);
  assert.deepEqual([outcome.rows[0]!.byIdentity, outcome.rows[0]!.leakage], [null, null]);
});

test('too few people or images of a modality are said, and are no crash', async () => {
  const few = await run(study(4, 4));
  assert.deepEqual(few.codes, [['identityFoldsTooFew', 2]]);
  assert.notEqual(few.outcome.rows[0]!.stratified, null);
  assert.equal(few.outcome.rows[0]!.byIdentity, null);

  const rare = study(20, 4);
  rare.attributes[0]!.values.fill(-1).fill(1, 0, 4);
  const { outcome, codes } = await run(rare);
  assert.deepEqual(codes, [['foldsTooFew', 1]]);
  const { stratified, byIdentity, leakage, nPositive, majority } = outcome.rows[0]!;
  assert.deepEqual([stratified, byIdentity, leakage, nPositive, majority], [null, null, null, 4, 0.95]);

  const tiny = await run(study(20, 4), { maxImages: 2 });
  assert.deepEqual(tiny.outcome.rows, []);
});

test('an attribute with one modality has no row, and no attributes are no trouble', async () => {
  const input = study(20, 4);
  input.attributes[0]!.values.fill(1);
  assert.deepEqual(
    (await run(input)).outcome.rows.map(({ attribute }) => attribute),
    ['person'],
  );
  assert.deepEqual((await run({ ...input, attributes: [] })).outcome.rows, []);
});

test('equal embeddings say nothing: as many are right as always guessing one modality', async () => {
  const input = study(20, 4);
  input.embeddings.data.fill(0.5);
  const { outcome } = await run(input);
  assert.deepEqual(
    [outcome.rows[0]!.stratified!.auc, outcome.rows[0]!.stratified!.balancedAccuracy],
    [0.5, 0.5],
  );
});

test('it can be cancelled between two products', async () => {
  const controller = new AbortController();
  let products = 0;
  const running = run(
    study(20, 4),
    {},
    {
      signal: controller.signal,
      product: {
        timesTransposed(...args) {
          if (++products === 6) controller.abort();
          return plainMatrixProduct.timesTransposed(...args);
        },
      },
    },
  );
  await assert.rejects(running, (error) => isAppError(error) && error.code === 'cancelled');
  assert.equal(products, 6);
});

/**
 * People at right angles, one image of each after another, and one number more whose sign is the attribute `seen`.
 * `person` is the same for all images of a person.
 */
function study(nPeople: number, imagesEach: number): DiscriminativeInput {
  const rows = nPeople * imagesEach;
  const dim = nPeople + 1;
  const data = new Float32Array(rows * dim);
  const identities = Int32Array.from({ length: rows }, (_, row) => row % nPeople);
  const seen = Int8Array.from(identities, (person, row) =>
    (person + Math.floor(row / nPeople)) % 2 === 0 ? 1 : -1,
  );
  identities.forEach((person, row) => {
    data[row * dim + person] = 5;
    data[row * dim + dim - 1] = 5 * seen[row]!;
  });
  return {
    embeddings: { rows, dim, data },
    identities,
    identitiesKnown: true,
    attributes: [
      column('seen', seen),
      column(
        'person',
        Int8Array.from(identities, (person) => ((person >> 1) % 2 === 1 ? 1 : -1)),
      ),
    ],
    images: Array.from({ length: rows }, (_, row) => `image${row}`),
  };
}

async function run(
  input: DiscriminativeInput,
  options: Partial<DiscriminativeOptions> = {},
  context: Partial<DiscriminativeContext> = {},
) {
  const diagnostics = new DiagnosticLog();
  const outcome = await runDiscriminative(
    input,
    { metric: 'euclidean', maxImages: 1000, seed: 1, ...options },
    {
      signal: new AbortController().signal,
      product: plainMatrixProduct,
      diagnostics,
      progress: () => undefined,
      ...context,
    },
  );
  return { outcome, codes: diagnostics.toArray().map(({ code, count }) => [code, count]) };
}
