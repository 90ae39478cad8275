import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  distancesAcross,
  distancesWithin,
  gatherPoints,
  type Points,
} from '../../../src/analyses/pairDistances.ts';
import { metrics } from '../../../src/domain/embeddingMatrix.ts';
import { plainMatrixProduct } from '../../../src/numerics/matrixProduct.ts';
import { median } from '../../../src/numerics/quantiles.ts';
import { mean } from '../../../src/numerics/sums.ts';
import { csv, embeddings, identities, text } from '../../support/macroscaleFixture.ts';

interface ExpectedSelection {
  readonly max_samples: number;
  readonly attribute: string;
  readonly rows_positive: readonly number[];
  readonly rows_negative: readonly number[];
}

const selections = JSON.parse(text('expected_selection.json')) as readonly ExpectedSelection[];
const summaries = csv('expected_distance_summary.csv');
const context = { product: plainMatrixProduct, checkpoint: () => undefined };

for (const metric of metrics) {
  test(`fixture, ${metric}: spread, median, ends and order of every set of distances`, async () => {
    let nSets = 0;
    for (const { max_samples, attribute, rows_positive, rows_negative } of selections) {
      const points = (rows: readonly number[]): Points =>
        gatherPoints(embeddings, identities, Int32Array.from(rows), metric);
      const positive = points(rows_positive);
      const negative = points(rows_negative);
      const sets = {
        positive: await within(positive),
        negative: await within(negative),
        cross_include: await across(positive, negative, 'include'),
        cross_exclude: await across(positive, negative, 'exclude'),
      };
      for (const [set, distances] of Object.entries(sets)) {
        const expected = summaries.find(
          (row) =>
            row['max_samples'] === String(max_samples) &&
            row['metric'] === metric &&
            row['attribute'] === attribute &&
            row['set'] === set,
        )!;
        assert.equal(distances.length, Number(expected['count']));
        assertRelative(mean(distances), expected['mean'], 1e-9);
        assertRelative(deviation(distances), expected['std'], 1e-9);
        assertRelative(median(distances), expected['median'], 1e-9);
        assertRelative(ends(distances)[0], expected['min'], 1e-7);
        assertRelative(ends(distances)[1], expected['max'], 1e-9);
        assertRelative(distances[0]!, expected['first'], 1e-9);
        assertRelative(distances.at(-1)!, expected['last'], 1e-9);
        nSets++;
      }
    }
    assert.equal(2 * nSets, summaries.length);
  });
}

async function within(points: Points): Promise<Float64Array> {
  const out = new Float64Array((points.n * (points.n - 1)) / 2);
  return out.subarray(0, await distancesWithin(points, out, context));
}

async function across(a: Points, b: Points, sameIdentity: 'include' | 'exclude'): Promise<Float64Array> {
  const out = new Float64Array(a.n * b.n);
  return out.subarray(0, await distancesAcross(a, b, sameIdentity, out, context));
}

/** Population standard deviation. */
function deviation(values: Float64Array): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

/** The smallest and the largest. */
function ends(values: Float64Array): [number, number] {
  const sorted = values.toSorted();
  return [sorted[0]!, sorted.at(-1)!];
}

function assertRelative(found: number, expected: string | undefined, tolerance: number): void {
  assert.ok(
    Math.abs(found - Number(expected)) <= tolerance * Math.abs(Number(expected)),
    `${found} for ${expected}`,
  );
}
