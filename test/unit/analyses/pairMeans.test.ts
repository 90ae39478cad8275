import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cosineMeans } from '../../../src/analyses/pairMeans.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';

test('three points computed by hand', () => {
  // Products: 0 of the positive ones, 0.6 and 0.8 across.
  const points = {
    n: 3,
    dim: 2,
    data: new Float32Array(new SharedArrayBuffer(24)),
    identities: Int32Array.of(0, 1, 2),
  };
  points.data.set([1, 0, 0, 1, 0.6, 0.8]);
  const { positive, negative, cross } = cosineMeans(points, 'exclude')(Int8Array.of(1, 1, -1));
  assert.equal(positive, 1);
  assert.ok(Number.isNaN(negative));
  assert.ok(Math.abs(cross - 0.3) < 1e-7);
});

for (const sameIdentity of ['exclude', 'include'] as const) {
  test(`sums of vectors give the mean of listed distances: ${sameIdentity}`, () => {
    const random = new SeededRandom(5);
    const n = 80;
    const dim = 4;
    const data = new Float32Array(new SharedArrayBuffer(4 * n * dim));
    for (let i = 0; i < data.length; i++) data[i] = random.nextNormal();
    let identity = 0;
    const identities = Int32Array.from({ length: n }, () => (identity += random.nextInt(2)));
    const labels = Int8Array.from({ length: n }, () => random.nextInt(3) - 1);
    const sums = { positive: [0, 0], negative: [0, 0], cross: [0, 0] };
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        if (labels[i] === 0 || labels[j] === 0) continue;
        if (sameIdentity === 'exclude' && identities[i] === identities[j]) continue;
        let product = 0;
        for (let t = 0; t < dim; t++) product += data[i * dim + t]! * data[j * dim + t]!;
        const kind = labels[i] !== labels[j] ? 'cross' : labels[i]! > 0 ? 'positive' : 'negative';
        sums[kind][0]! += 1 - product;
        sums[kind][1]!++;
      }
    }
    const means = cosineMeans({ n, dim, data, identities }, sameIdentity)(labels);
    for (const kind of ['positive', 'negative', 'cross'] as const)
      assert.ok(Math.abs(means[kind] - sums[kind][0]! / sums[kind][1]!) < 1e-12, kind);
  });
}
