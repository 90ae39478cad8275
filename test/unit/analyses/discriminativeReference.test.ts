import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runDiscriminative } from '../../../src/analyses/discriminative.ts';
import { foldScores } from '../../../src/analyses/foldScores.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';
import { stratifiedFolds } from '../../../src/numerics/folds.ts';
import { fitLogistic } from '../../../src/numerics/logistic.ts';
import { logisticDesign } from '../../../src/numerics/logisticDesign.ts';
import { ortMatrixProduct as product } from '../../../src/models/onnxRuntime.ts';
import { attributes, embeddings, identities, images, text } from '../../support/macroscaleFixture.ts';

/** By scikit-learn, on the stored folds. */
interface Expected {
  readonly attribute: string;
  readonly inputs: 'unit_norm' | 'raw';
  readonly scheme: 'stratified' | 'by_identity';
  readonly solver_tolerance: number;
  readonly accuracy_folds: readonly number[];
  readonly balanced_accuracy_folds: readonly number[];
  readonly accuracy_mean: number;
  readonly balanced_accuracy_mean: number;
  readonly balanced_accuracy_std_ddof0: number;
  readonly majority_class_share: number;
}

const expected = (JSON.parse(text('expected_discriminative.json')) as Expected[]).filter(
  ({ solver_tolerance }) => solver_tolerance === 1e-8,
);
const { rows: n, dim, data } = embeddings;

test('the folds of images are those of scikit-learn', () => {
  const names = new Set(expected.map(({ attribute }) => attribute));
  assert.equal(names.size, 4);
  for (const name of names)
    assert.deepEqual(stratifiedFolds(valuesOf(name), 5), storedFolds('stratified', name));
});

for (const inputs of ['unit_norm', 'raw'] as const) {
  test(`on the stored folds accuracies are those of scikit-learn's converged solution: ${inputs}`, async () => {
    const mine = expected.filter((one) => one.inputs === inputs);
    assert.equal(mine.length, 8);
    const tasks = mine.flatMap(({ attribute, scheme }) => {
      const folds = storedFolds(scheme, attribute);
      return [0, 1, 2, 3, 4].map((fold) => ({
        labels: valuesOf(attribute).map((value, row) => (folds[row] === fold ? 0 : value)),
      }));
    });
    const design = await logisticDesign(rowsOf(inputs), n, dim, 1, product);
    const fits = await fitLogistic(design, tasks, { product, checkpoint: () => undefined });
    assert.ok(fits.every(({ converged }) => converged));
    mine.forEach((one, i) => {
      const folds = storedFolds(one.scheme, one.attribute);
      const own = fits.slice(5 * i, 5 * i + 5).map(({ scores }) => scores);
      const values = valuesOf(one.attribute);
      const scores = foldScores(own, values, folds);
      const what = `${one.attribute}, ${one.scheme}`;
      one.accuracy_folds.forEach((accuracy, fold) => {
        const rows = [...folds.keys()].filter((row) => folds[row] === fold);
        const right = rows.filter((row) => own[fold]![row]! > 0 === (values[row] === 1)).length;
        // At most one image of a fold of 1,490 is told otherwise; the tolerance that was asked for is 0.01.
        near(right / rows.length, accuracy, 0.001, `${what}, fold ${fold}`);
      });
      near(scores.accuracy, one.accuracy_mean, 0.001, what);
      near(scores.balancedAccuracy, one.balanced_accuracy_mean, 0.002, what);
      near(scores.sd, one.balanced_accuracy_std_ddof0, 0.002, what);
    });
  });
}

test('people are recognised rather than attributes: accuracy falls where no person is in both', async () => {
  const diagnostics = new DiagnosticLog();
  const done: number[] = [];
  const outcome = await runDiscriminative(
    { embeddings, identities, images, identitiesKnown: true, attributes },
    { metric: 'cosine', maxImages: 20_000, seed: 1 },
    { signal: new AbortController().signal, product, diagnostics, progress: (n) => done.push(n) },
  );
  assert.deepEqual(diagnostics.toArray(), []);
  assert.deepEqual([outcome.inputs, outcome.nFolds, outcome.c], ['unitNorm', 5, 1]);
  assert.deepEqual(
    done,
    done.toSorted((a, b) => a - b),
  );
  assert.equal(done.at(-1), 2 * attributes.length);
  for (const [name, stratified, byIdentity] of [
    ['Male', 0.96, 0.91],
    ['Smiling', 0.58, 0.53],
  ] as const) {
    const row = outcome.rows.find(({ attribute }) => attribute === name)!;
    assert.deepEqual([row.nImages, row.nIdentities], [7462, 300]);
    near(row.stratified!.accuracy, stratified, 0.005, name);
    // The folds are other ones than the stored.
    near(row.byIdentity!.accuracy, byIdentity, 0.02, name);
    assert.ok(row.leakage! > 0.03 && row.leakage! < 0.07, `${name}: ${row.leakage!}`);
    assert.ok(row.stratified!.auc > row.byIdentity!.auc, name);
    const { majority_class_share } = expected.find(({ attribute }) => attribute === name)!;
    near(row.majority, majority_class_share, 1e-12, name);
  }
});

function valuesOf(name: string): Int8Array {
  return attributes.find((attribute) => attribute.name === name)!.values;
}

function storedFolds(scheme: Expected['scheme'], attribute: string): Int8Array {
  const file = scheme === 'stratified' ? `folds_stratified_${attribute}.npy` : 'folds_by_identity.npy';
  const bytes = readFileSync(new URL(`../../fixtures/macroscale/${file}`, import.meta.url));
  return Int8Array.from(bytes.subarray(bytes.length - n));
}

function rowsOf(inputs: Expected['inputs']): Float64Array {
  const rows = Float64Array.from(data);
  for (let row = 0; inputs === 'unit_norm' && row < n; row++) {
    const own = rows.subarray(row * dim, (row + 1) * dim);
    const length = Math.hypot(...own);
    own.forEach((value, t) => (own[t] = value / length));
  }
  return rows;
}

function near(actual: number, wanted: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - wanted) <= tolerance, `${what}: ${actual}, not ${wanted}`);
}
