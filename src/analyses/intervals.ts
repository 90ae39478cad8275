import { quantile } from '../numerics/quantiles.ts';

export type Interval = [low: number, high: number];

/** The middle 95 % of replicates; those that are not finite are left out, `null` where fewer than 20 are left. */
export function percentileInterval(replicates: Float64Array): Interval | null {
  const finite = replicates.filter(Number.isFinite);
  return finite.length < fewest ? null : [quantile(finite, 0.025), quantile(finite, 0.975)];
}

/**
 * The estimate less the middle 95 % of the deviations that replicates show; `null` as above. Cut to [−1, 1], where a
 * signed KS lies, or to ± `bound`.
 */
export function deviationInterval(estimate: number, deviations: Float64Array, bound = 1): Interval | null {
  const off = percentileInterval(deviations);
  return off && [Math.max(-bound, estimate - off[1]), Math.min(bound, estimate - off[0])];
}

const fewest = 20;
