/** Bins of equal width between the smallest and the largest distance. */
export interface DistanceBins {
  readonly min: number;
  readonly max: number;
  readonly nBins: number;
}

/** How within distances of one modality lie against cross distances, from their counts in bins. */
export interface CountedStatistics {
  /** KS distance at the edges of bins, times its sign: + where within distances are the smaller ones. */
  readonly signedKs: number;
  /** P(within < cross), ties and those in one bin half. */
  readonly auc: number;
  /** (mean cross − mean within) / standard deviation of cross, in bins. */
  readonly meanDifference: number;
}

/** NaN where a kind has no pairs; `meanDifference` also where all cross distances fall into one bin. */
export function countedStatistics(within: Uint32Array, cross: Uint32Array): CountedStatistics {
  const nWithin = sum(within);
  const nCross = sum(cross);
  let before = 0;
  let crossBefore = 0;
  let up = 0;
  let down = 0;
  let smaller = 0;
  let meanWithin = 0;
  let meanCross = 0;
  let squares = 0;
  for (let bin = 0; bin < within.length; bin++) {
    const w = within[bin]!;
    const c = cross[bin]!;
    smaller += w * (nCross - crossBefore - c / 2);
    before += w;
    crossBefore += c;
    const gap = before / nWithin - crossBefore / nCross;
    if (gap > up) up = gap;
    if (-gap > down) down = -gap;
    meanWithin += bin * w;
    meanCross += bin * c;
    squares += bin * bin * c;
  }
  meanWithin /= nWithin;
  meanCross /= nCross;
  const deviation = Math.sqrt(Math.max(0, squares / nCross - meanCross * meanCross));
  return {
    signedKs: nWithin > 0 && nCross > 0 ? (up >= down ? up : -down) : Number.NaN,
    auc: smaller / nWithin / nCross,
    meanDifference: deviation > 0 ? (meanCross - meanWithin) / deviation : Number.NaN,
  };
}

/** Mean distance with the middles of bins; NaN without pairs. */
export function countedMean(counts: Uint32Array, { min, max, nBins }: DistanceBins): number {
  let total = 0;
  for (let bin = 0; bin < counts.length; bin++) total += (bin + 0.5) * counts[bin]!;
  return min + ((max - min) / nBins) * (total / sum(counts));
}

function sum(counts: Uint32Array): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  return total;
}
