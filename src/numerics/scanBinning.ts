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

/** Distances from `from` to before `to`, and about how many there are, in any unit. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly mass: number;
}

/** Bins of a further pass, and which of them (1) lie in the spans that were asked for. */
export interface ZoomedBins {
  readonly bins: ScanBins;
  readonly isInside: Uint8Array;
}

/**
 * All bins into `spans`, of which there is one at least, in any order; what lies between, below and above them has
 * a bin for each gap. Very many spans grow together. Cells do not get narrower than `precision`.
 */
export function zoom(spans: readonly Span[], precision: number): ZoomedBins {
  const runs = runsOf(spans);
  const low = runs[0]!.from;
  const high = runs.at(-1)!.to;
  const cellsPerUnit = Math.min((maxCells - 4) / (high - low), 1 / precision);
  // Cells are left on either side for what lies outside.
  const start = low - 2 / cellsPerUnit;
  const nCells = Math.min(maxCells, Math.ceil((high - start) * cellsPerUnit) + 2);
  const massOfCell = new Float64Array(nCells);
  const spread = ({ from, to, mass }: Span): void => {
    // Outwards to whole cells.
    const first = Math.max(1, Math.floor((from - start) * cellsPerUnit));
    const end = Math.min(nCells - 1, Math.ceil((to - start) * cellsPerUnit));
    for (let cell = first; cell < end; cell++) massOfCell[cell]! += mass / (end - first);
  };
  let total = 0;
  for (const span of spans) {
    spread(span);
    total += span.mass;
  }
  // So little that it only marks the cells of gaps that were closed.
  for (const run of runs) spread({ ...run, mass: Math.max(total, 1) * 1e-9 });
  return splitCells(massOfCell, total / (maxBins - 3 * runs.length - 2), start, cellsPerUnit);
}

/** Each takes up to three bins of its own. */
const mostRuns = 400;

/** Spans that touch or overlap as one, and those with the narrowest gaps, until the runs are few. */
function runsOf(spans: readonly Span[]): { from: number; to: number }[] {
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  let widestGap = 0;
  for (;;) {
    const runs: { from: number; to: number }[] = [];
    for (const { from, to } of sorted) {
      const last = runs.at(-1);
      if (last && from - last.to <= widestGap) last.to = Math.max(last.to, to);
      else runs.push({ from, to });
    }
    if (runs.length <= mostRuns) return runs;
    widestGap = Math.max(2 * widestGap, (runs.at(-1)!.to - runs[0]!.from) / maxCells);
  }
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
