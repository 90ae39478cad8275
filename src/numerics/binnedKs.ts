/** The largest gap between two distribution functions at the ends of bins: a lower bound of their KS distance. */
export interface BinnedKs {
  readonly statistic: number;
  /** +1 where the first runs above the second or both gaps are equal, else −1. */
  readonly sign: 1 | -1;
  /** The first bin at whose end the gap is reached, and both functions there. */
  readonly bin: number;
  readonly cdfFirst: number;
  readonly cdfSecond: number;
}

/** Both need a value, else `RangeError`. */
export function binnedKs(first: Float64Array, second: Float64Array): BinnedKs {
  const nFirst = totalOf(first);
  const nSecond = totalOf(second);
  let up: BinnedKs = { statistic: 0, sign: 1, bin: 0, cdfFirst: 0, cdfSecond: 0 };
  let down: BinnedKs = { ...up, sign: -1 };
  let before = 0;
  let beforeSecond = 0;
  for (let bin = 0; bin < first.length; bin++) {
    before += first[bin]!;
    beforeSecond += second[bin]!;
    const cdfFirst = before / nFirst;
    const cdfSecond = beforeSecond / nSecond;
    const gap = cdfFirst - cdfSecond;
    if (gap > up.statistic || bin === 0) up = { statistic: gap, sign: 1, bin, cdfFirst, cdfSecond };
    if (-gap > down.statistic || bin === 0) down = { statistic: -gap, sign: -1, bin, cdfFirst, cdfSecond };
  }
  const best = up.statistic >= down.statistic ? up : down;
  return { ...best, statistic: Math.max(0, best.statistic) };
}

/**
 * For each bin what the gap can be inside it at most: with s at its start, all of the first sample's values
 * in the bin may come before the second's, |s + h₁/n₁|, or after them, |s − h₂/n₂|.
 */
export function gapBounds(first: Float64Array, second: Float64Array): Float64Array {
  const nFirst = totalOf(first);
  const nSecond = totalOf(second);
  let before = 0;
  let beforeSecond = 0;
  return first.map((count, bin) => {
    const high = (before + count) / nFirst - beforeSecond / nSecond;
    const low = before / nFirst - (beforeSecond + second[bin]!) / nSecond;
    before += count;
    beforeSecond += second[bin]!;
    return Math.max(high, -low);
  });
}

/** P(x < y) + ½·P(same bin) for x of the first sample and y of the second. */
export function binnedProbabilityOfSmaller(first: Float64Array, second: Float64Array): number {
  let before = 0;
  let sum = 0;
  for (let bin = 0; bin < first.length; bin++) {
    sum += second[bin]! * (before + first[bin]! / 2);
    before += first[bin]!;
  }
  return sum / totalOf(first) / totalOf(second);
}

/** Mean and standard deviation (divided by n) of values that are taken for the middles of their bins. */
export function binnedMoments(
  counts: Float64Array,
  middles: Float64Array,
): { readonly mean: number; readonly deviation: number } {
  const n = totalOf(counts);
  let mean = 0;
  for (let bin = 0; bin < counts.length; bin++) mean += (counts[bin]! / n) * middles[bin]!;
  let variance = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    variance += (counts[bin]! / n) * (middles[bin]! - mean) ** 2;
  }
  return { mean, deviation: Math.sqrt(variance) };
}

export function totalOf(counts: Float64Array): number {
  let total = 0;
  for (let bin = 0; bin < counts.length; bin++) total += counts[bin]!;
  if (!(total > 0)) throw new RangeError('Bins without a value have no distribution.');
  return total;
}
