import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DesignMatrix } from '../../../src/numerics/designMatrix.ts';
import { fitLogistic } from '../../../src/numerics/logistic.ts';
import { lossAt } from '../../../src/numerics/logisticLoss.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

test('by hand: one image at 1, one at −1, and C = 2 ln 3 give the slope ln 3', async () => {
  // The slope solves w = 2C/(1 + eʷ), and 2 · 2 ln 3/(1 + 3) = ln 3. By symmetry b = 0.
  const { weights, margins, converged } = await fit([[1], [-1]], [1, -1], 2 * Math.log(3));
  near(weights, [Math.log(3), 0], 1e-4);
  near(margins, [Math.log(3), -Math.log(3)], 1e-4);
  assert.deepEqual([...converged], [1]);
});

test('by hand: embeddings that say nothing leave the log odds to the intercept, which is not penalised', async () => {
  const { weights } = await fit([[0], [0], [0], [0]], [1, 1, 1, -1], 1);
  near(weights, [0, Math.log(3)], 1e-3);
});

test('rows without a label do not matter to the fit, and get a margin', async () => {
  const { weights, margins } = await fit([[1], [100], [-1]], [1, 0, -1], 2 * Math.log(3));
  near(weights, [Math.log(3), 0], 1e-3);
  near(margins, [Math.log(3), 100 * weights[0]! + weights[1]!, -Math.log(3)], 1e-3);
});

test('the derivatives of the loss are what differences of its values say, far from 0 as well', () => {
  const labels = Int8Array.of(1, -1, 1, 0, -1);
  const slopes = Float64Array.of(0.3, -2, 1.5, 7, 40);
  for (const scale of [0, 1, 30]) {
    const margins = Float64Array.of(0.2, 0.5, -1, 3, -2).map((value) => value * scale);
    const options = { c: 3, residuals: new Float64Array(5) };
    const [before, after, here] = [0.5 - 1e-5, 0.5 + 1e-5, 0.5].map((alpha) =>
      lossAt(labels, margins, slopes, alpha, options),
    ) as [Loss, Loss, Loss];
    near([here.slope], [(after.value - before.value) / 2e-5], 1e-5);
    near([here.curvature], [(after.slope - before.slope) / 2e-5], 1e-4);
    // Along the line the residuals give the same slope.
    near(
      [here.slope],
      [options.residuals.reduce((sum, residual, i) => sum + residual * slopes[i]!, 0)],
      1e-9,
    );
  }
  const far = { c: 1, residuals: new Float64Array(2) };
  const { value } = lossAt(Int8Array.of(1, 1), Float64Array.of(5000, -5000), new Float64Array(2), 0, far);
  assert.equal(value, 5000);
  assert.deepEqual([...far.residuals], [-0, -1]);
});

for (const [name, scale, dim] of [
  ['a few columns', 1, 7],
  ['columns of very different lengths, which separate the labels', 200, 7],
  ['more columns than rows', 1, 80],
  ['so many columns that only the diagonal bounds the curvature', 0.1, 1100],
] as const) {
  test(`at the minimum the gradient by differences vanishes: ${name}`, async () => {
    const random = new SeededRandom(5);
    const n = 60;
    const rows = Array.from({ length: n }, () =>
      Array.from({ length: dim }, (_, t) => random.nextNormal() * (t === 0 ? scale : 1)),
    );
    const labels = rows.map((row) => (row[0]! / scale + row[1]! + random.nextNormal() > 0 ? 1 : -1));
    const c = 1.7;
    const { weights, converged } = await fit(rows, labels, c);
    assert.deepEqual([...converged], [1]);
    const objective = (w: Float64Array): number => {
      let sum = 0;
      for (let t = 0; t < dim; t++) sum += w[t]! ** 2 / 2;
      rows.forEach((row, i) => {
        const margin =
          labels[i]! * (row.reduce((total, x, t) => total + Math.fround(x) * w[t]!, 0) + w[dim]!);
        sum += c * (Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, -margin));
      });
      return sum;
    };
    const step = 1e-6;
    const tolerance = 1e-4 * Math.max(1, Math.sqrt(dim - 1 + scale * scale) * 1.5);
    for (const t of [0, 1, dim >> 1, dim - 1, dim]) {
      const slope =
        (objective(shifted(weights, t, step)) - objective(shifted(weights, t, -step))) / (2 * step);
      assert.ok(Math.abs(slope) <= tolerance + 1e-6, `${t}: ${slope}`);
    }
  });
}

test('several fits at once are what each is alone', async () => {
  const random = new SeededRandom(8);
  const rows = Array.from({ length: 1500 }, () => [random.nextNormal(), random.nextNormal()]);
  const first = rows.map(([x]) => (x! + random.nextNormal() > 0.3 ? 1 : -1));
  const second = rows.map(([, y], i) => (i % 5 === 0 ? 0 : y! + 0.1 * random.nextNormal() > 0 ? 1 : -1));
  const together = await fit(rows, [...first, ...second], 1);
  near(together.weights.subarray(0, 3), (await fit(rows, first, 1)).weights, 1e-9);
  near(together.weights.subarray(3), (await fit(rows, second, 1)).weights, 1e-9);
});

test('what cannot be fitted is refused', async () => {
  await assert.rejects(fit([[1], [Number.NaN]], [1, -1], 1), /Number 0 of row 1 is NaN/);
  await assert.rejects(fit([[1], [Infinity]], [1, -1], 1), RangeError);
  await assert.rejects(fit([[1], [2]], [1, 0], 1), /lacks one of the two labels/);
  await assert.rejects(fit([[1], [2]], [1, -1, 1], 1), /no whole number/);
  for (const c of [0, -1, Number.NaN, Infinity])
    await assert.rejects(fit([[1], [2]], [1, -1], c), /C must be/);
});

type Loss = ReturnType<typeof lossAt>;

async function fit(rows: readonly (readonly number[])[], labels: readonly number[], c: number) {
  const design = new DesignMatrix(
    {
      data: Float32Array.from(rows.flat()),
      dim: rows[0]!.length,
      rows: Int32Array.from(rows, (_, row) => row),
      factors: new Float64Array(rows.length).fill(1),
    },
    plainMatrixProduct,
  );
  return fitLogistic(design, Int8Array.from(labels), c, plainMatrixProduct);
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
