import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExhaustiveOptions } from '../../../src/analyses/exhaustive.ts';
import { exhaustivePoints } from '../../../src/analyses/exhaustivePoints.ts';
import { DiagnosticLog } from '../../../src/domain/diagnostic.ts';
import { crowd, defaults, inputOf } from '../../support/exhaustiveInput.ts';

test('the same seed draws the same images; `first` takes the first row; another seed draws others', () => {
  const input = crowd(40);
  const points = (options: Partial<ExhaustiveOptions>) =>
    exhaustivePoints(input, { ...defaults, points: 'oneImage', ...options }, new DiagnosticLog());
  assert.deepEqual(points({ selection: 'random' }), points({ selection: 'random' }));
  assert.notDeepEqual(points({ selection: 'random' }).data, points({ selection: 'random', seed: 2 }).data);
  const first = points({ selection: 'first' });
  assert.equal(first.n, 40);
  for (let i = 0; i < first.n; i++) {
    const row = input.identities.indexOf(first.identities[i]!);
    const x = input.embeddings.data.subarray(row * 6, (row + 1) * 6);
    const length = Math.hypot(...x);
    x.forEach((value, t) => assert.ok(Math.abs(value / length - first.data[i * 6 + t]!) < 1e-7));
    assert.equal(first.labels[0]![i], input.attributes[0]!.values[row]);
  }
});

test('a centroid is the mean of unit-length embeddings, its label what most images show', () => {
  const input = inputOf(
    [
      [4, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [-5, 0],
    ],
    [0, 0, 0, 1, 1],
    { A: [1, -1, -1, 1, -1], B: [0, 1, 0, 1, 0] },
  );
  const diagnostics = new DiagnosticLog();
  const cosine = exhaustivePoints(input, { ...defaults, points: 'centroids' }, diagnostics);
  // (1, 0) + (0, 1) + (0, 1), at unit length; the second person's cancel out.
  assert.equal(cosine.n, 1);
  [1, 2].forEach((x, t) => assert.ok(Math.abs(cosine.data[t]! - x / Math.sqrt(5)) < 1e-7));
  assert.deepEqual(
    cosine.labels.map((label) => [...label]),
    [[-1], [1]],
  );
  assert.deepEqual(
    diagnostics.toArray().map(({ code, items }) => [code, ...items]),
    [['centroidVanishes', 'image3']],
  );
  const euclidean = exhaustivePoints(
    input,
    { ...defaults, metric: 'euclidean', points: 'centroids' },
    new DiagnosticLog(),
  );
  // (4/3, 1) and (−2, 0), less their mean; then 1 and the square. A tie and nothing but one known label.
  const expected = [5 / 3, 0.5, 1, 25 / 9 + 0.25, -5 / 3, -0.5, 1, 25 / 9 + 0.25];
  expected.forEach((x, i) => assert.ok(Math.abs(euclidean.data[i]! - x) < 1e-6));
  assert.deepEqual(
    euclidean.labels.map((label) => [...label]),
    [
      [-1, 0],
      [1, 1],
    ],
  );
});
