/**
 * How far a signed KS distance is off, from a bootstrap replicate: its derivative in the direction in which the
 * replicate's gap F_within − F_cross departs from the observed one, taken numerically (Fang and Santos, «Inference on
 * directionally differentiable functions», 2019): (φ(gap + f·departure) − φ(gap))/f, φ the maximum with its sign.
 *
 * Replicates' own KS distances do not do: a maximum grows with noise, and a replicate has the noise twice. Coverage of
 * 95 % intervals in simulations with known KS (`test/bench/coverageStudy.ts` repeats some), 100 identities a side, 400
 * samples of each population, lower and upper figure over populations and modalities:
 *
 * | | KS 0, people unequal | KS 0.05 | KS 0.08 to 0.17, people unequal | length |
 * |---|---|---|---|---|
 * | percentiles of replicates | 0.95 to 0.97 | 0.91 | 0.92 to 0.95 | 1 |
 * | reflected (basic) | 0.91 to 0.96 | 0.98 to 0.99 | 0.93 to 0.99 | 1 |
 * | at the place of the observed maximum | 0.86 to 0.92 | 0.98 to 0.99 | 0.94 to 0.96 | 0.7 to 1.1 |
 * | this, f = 2 | 0.93 to 0.97 | 1.00 | 0.97 to 0.99 | 1.0 to 1.3 |
 * | this, f = 3 | 0.93 to 0.97 | 1.00 | 0.98 to 0.99 | 0.9 to 1.4 |
 *
 * With 300 a side, f = 2 covers 0.92 to 0.98 and f = 3 covers 0.95 to 0.99. f = 1 is the reflected interval; f without
 * bound is the band of the largest departure, which holds always and is the longest.
 */
export function ksDeviation(gaps: Float64Array, observed: Float64Array, factor: number): number {
  let up = 0;
  let down = 0;
  let observedUp = 0;
  let observedDown = 0;
  for (let bin = 0; bin < observed.length; bin++) {
    const gap = observed[bin]!;
    const perturbed = gap + factor * (gaps[bin]! - gap);
    if (Number.isNaN(perturbed)) return Number.NaN;
    if (perturbed > up) up = perturbed;
    if (-perturbed > down) down = -perturbed;
    if (gap > observedUp) observedUp = gap;
    if (-gap > observedDown) observedDown = -gap;
  }
  return ((up >= down ? up : -down) - (observedUp >= observedDown ? observedUp : -observedDown)) / factor;
}

/**
 * f for n identities a side, near 3 for some hundreds: it grows without bound, but more slowly than √n, as consistency
 * asks.
 */
export function perturbation(nIdentities: number): number {
  return 1.3 * nIdentities ** (1 / 6);
}

/** F_within − F_cross at the upper edge of each bin; NaN where a kind has no pairs. */
export function gapsAtEdges(within: Uint32Array, cross: Uint32Array): Float64Array {
  let nWithin = 0;
  let nCross = 0;
  for (let bin = 0; bin < within.length; bin++) {
    nWithin += within[bin]!;
    nCross += cross[bin]!;
  }
  const gaps = new Float64Array(within.length);
  let withinBefore = 0;
  let crossBefore = 0;
  for (let bin = 0; bin < within.length; bin++) {
    withinBefore += within[bin]!;
    crossBefore += cross[bin]!;
    gaps[bin] = withinBefore / nWithin - crossBefore / nCross;
  }
  return gaps;
}

/** The gap that is largest in size, the positive one of two that are equal; NaN where the gaps are. */
export function signedMaximum(gaps: Float64Array): number {
  let up = 0;
  let down = 0;
  for (const gap of gaps) {
    if (Number.isNaN(gap)) return Number.NaN;
    if (gap > up) up = gap;
    if (-gap > down) down = -gap;
  }
  return up >= down ? up : -down;
}
