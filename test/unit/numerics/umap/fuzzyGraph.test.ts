import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzyGraph, membershipStrengths, neighbourScale } from '../../../../src/numerics/umap/fuzzyGraph.ts';

test('of neighbours at 1, 2 and 3, σ solves 1 + e^(−1/σ) + e^(−2/σ) = log₂ 4', () => {
  // With t = e^(−1/σ): t + t² = 1, the golden section.
  const { rho, sigma } = neighbourScale(Float64Array.of(1, 2, 3), 0);
  assert.equal(rho, 1);
  assert.ok(Math.abs(sigma - -1 / Math.log((Math.sqrt(5) - 1) / 2)) < 1e-3, String(sigma));
  const strengths = membershipStrengths({ n: 1, k: 3, distance: Float64Array.of(1, 2, 3) });
  assert.equal(strengths[0], 1);
  assert.ok(Math.abs(strengths[1]! - 0.618034) < 1e-4);
  assert.ok(Math.abs(strengths[2]! - 0.381966) < 1e-4);
});

test('a twin does not set ρ: the nearest at another place does', () => {
  assert.equal(neighbourScale(Float64Array.of(0, 0.5, 0.7), 0).rho, 0.5);
  assert.equal(neighbourScale(Float64Array.of(0, 0, 0), 0).rho, 0);
});

test('σ is at least a thousandth of the mean distance, the point itself counted', () => {
  // Four at 1: the sum is 4 whatever σ is, above log₂ 5, so that bisection runs to zero.
  assert.ok(Math.abs(neighbourScale(Float64Array.of(1, 1, 1, 1), 9).sigma - 1e-3 * (4 / 5)) < 1e-12);
  assert.ok(Math.abs(neighbourScale(Float64Array.of(0, 0, 0, 0), 9).sigma - 9e-3) < 1e-12);
});

test('what both see of each other is joined as a + b − a·b, what one sees stays; both directions, by head', () => {
  // On a line: 0 at 0, 1 at 1, 2 at 3, two neighbours of each.
  const graph = fuzzyGraph({
    n: 4,
    k: 2,
    index: Int32Array.of(1, 2, 0, 2, 1, 0, 2, 1),
    distance: Float64Array.of(1, 3, 1, 2, 2, 3, 3, 5),
  });
  const strengths = membershipStrengths({ n: 4, k: 2, distance: Float64Array.of(1, 3, 1, 2, 2, 3, 3, 5) });
  // 1 + t = log₂ 3 for each second neighbour.
  const t = Math.log2(3) - 1;
  for (const second of [1, 3, 5, 7]) assert.ok(Math.abs(strengths[second]! - t) < 1e-4);
  const edges = Array.from(
    graph.head,
    (head, i) => `${head}-${graph.tail[i]}:${graph.weight[i]!.toFixed(3)}`,
  );
  const both = (2 * t - t * t).toFixed(3);
  assert.deepEqual(edges.toSorted(), [
    `0-1:1.000`,
    `0-2:${both}`,
    `1-0:1.000`,
    `1-2:1.000`,
    `1-3:${t.toFixed(3)}`,
    `2-0:${both}`,
    `2-1:1.000`,
    `2-3:1.000`,
    `3-1:${t.toFixed(3)}`,
    `3-2:1.000`,
  ]);
  assert.deepEqual([...graph.head], [...graph.head].toSorted());
});
