import { averageRanks } from './ranks.ts';
import { studentTwoSided } from './studentT.ts';
import { mean } from './sums.ts';

/** Pearson's correlation; `null` with fewer than two values, or where one side does not vary. */
export function pearson(x: Float64Array, y: Float64Array): number | null {
  if (x.length !== y.length) throw new RangeError(`${x.length} values cannot be paired with ${y.length}.`);
  if (x.length < 2) return null;
  const meanX = mean(x);
  const meanY = mean(y);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! - meanX;
    const dy = y[i]! - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  // Rounding of the mean leaves about 1e-16 of a constant: no variation.
  if (!(xx > noVariation(x.length, meanX)) || !(yy > noVariation(y.length, meanY))) return null;
  return Math.min(1, Math.max(-1, xy / Math.sqrt(xx * yy)));
}

export interface RankCorrelation {
  readonly rho: number;
  /** Two-sided, of Student's t with n − 2 degrees of freedom: an approximation for few values. */
  readonly p: number;
}

/** Spearman's rank correlation with average ranks; `null` with fewer than three values, or without variation. */
export function spearman(x: Float64Array, y: Float64Array): RankCorrelation | null {
  if (x.length < 3) return null;
  const rho = pearson(averageRanks(x), averageRanks(y));
  if (rho === null) return null;
  const freedom = x.length - 2;
  const t = rho * Math.sqrt(freedom / ((1 - rho) * (1 + rho)));
  return { rho, p: studentTwoSided(t, freedom) };
}

function noVariation(n: number, size: number): number {
  return n * (4 * Number.EPSILON * size) ** 2;
}
