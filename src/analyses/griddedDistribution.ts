import type { LabelCounts } from '../numerics/pairScanner.ts';
import type { GriddedBins } from '../numerics/scanBinning.ts';
import type { Distribution } from './macroscaleOutcome.ts';

/** Counts in the steps of the grid, from the first to the last that holds a pair. */
export function griddedDistribution(
  attribute: string,
  { withinPositive, withinNegative, cross }: LabelCounts,
  bins: GriddedBins,
): Distribution {
  const steps = stepsOfBins(bins);
  const nSteps = steps.at(-1)! + 1;
  const sum = (counts: Float64Array): number[] => {
    const sums = new Array<number>(nSteps).fill(0);
    counts.forEach((count, bin) => (sums[steps[bin]!]! += count));
    return sums;
  };
  const all = [withinPositive, withinNegative, cross].map(sum);
  const isOccupied = (_: unknown, step: number): boolean => all.some((counts) => counts[step]! > 0);
  const first = all[0]!.findIndex(isOccupied);
  const end = all[0]!.findLastIndex(isOccupied) + 1;
  const width = bins.cellsOfStep / bins.cellsPerUnit;
  const [positive, negative, across] = all.map((counts) => counts.slice(first, end));
  return {
    attribute,
    min: bins.start + first * width,
    max: bins.start + end * width,
    withinPositive: positive!,
    withinNegative: negative!,
    cross: across!,
  };
}

function stepsOfBins({ binOfCell, nBins, cellsOfStep }: GriddedBins): Uint32Array {
  const steps = new Uint32Array(nBins);
  for (let cell = binOfCell.length - 1; cell >= 0; cell--) {
    steps[binOfCell[cell]!] = Math.floor(cell / cellsOfStep);
  }
  return steps;
}
