import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitLogistic } from '../../../src/numerics/logistic.ts';
import { logisticDesign } from '../../../src/numerics/logisticDesign.ts';
import { lossAlong } from '../../../src/numerics/logisticLoss.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

test('by hand: one image at 1, one at −1, and C = 2 ln 3 give the slope ln 3', async () => {
  // The slope solves w = 2C/(1 + eʷ), and 2 · 2 ln 3/(1 + 3) = ln 3. By symmetry b = 0.
  const { weights, intercept, scores, converged } = await fit([[1], [-1]], [1, -1], 2 * Math.log(3));
  near([...weights, intercept], [Math.log(3), 0], 1e-5);
  near(scores, [Math.log(3), -Math.log(3)], 1e-5);
  assert.ok(converged);
});

test('by hand: embeddings that say nothing leave the log odds to the intercept, which bears no penalty', async () => {
  const { weights, intercept } = await fit([[7], [7], [7], [7]], [1, 1, 1, -1], 1);
  near([...weights, intercept], [0, Math.log(3)], 1e-5);
});

test('images without a label do not matter to the fit, and get a score', async () => {
  const { weights, intercept, scores } = await fit([[1], [100], [-1]], [1, 0, -1], 2 * Math.log(3));
  near([...weights, intercept], [Math.log(3), 0], 1e-5);
  near(scores, [Math.log(3), 100 * Math.log(3), -Math.log(3)], 1e-3);
});

test('the derivatives of the loss are what differences of its values say, far from 0 as well', () => {
  const labels = [1, -1, 1, 0, -1];
  const direction = [0.3, -2, 1.5, 7, 40];
  for (const scale of [0, 1, 30]) {
    const scores = [0.2, 0.5, -1, 3, -2].map((value) => value * scale);
    const here = lossOf(labels, scores, direction, 0.5);
    const before = lossOf(labels, scores, direction, 0.5 - 1e-5);
    const after = lossOf(labels, scores, direction, 0.5 + 1e-5);
    near([here.slope], [(after.loss - before.loss) / 2e-5], 1e-5);
    near(
      [here.slope],
      [here.residuals.reduce((sum, residual, i) => sum + residual * direction[i]!, 0)],
      1e-9,
    );
    // Along a direction of ones both derivatives are by the intercept.
    const ones = labels.map(() => 1);
    const [left, right] = [-1e-5, 1e-5].map((t) => lossOf(labels, scores, ones, t));
    const middle = lossOf(labels, scores, ones, 0);
    near([middle.residualSum], [(right!.loss - left!.loss) / 2e-5], 1e-5);
    near([middle.curvature], [(right!.residualSum - left!.residualSum) / 2e-5], 1e-5);
  }
});

test('the loss neither overflows far on the wrong side nor wherever many images are', () => {
  const far = lossOf([1, 1], [5000, -5000], [0, 0], 0);
  assert.equal(far.loss, 5000);
  near(far.residuals, [0, -1], 0);
  const n = 5000;
  const many = lossOf(
    new Array<number>(n).fill(1),
    new Array<number>(n).fill(0),
    new Array<number>(n).fill(0),
    0,
  );
  near([many.loss], [n * Math.LN2], 1e-8);
});

for (const [name, scale, dim] of [
  ['a few columns', 1, 7],
  ['columns of very different lengths, which separate the labels', 200, 7],
  ['more columns than rows', 1, 80],
  ['one column hardly varies', 1e-3, 7],
] as const) {
  test(`at the minimum the gradient by differences vanishes: ${name}`, async () => {
    const random = new SeededRandom(5);
    const n = 60;
    const rows = Array.from({ length: n }, () =>
      Array.from({ length: dim }, (_, t) => random.nextNormal() * (t === 0 ? scale : 1)),
    );
    const labels = rows.map((row) => (row[0]! / scale + row[1]! + random.nextNormal() > 0 ? 1 : -1));
    const c = 1.7;
    const { weights: w, intercept, converged } = await fit(rows, labels, c);
    assert.ok(converged);
    const weights = Float64Array.of(...w, intercept);
    const objective = (w: Float64Array): number => {
      let sum = 0;
      for (let t = 0; t < dim; t++) sum += w[t]! ** 2 / 2;
      rows.forEach((row, i) => {
        const margin = labels[i]! * (row.reduce((total, x, t) => total + x * w[t]!, 0) + w[dim]!);
        sum += c * (Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, -margin));
      });
      return sum;
    };
    const step = 1e-6;
    for (const t of [0, 1, dim >> 1, dim - 1, dim]) {
      const slope =
        (objective(shifted(weights, t, step)) - objective(shifted(weights, t, -step))) / (2 * step);
      assert.ok(Math.abs(slope) <= 1e-5 * Math.max(1, scale), `${t}: ${slope}`);
    }
  });
}

test('several fits at once are what each is alone', async () => {
  const random = new SeededRandom(8);
  const rows = Array.from({ length: 1500 }, () => [random.nextNormal(), random.nextNormal()]);
  const first = rows.map(([x]) => (x! + random.nextNormal() > 0.3 ? 1 : -1));
  const second = rows.map(([, y], i) => (i % 5 === 0 ? 0 : y! + 0.1 * random.nextNormal() > 0 ? 1 : -1));
  const together = await fitAll(rows, [first, second], 1);
  for (const [i, labels] of [first, second].entries()) {
    const alone = await fit(rows, labels, 1);
    near(together[i]!.weights, alone.weights, 1e-5);
    near([together[i]!.intercept], [alone.intercept], 1e-5);
  }
});

test('what cannot be fitted is refused', async () => {
  await assert.rejects(fit([[1], [Number.NaN]], [1, -1], 1), RangeError);
  await assert.rejects(fit([[1], [Infinity]], [1, -1], 1), RangeError);
  await assert.rejects(fit([[1], [2]], [1, 0], 1), /both classes/);
  await assert.rejects(fit([[1], [2]], [1, -1, 1], 1), /2 labels/);
  await assert.rejects(fit([[]], [1], 1), RangeError);
  for (const c of [0, -1, Number.NaN, Infinity])
    await assert.rejects(fit([[1], [2]], [1, -1], c), /C must be/);
});

test('it asks before a product whether to go on', async () => {
  const asked = fitAll([[1], [-1]], [[1, -1]], 1, () => {
    throw new Error('stop');
  });
  await assert.rejects(asked, /stop/);
});

async function fit(rows: readonly (readonly number[])[], labels: readonly number[], c: number) {
  const [only] = await fitAll(rows, [labels], c);
  return only!;
}

async function fitAll(
  rows: readonly (readonly number[])[],
  labels: readonly (readonly number[])[],
  c: number,
  checkpoint: () => void = () => undefined,
) {
  const dim = rows[0]!.length;
  const design = await logisticDesign(
    Float64Array.from(rows.flat()),
    rows.length,
    dim,
    c,
    plainMatrixProduct,
  );
  const tasks = labels.map((own) => ({ labels: Int8Array.from(own) }));
  return fitLogistic(design, tasks, { product: plainMatrixProduct, checkpoint });
}

function lossOf(
  labels: readonly number[],
  scores: readonly number[],
  direction: readonly number[],
  t: number,
) {
  const out = { loss: 0, slope: 0, residualSum: 0, residualSize: 0, curvature: 0 };
  const residuals = new Float64Array(labels.length);
  const [z, s] = [Float64Array.from(scores), Float64Array.from(direction)];
  lossAlong(Int8Array.from(labels), z, s, t, residuals, out);
  return { ...out, residuals };
}

function near(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    assert.ok(Math.abs(actual[i]! - expected[i]!) <= tolerance, `${i}: ${actual[i]!}, not ${expected[i]!}`);
  }
}

function shifted(weights: Float64Array, t: number, step: number): Float64Array {
  return weights.map((weight, i) => (i === t ? weight + step : weight));
}
