import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxBins, maxCells, type ScanBins } from '../../../src/numerics/pairScanner.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import { binEdges, binsByMass, evenBins, tiedBins, zoom } from '../../../src/numerics/scanBinning.ts';

function assertUsable({ binOfCell, nBins }: ScanBins): void {
  assert.ok(nBins <= maxBins && binOfCell.length <= maxCells, `${nBins} bins of ${binOfCell.length} cells`);
  assert.equal(binOfCell[0], 0);
  assert.equal(binOfCell.at(-1), nBins - 1);
  for (let cell = 1; cell < binOfCell.length; cell++) {
    const step = binOfCell[cell]! - binOfCell[cell - 1]!;
    assert.ok(step === 0 || step === 1);
  }
}

/** Counts of a bell over a part of the range. */
function bell(centre: number, width: number): Float64Array {
  return Float64Array.from({ length: maxBins }, (_, bin) =>
    Math.round(1e4 * Math.exp(-(((bin / maxBins - centre) / width) ** 2) / 2)),
  );
}

test('even bins are of equal width and reach to the end', () => {
  const bins = evenBins(2);
  assertUsable(bins);
  const edges = binEdges(bins);
  assert.deepEqual([edges[0], edges[1], edges[maxBins]], [0, 2 / maxBins, 2]);
});

for (const [centre, width] of [
  [0.5, 0.05],
  [0.5, 0.3],
  [0.02, 0.001],
  [0.9, 0.0001],
] as const) {
  test(`bins by mass, a bell ${width} wide at ${centre}: few pairs in each, and none across the grid`, () => {
    const counts = bell(centre, width);
    const bins = binsByMass(counts, 2);
    assertUsable(bins);
    for (let cell = bins.cellsOfStep; cell < maxCells; cell += bins.cellsOfStep)
      assert.notEqual(bins.binOfCell[cell], bins.binOfCell[cell - 1]);
    const total = counts.reduce((a, b) => a + b);
    const mass = new Float64Array(bins.nBins);
    const cells = new Uint32Array(bins.nBins);
    bins.binOfCell.forEach((bin, cell) => {
      mass[bin]! += counts[cell >> 5]! / 32 / total;
      if (counts[cell >> 5]! > 0) cells[bin]!++;
    });
    // A thousandth, or what one cell holds.
    for (let bin = 0; bin < bins.nBins; bin++) assert.ok(mass[bin]! < 1 / 500 || cells[bin]! <= 1);
  });
}

test('zooming splits spans alone, whose cells cover them, and many times finer', () => {
  const spans = [
    { from: 1.2, to: 1.201, mass: 5 },
    { from: 0.3, to: 0.301, mass: 5 },
    { from: 0.301, to: 0.302, mass: 10 },
    { from: 0.7, to: 0.7004, mass: 1 },
  ];
  const { bins, isInside } = zoom(spans, 1e-7);
  assertUsable(bins);
  const edges = binEdges(bins);
  const isCovered = (d: number): boolean => isInside[edges.findLastIndex((edge) => edge <= d)] === 1;
  for (const { from, to } of spans) assert.ok(isCovered(from + 1e-9) && isCovered(to - 1e-9));
  for (const d of [0.2999, 0.3023, 0.5, 0.6999, 0.7007, 1.1999]) assert.ok(!isCovered(d), `${d}`);
  assert.ok(bins.nBins > 100);
  assert.equal(isInside[0], 0);
  assert.equal(isInside.at(-1), 0);
});

test('cells do not get narrower than the precision, and then what a bin holds is tied', () => {
  const precision = 2 / 2 ** 14;
  const { bins } = zoom([{ from: 0.1, to: 0.102, mass: 1e6 }], precision);
  assert.equal(bins.cellsPerUnit, 1 / precision);
  assert.ok(tiedBins(bins, precision).includes(1));
  assert.ok(!tiedBins(evenBins(2), precision / 100).includes(1));
});

test('very many spans grow together until there are bins enough, and stay covered', () => {
  const random = new SeededRandom(2);
  const spans = Array.from({ length: 700 }, () => {
    const from = 2 * random.nextFloat();
    return { from, to: from + 0.0003, mass: 1 };
  });
  const { bins, isInside } = zoom(spans, 1e-7);
  assertUsable(bins);
  const edges = binEdges(bins);
  for (const { from, to } of spans) {
    for (const d of [from + 1e-9, to - 1e-9])
      assert.equal(isInside[edges.findLastIndex((edge) => edge <= d)], 1);
  }
});
