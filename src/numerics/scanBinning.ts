import { maxBins, maxCells, type ScanBins } from './pairScanner.ts';

/** `bins` bins, as many as divide the cells evenly, from 0 to `end`. */
export function evenBins(end: number): ScanBins {
  return {
    start: 0,
    cellsPerUnit: maxCells / end,
    binOfCell: Uint16Array.from({ length: maxCells }, (_, cell) => Math.floor(cell / cellsOfEvenBin)),
    nBins: maxBins,
  };
}

const cellsOfEvenBin = maxCells / maxBins;

/** Bins that respect a grid: every `cellsOfStep` cells, from cell 0 on, a bin begins. */
export interface GriddedBins extends ScanBins {
  readonly cellsOfStep: number;
}

/**
 * Bins for a pass over all pairs from the `counts` of some of them in `evenBins(end)`: narrow where distances are
 * many, each with about as many, and none across a line of the grid, whose step is a 200th of the counted range.
 */
export function binsByMass(counts: Float64Array, end: number): GriddedBins {
  const low = counts.findIndex((count) => count > 0);
  const high = counts.findLastIndex((count) => count > 0);
  const step = Math.round(((high - low + 1) * cellsOfEvenBin) / gridStepsInRange);
  const cellsOfStep = Math.max(step, maxCells / maxGridSteps);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const share = total / (maxBins - Math.ceil(maxCells / cellsOfStep));
  const binOfCell = new Uint16Array(maxCells);
  let bin = 0;
  let mass = 0;
  for (let cell = 0; cell < maxCells; cell++) {
    if (cell > 0 && (cell % cellsOfStep === 0 || mass >= share)) {
      bin++;
      mass = 0;
    }
    binOfCell[cell] = bin;
    mass += counts[Math.floor(cell / cellsOfEvenBin)]! / cellsOfEvenBin;
  }
  return { start: 0, cellsPerUnit: maxCells / end, binOfCell, nBins: bin + 1, cellsOfStep };
}

const gridStepsInRange = 200;
const maxGridSteps = 1024;

/** Bins of a further pass, and which of them (1) split those that were open. */
export interface ZoomedBins {
  readonly bins: ScanBins;
  readonly isInside: Uint8Array;
}

/**
 * All bins into those of `bins` where `isOpen` is 1, of which there is one at least; what lies between, below and
 * above them has a bin for each gap. The open bins form at most 400 runs: see `joinRuns`. `mass`: how many distances each bin held. Cells do not get narrower than
 * `precision`.
 */
export function zoom(bins: ScanBins, isOpen: Uint8Array, mass: Float64Array, precision: number): ZoomedBins {
  const edges = binEdges(bins);
  const low = edges[isOpen.indexOf(1)]!;
  const high = edges[isOpen.lastIndexOf(1) + 1]!;
  const cellsPerUnit = Math.min((maxCells - 4) / (high - low), 1 / precision);
  // One cell is left on either side for what lies outside.
  const start = low - 2 / cellsPerUnit;
  const nCells = Math.min(maxCells, Math.ceil((high - start) * cellsPerUnit) + 2);
  const massOfCell = new Float64Array(nCells);
  let total = 0;
  for (let bin = 0; bin < isOpen.length; bin++) {
    if (isOpen[bin] === 0) continue;
    // Outwards to whole cells.
    const from = Math.max(1, Math.floor((edges[bin]! - start) * cellsPerUnit));
    const to = Math.min(nCells - 1, Math.ceil((edges[bin + 1]! - start) * cellsPerUnit));
    const each = Math.max(mass[bin]!, Number.MIN_VALUE) / (to - from);
    for (let cell = from; cell < to; cell++) massOfCell[cell]! += each;
    total += mass[bin]!;
  }
  const share = total / (maxBins - 3 * countRuns(isOpen) - 2);
  return splitCells(massOfCell, share, start, cellsPerUnit);
}

/** Opens bins between runs of open ones, the narrowest gaps first, until the runs are few enough for `zoom`. */
export function joinRuns(isOpen: Uint8Array): Uint8Array {
  let joined = isOpen;
  for (let gap = 1; countRuns(joined) > mostRuns; gap *= 2) {
    const next = joined.slice();
    let last = -1;
    joined.forEach((open, bin) => {
      if (open === 0) return;
      if (last >= 0 && bin - last - 1 <= gap) next.fill(1, last, bin);
      last = bin;
    });
    joined = next;
  }
  return joined;
}

/** Each run takes up to three bins of its own. */
const mostRuns = 400;

function countRuns(isOpen: Uint8Array): number {
  let runs = 0;
  for (let bin = 0; bin < isOpen.length; bin++) if (isOpen[bin] === 1 && isOpen[bin - 1] !== 1) runs++;
  return runs;
}

/** A new bin at each border between cells with and without mass, and wherever `share` has come together. */
function splitCells(
  massOfCell: Float64Array,
  share: number,
  start: number,
  cellsPerUnit: number,
): ZoomedBins {
  const binOfCell = new Uint16Array(massOfCell.length);
  const isInside = new Uint8Array(maxBins);
  let bin = 0;
  let mass = 0;
  for (let cell = 1; cell < massOfCell.length; cell++) {
    const inside = massOfCell[cell]! > 0;
    if (inside !== massOfCell[cell - 1]! > 0 || (inside && mass >= share)) {
      bin++;
      mass = 0;
    }
    binOfCell[cell] = bin;
    mass += massOfCell[cell]!;
    if (inside) isInside[bin] = 1;
  }
  const nBins = bin + 1;
  return { bins: { start, cellsPerUnit, binOfCell, nBins }, isInside: isInside.slice(0, nBins) };
}

/** Where each bin begins, and the last one ends; the outermost also hold what lies beyond. */
export function binEdges({ start, cellsPerUnit, binOfCell, nBins }: ScanBins): Float64Array {
  const edges = new Float64Array(nBins + 1).fill(start + binOfCell.length / cellsPerUnit);
  for (let cell = binOfCell.length - 1; cell >= 0; cell--) {
    edges[binOfCell[cell]!] = start + cell / cellsPerUnit;
  }
  return edges;
}

/** 1 for each bin of a single cell that is as narrow as distances are precise: what it holds is tied. */
export function tiedBins({ cellsPerUnit, binOfCell, nBins }: ScanBins, precision: number): Uint8Array {
  const tied = new Uint8Array(nBins);
  if (1 / cellsPerUnit > precision * (1 + 1e-9)) return tied;
  const cells = new Uint32Array(nBins);
  for (const bin of binOfCell) cells[bin]!++;
  return tied.map((_, bin) => Number(cells[bin] === 1));
}
