import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MacroscaleInput } from '../../../src/analyses/macroscaleOutcome.ts';
import {
  distancesAcross,
  distancesWithin,
  gatherPoints,
  type Points,
} from '../../../src/analyses/pairDistances.ts';
import { metrics } from '../../../src/domain/embeddingMatrix.ts';
import { type MatrixProduct, plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { column, line, points, run, simplex } from '../../support/runMacroscale.ts';

test('cosine distances run from 0 for parallel to 2 for opposite embeddings', async () => {
  const { distributions } = await run(
    points(
      [
        [3, 4],
        [6, 8],
        [-3, -4],
        [-1.5, -2],
      ],
      [1, 1, -1, -1],
    ),
    {},
  );
  assert.deepEqual([distributions[0]!.min, distributions[0]!.max], [0, 2]);
});

test('one person on both sides: the pair is left out or kept', async () => {
  const input = { ...line([1, 2, 4, 8], [1, 1, -1, -1]), identities: Int32Array.of(0, 1, 0, 2) };
  const excluded = await run(input, { metric: 'euclidean', sameIdentity: 'exclude' });
  const included = await run(input, { metric: 'euclidean', sameIdentity: 'include' });
  assert.deepEqual([excluded.rows[0]!.nCross, included.rows[0]!.nCross], [3, 4]);
  // The pair (1, 4) of person 0 has distance 3.
  assert.deepEqual([excluded.rows[0]!.meanCross * 3, included.rows[0]!.meanCross * 4], [15, 18]);
});

test('several images of one person on the other side are all left out, wherever they stand', async () => {
  const embeddings = { rows: 6, dim: 1, data: Float32Array.of(1, 2, 10, 20, 30, 40) };
  const identities = Int32Array.of(7, 8, 7, 9, 7, 8);
  const gathered = (...rows: number[]) =>
    gatherPoints(embeddings, identities, Int32Array.from(rows), 'euclidean');
  const out = new Float64Array(9).fill(Number.NaN);
  const context = { product: plainMatrixProduct, checkpoint: () => undefined };
  const n = await distancesAcross(gathered(0, 1), gathered(2, 3, 4, 5), 'exclude', out, context);
  assert.deepEqual([...out.subarray(0, n)], [19, 39, 8, 18, 28]);
});

test('two computations at once do not disturb each other', async () => {
  const random = new SeededRandom(5);
  const draw = () => {
    const embeddings = {
      rows: 300,
      dim: 3,
      data: Float32Array.from({ length: 900 }, () => random.nextNormal()),
    };
    const identities = Int32Array.from({ length: 300 }, (_, row) => row);
    return gatherPoints(embeddings, identities, identities, 'cosine');
  };
  const context = { product: plainMatrixProduct, checkpoint: () => undefined };
  const distances = async (points: Points) => {
    const out = new Float64Array((300 * 299) / 2);
    await distancesWithin(points, out, context);
    return out;
  };
  const [a, b] = [draw(), draw()];
  const alone = [await distances(a), await distances(b)];
  assert.deepEqual(await Promise.all([distances(a), distances(b)]), alone);
});

test('points lie in the memory they are given, and nothing else of it is touched', () => {
  const embeddings = { rows: 2, dim: 2, data: Float32Array.of(3, 4, 0, 2) };
  const memory = new Float64Array(5).fill(-1);
  const { data } = gatherPoints(embeddings, Int32Array.of(0, 1), Int32Array.of(1, 0), 'euclidean', memory);
  assert.deepEqual([...data], [0, 2, 3, 4]);
  assert.deepEqual([...memory], [0, 2, 3, 4, -1]);
});

test('all distances equal: the KS distance is 0 and p is 1', async () => {
  // Corners of a simplex: every pair is √2 apart, or 1 − 0.
  const input = simplex(12);
  for (const metric of metrics) {
    const { rows, distributions } = await run(input, { metric });
    for (const row of rows) {
      assert.deepEqual([row.ks, row.pNaive, row.log10PNaive, row.sign], [0, 1, 0, 1]);
    }
    assert.equal(sum(distributions[0]!.cross), 36);
  }
});

test('pairs equally far apart tie whatever the order of summation', async () => {
  // A product whose last bits depend on the position, as those of blocked kernels do.
  const noisy: MatrixProduct = {
    async timesTransposed(a, b, m, n, k) {
      const out = await plainMatrixProduct.timesTransposed(a, b, m, n, k);
      return out.map((x, i) => x + ((i % 5) - 2) * 2e-16);
    },
  };
  const { rows } = await run(simplex(12), {}, { product: noisy });
  assert.deepEqual(
    rows.map(({ ks }) => ks),
    [0, 0],
  );
});

test('the distance of near twins is exact where |x|² + |y|² − 2xy has lost all digits', async () => {
  const input = points(
    [
      [1000, 0],
      [1000, 2 ** -13],
      [1000, 1],
      [1000, 2],
    ],
    [1, 1, -1, -1],
  );
  const { rows } = await run(input, { metric: 'euclidean' });
  assert.equal(rows[0]!.meanWithin, 2 ** -13);
  const cosine = await run(input, { metric: 'cosine' });
  assertRelative(cosine.rows[0]!.meanWithin, (2 ** -13 / 1000) ** 2 / 2, 1e-6);
});

test('several blocks of rows give what one product gives', async () => {
  const n = 1100;
  const random = new SeededRandom(3);
  const data = Float32Array.from({ length: n * 3 }, () => random.nextNormal());
  const input: MacroscaleInput = {
    embeddings: { rows: n, dim: 3, data },
    identities: Int32Array.from({ length: n }, (_, row) => row),
    attributes: [
      column(
        'x',
        Int8Array.from({ length: n }, (_, row) => (row < n / 2 ? 1 : -1)),
      ),
    ],
    images: Array.from({ length: n }, (_, row) => `${row}`),
  };
  const { rows } = await run(input, { metric: 'euclidean', maxIdentities: 550 });
  let total = 0;
  for (let i = 0; i < n / 2; i++) {
    for (let j = n / 2; j < n; j++) {
      total += Math.hypot(...[0, 1, 2].map((t) => data[i * 3 + t]! - data[j * 3 + t]!));
    }
  }
  assert.deepEqual([rows[0]!.nWithin, rows[0]!.nCross], [(550 * 549) / 2, 550 * 550]);
  assertRelative(rows[0]!.meanCross, total / 550 ** 2, 1e-10);
});

test('a matrix product that gives what cannot be is an error, never a number', async () => {
  for (const wrong of [Number.NaN, Infinity, -Infinity, 1.1, -1.1]) {
    const product: MatrixProduct = {
      async timesTransposed(...args) {
        const out = await plainMatrixProduct.timesTransposed(...args);
        out[out.length - 1] = wrong;
        return out;
      },
    };
    for (const metric of metrics) {
      await assert.rejects(run(points(unitVectors, [1, 1, -1, -1]), { metric }, { product }), {
        code: 'numericsInvalid',
        message: /matrix product gave/,
      });
    }
  }
});

const unitVectors = [
  [1, 0],
  [0.8, 0.6],
  [0, 1],
  [-0.6, 0.8],
] as const;

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function assertRelative(found: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(found - expected) <= tolerance * Math.abs(expected), `${found} for ${expected}`);
}
