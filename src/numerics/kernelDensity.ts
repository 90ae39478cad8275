/** Equally spaced points from `min` to `max`, both included. */
export interface DensityGrid {
  readonly min: number;
  readonly max: number;
  readonly nPoints: number;
}

export const densityGridPoints = 1001;

/**
 * Overlap of two Gaussian kernel densities: each is summed over the grid, normalised to sum 1, and the pointwise
 * smaller values are added up. 1 for equal samples, 0 for samples far apart. Twice the Bayes error with equal
 * priors, if the grid holds both densities whole. Kernels end at 12 bandwidths, where they are below 1e-31.
 */
export function densityOverlap(
  a: Float64Array,
  b: Float64Array,
  bandwidth: number,
  grid: DensityGrid,
): number {
  const first = normalisedDensity(a, bandwidth, grid);
  const second = normalisedDensity(b, bandwidth, grid);
  let sum = 0;
  for (let g = 0; g < grid.nPoints; g++) sum += Math.min(first[g]!, second[g]!);
  return Math.min(1, sum);
}

/** From 5 bandwidths below the smallest value to 5 above the largest: it cuts no more than 3e-7 of either density. */
export function fullGrid(a: Float64Array, b: Float64Array, bandwidth: number): DensityGrid {
  const first = rangeOf(a);
  const second = rangeOf(b);
  return {
    min: Math.min(first.min, second.min) - 5 * bandwidth,
    max: Math.max(first.max, second.max) + 5 * bandwidth,
    nPoints: densityGridPoints,
  };
}

/**
 * The grid of the paper's notebook, from 1.1 times the smallest value to 1.1 times the smaller of the two maxima.
 * It cuts the upper tail of one density and the lower tail of both: only for comparison with the paper's figures.
 */
export function paperGrid(a: Float64Array, b: Float64Array): DensityGrid {
  const first = rangeOf(a);
  const second = rangeOf(b);
  return {
    min: Math.min(first.min, second.min) * 1.1,
    max: Math.min(first.max, second.max) * 1.1,
    nPoints: densityGridPoints,
  };
}

/** A Gaussian kernel density at one point, up to a factor that is the same for all values of one bandwidth. */
export function relativeDensityAt(values: Float64Array, at: number, bandwidth: number): number {
  let sum = 0;
  for (const value of values) sum += Math.exp(-0.5 * ((value - at) / bandwidth) ** 2);
  return sum / values.length;
}

const kernelEnd = 12;

function normalisedDensity(
  values: Float64Array,
  bandwidth: number,
  { min, max, nPoints }: DensityGrid,
): Float64Array {
  const step = (max - min) / (nPoints - 1);
  if (!(bandwidth > 0) || !(step > 0) || !Number.isFinite(step)) {
    throw new RangeError(`No density with bandwidth ${bandwidth} on a grid from ${min} to ${max}.`);
  }
  const density = new Float64Array(nPoints);
  const reach = Math.ceil((kernelEnd * bandwidth) / step);
  // The ratio of neighbouring kernel values falls by the same factor at each grid point, so that each of them
  // costs two products instead of an exponential; 1e-10 is lost over 1000 points.
  const fall = Math.exp(-((step / bandwidth) ** 2));
  for (let i = 0; i < values.length; i++) {
    const centre = clamp(Math.round((values[i]! - min) / step), 0, nPoints - 1);
    const z = (min + centre * step - values[i]!) / bandwidth;
    const peak = Math.exp(-0.5 * z * z);
    const s = step / bandwidth;

    const last = Math.min(nPoints - 1, centre + reach);
    let kernel = peak;
    let ratio = Math.exp(-s * (z + s / 2));
    for (let g = centre; g <= last; g++) {
      density[g]! += kernel;
      kernel *= ratio;
      ratio *= fall;
    }
    const first = Math.max(0, centre - reach);
    ratio = Math.exp(-s * (-z + s / 2));
    kernel = peak * ratio;
    for (let g = centre - 1; g >= first; g--) {
      density[g]! += kernel;
      ratio *= fall;
      kernel *= ratio;
    }
  }
  const total = density.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) throw new RangeError('No density: no value is finite and within reach of the grid.');
  return density.map((value) => value / total);
}

function rangeOf(values: Float64Array): { min: number; max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) throw new RangeError(`No density of the value ${value}.`);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (values.length === 0) throw new RangeError('No density of no values.');
  return { min, max };
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}
