import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxBins, maxCells, type ScanBins } from '../../../src/numerics/pairScanner.ts';
import { SeededRandom } from '../../../src/numerics/random.ts';
import {
  binEdges,
  binsByMass,
  evenBins,
  joinRuns,
  tiedBins,
  zoom,
} from '../../../src/numerics/scanBinning.ts';

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

test('zooming splits open bins alone, whose cells cover them, and many times finer', () => {
  const before = evenBins(2);
  const isOpen = new Uint8Array(maxBins);
  for (const bin of [300, 301, 302, 700, 1500]) isOpen[bin] = 1;
  const { bins, isInside } = zoom(before, isOpen, new Float64Array(maxBins).fill(5), 1e-7);
  assertUsable(bins);
  const edges = binEdges(bins);
  const oldEdges = binEdges(before);
  const isCovered = (d: number): boolean => {
    const bin = edges.findLastIndex((edge) => edge <= d);
    return isInside[bin] === 1;
  };
  for (const bin of [300, 301, 302, 700, 1500]) {
    assert.ok(isCovered(oldEdges[bin]! + 1e-9) && isCovered(oldEdges[bin + 1]! - 1e-9));
  }
  for (const bin of [299, 303, 1000, 1502]) assert.ok(!isCovered((oldEdges[bin]! + oldEdges[bin + 1]!) / 2));
  assert.ok(bins.nBins > 100);
  assert.ok(!isCovered(0.0001) && !isCovered(1.9999));
});

test('cells do not get narrower than the precision, and then what a bin holds is tied', () => {
  const before = evenBins(2);
  const isOpen = new Uint8Array(maxBins);
  isOpen[5] = 1;
  const precision = 2 / 2 ** 14;
  const { bins } = zoom(before, isOpen, new Float64Array(maxBins).fill(1e6), precision);
  assert.equal(bins.cellsPerUnit, 1 / precision);
  assert.ok(tiedBins(bins, precision).includes(1));
  assert.ok(!tiedBins(before, precision / 100).includes(1));
});

test('open bins in very many runs are joined until zooming has bins enough', () => {
  const random = new SeededRandom(2);
  const isOpen = Uint8Array.from({ length: maxBins }, () => Number(random.nextInt(3) === 0));
  const joined = joinRuns(isOpen);
  isOpen.forEach((open, bin) => assert.ok(open <= joined[bin]!));
  const { bins } = zoom(evenBins(2), joined, new Float64Array(maxBins).fill(1), 1e-7);
  assertUsable(bins);
  const few = new Uint8Array(maxBins);
  few[3] = few[900] = 1;
  assert.deepEqual(joinRuns(few), few);
});
