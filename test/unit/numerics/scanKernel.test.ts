import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  countPairs,
  openPlainScanner,
  partnerRows,
  type ScanBins,
  type ScanPoints,
} from '../../../src/numerics/pairScanner.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { ScanKernel } from '../../../src/numerics/scanKernel.ts';
import { countsOfLanes, layLanes } from '../../../src/numerics/scanLanes.ts';
import { someBins, wholePoints } from '../../support/scanPoints.ts';

/** One block of all rows against one panel of all points. */
function scanByKernel(points: ScanPoints, bins: ScanBins, maxPairsInSums?: number) {
  const { n, dim, data, firstPartners } = points;
  const lanes = layLanes(n, points.labels);
  const kernel = new ScanKernel(lanes, n, n * n, maxPairsInSums);
  const partners = new Float32Array(n * dim);
  partnerRows(points, 0, n, partners);
  kernel.setBins(bins, points.metric);
  kernel.setPanel(0, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let product = 0;
      for (let t = 0; t < dim; t++) product += data[i * dim + t]! * partners[j * dim + t]!;
      kernel.products[i * n + j] = product;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    const from = firstPartners[i]!;
    if (from < n) kernel.countRow(i, i * n + from, from, n - from);
  }
  return countsOfLanes(lanes, kernel.finish(), bins.nBins);
}

test('three points on an axis counted by hand, plainly and by the kernel', async () => {
  // Products 1·2 = 2, 1·3 = 3, 2·3 = 6: "distances" −1, −2, −5, in cells of width 2 from −6 on.
  const points: ScanPoints = {
    n: 3,
    dim: 1,
    data: new Float32Array(new SharedArrayBuffer(12)),
    metric: 'cosine',
    firstPartners: Int32Array.of(1, 2, 3),
    labels: [Int8Array.of(1, 1, -1), Int8Array.of(0, -1, -1)],
  };
  points.data.set([1, 2, 3]);
  const bins = { start: -6, cellsPerUnit: 0.5, binOfCell: Uint16Array.of(0, 0, 1), nBins: 2 };
  const expected = [
    // −5 and −2 (cells 0 and 2) are cross pairs, −1 (cell 2) is a positive one.
    {
      withinPositive: Float64Array.of(0, 1),
      withinNegative: Float64Array.of(0, 0),
      cross: Float64Array.of(1, 1),
    },
    {
      withinPositive: Float64Array.of(0, 0),
      withinNegative: Float64Array.of(1, 0),
      cross: Float64Array.of(0, 0),
    },
  ];
  const plain = await openPlainScanner(points, new AbortController().signal);
  assert.deepEqual(await plain.scan(bins, () => undefined), expected);
  assert.deepEqual(scanByKernel(points, bins), expected);
});

for (const [title, n, attributes, metric] of [
  ['one attribute', 37, ['known'], 'cosine'],
  ['one attribute with unknown labels', 38, ['unknowns'], 'cosine'],
  ['two points', 2, ['known', 'unknowns'], 'cosine'],
  ['both kinds mixed', 71, ['known', 'unknowns', 'known', 'known', 'unknowns'], 'euclidean'],
  ['47 attributes, which fill a group of lanes', 33, Array<'known'>(47).fill('known'), 'cosine'],
  ['48 attributes, one more than a group holds', 33, Array<'known'>(48).fill('known'), 'cosine'],
  ['50 attributes with unknown labels', 29, Array<'unknowns'>(50).fill('unknowns'), 'euclidean'],
] as const) {
  test(`the kernel counts as the plain loops: ${title}`, async () => {
    const random = new SeededRandom(n);
    const points = wholePoints(random, n, attributes, metric);
    // Narrower than the distances, so that both ends hold what lies outside; not at whole numbers.
    const bins = metric === 'cosine' ? someBins(random, -20.13, 18.21) : someBins(random, 0.87, 9.71);
    const plain = await openPlainScanner(points, new AbortController().signal);
    const expected = await plain.scan(bins, () => undefined);
    assert.deepEqual(scanByKernel(points, bins), expected);
    const { withinPositive, withinNegative, cross } = expected[0]!;
    const counted = [withinPositive, withinNegative, cross].flatMap((counts) => [...counts]);
    if (attributes[0] === 'known')
      assert.equal(
        counted.reduce((a, b) => a + b),
        countPairs(points),
      );
  });
}

test('a table of bins takes 32,767 partners of a point that all lie in one bin', () => {
  const n = 32_767;
  const lanes = layLanes(n, [new Int8Array(n).fill(1)]);
  const kernel = new ScanKernel(lanes, n, n);
  const bins = { start: 0, cellsPerUnit: 1, binOfCell: Uint16Array.of(0), nBins: 1 };
  kernel.setBins(bins, 'cosine');
  kernel.setPanel(0, n);
  for (let repeat = 0; repeat < 3; repeat++) kernel.countRow(0, 0, 0, n);
  const [counts] = countsOfLanes(lanes, kernel.finish(), 1);
  assert.deepEqual([counts!.withinPositive[0], counts!.withinNegative[0], counts!.cross[0]], [3 * n, 0, 0]);
});

test('sums that are emptied often, before they could overflow, come to the same', () => {
  const random = new SeededRandom(5);
  const points = wholePoints(random, 60, ['known', 'unknowns']);
  const bins = someBins(random, -20.13, 18.21);
  assert.deepEqual(scanByKernel(points, bins, 100), scanByKernel(points, bins));
});
