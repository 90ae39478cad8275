/** Two samples compared by their right-continuous empirical distribution functions F₁ and F₂. */
export interface KsResult {
  /** D = max |F₁ − F₂|, correctly rounded from the exact fraction. */
  readonly statistic: number;
  /** The smallest value of either sample at which F₁ − F₂ is `sign`·D. */
  readonly location: number;
  /** +1 where F₁ runs above F₂ (the first sample tends to be smaller) or both gaps are equal, else −1. */
  readonly sign: 1 | -1;
  /** F₁ and F₂ at `location`. */
  readonly cdfFirst: number;
  readonly cdfSecond: number;
  readonly nFirst: number;
  readonly nSecond: number;
}

/**
 * The two-sample Kolmogorov-Smirnov statistic, exact, without sorting the samples: both are counted into
 * bins, and only the bins in which the gap can reach what it is at the best bin edge are looked into.
 * Infinities are ordered like numbers, −0 equals 0. An empty sample or a NaN: `RangeError` that says which.
 */
export function ksTwoSample(first: Float64Array, second: Float64Array): KsResult {
  return compareKsSamples(ksSample(first, 'first'), ksSample(second, 'second'));
}

/** A sample that was looked through, to be compared with several others. */
export interface KsSample {
  readonly values: Float64Array;
  readonly min: number;
  readonly max: number;
}

/** No values, or a NaN among them: `RangeError` that calls the sample by its name. */
export function ksSample(values: Float64Array, name: string): KsSample {
  if (values.length === 0) throw new RangeError(`The ${name} sample is empty.`);
  // Even and odd places apart: half as many comparisons wait for the one before.
  let [min, minOdd, max, maxOdd, nNaN] = [Infinity, Infinity, -Infinity, -Infinity, 0];
  for (let i = 1; i < values.length; i += 2) {
    const even = values[i - 1]!;
    const odd = values[i]!;
    if (even < min) min = even;
    if (odd < minOdd) minOdd = odd;
    if (even > max) max = even;
    if (odd > maxOdd) maxOdd = odd;
    if (even !== even || odd !== odd) nNaN++;
  }
  const last = values.at(-1)!;
  if (nNaN > 0 || last !== last) {
    const count = values.reduce((n, value) => (value === value ? n : n + 1), 0);
    throw new RangeError(`The ${name} sample holds ${count} NaN among its ${values.length} values.`);
  }
  return { values, min: Math.min(min, minOdd, last), max: Math.max(max, maxOdd, last) };
}

/** `ksTwoSample` of samples looked through before. The bins of the second are kept for its next comparison. */
export function compareKsSamples(firstSample: KsSample, secondSample: KsSample): KsResult {
  const first = firstSample.values;
  const second = secondSample.values;
  const binning = chooseBinning(firstSample, secondSample);
  const { perFirst, perSecond, common } = steps(first.length, second.length);

  const countsFirst = countBins(first, binning);
  const countsSecond = keptCounts(secondSample, binning);
  const atEdges = largestGapAtEdges(countsFirst, countsSecond, perFirst, perSecond);
  const wanted = binsThatReach(atEdges, countsFirst, countsSecond, perFirst, perSecond);
  const valuesFirst = valuesIn(wanted, first, countsFirst, binning);
  const valuesSecond = valuesIn(wanted, second, countsSecond, binning);

  const walk = new GapWalk(perFirst, perSecond);
  let [i, j, skippedFirst, skippedSecond] = [0, 0, 0, 0];
  for (let bin = 0; bin < wanted.length; bin++) {
    const nFirst = countsFirst[bin]!;
    const nSecond = countsSecond[bin]!;
    if (wanted[bin] === 1) {
      walk.skip(skippedFirst, skippedSecond);
      walk.through(valuesFirst, i, i + nFirst, valuesSecond, j, j + nSecond);
      [skippedFirst, skippedSecond] = [0, 0];
      i += nFirst;
      j += nSecond;
    } else {
      skippedFirst += nFirst;
      skippedSecond += nSecond;
    }
  }
  const sign = walk.up >= walk.down ? 1 : -1;
  const best = sign === 1 ? walk.upAt : walk.downAt;
  return {
    statistic: Math.max(walk.up, walk.down) / common,
    location: best.value,
    sign,
    cdfFirst: best.countFirst / first.length,
    cdfSecond: best.countSecond / second.length,
    nFirst: first.length,
    nSecond: second.length,
  };
}

/** Gaps are counted in units of 1/lcm(n₁, n₂), so that they are integers and D is rounded once. */
export function steps(
  nFirst: number,
  nSecond: number,
): { perFirst: number; perSecond: number; common: number } {
  const divisor = greatestCommonDivisor(nFirst, nSecond);
  return { perFirst: nSecond / divisor, perSecond: nFirst / divisor, common: nFirst * (nSecond / divisor) };
}

interface Binning {
  readonly min: number;
  readonly scale: number;
  readonly bins: number;
}

interface Place {
  readonly value: number;
  readonly countFirst: number;
  readonly countSecond: number;
}

/** Walks both samples in ascending order and keeps the largest gap in each direction with its place. */
class GapWalk {
  up = -Infinity;
  down = -Infinity;
  upAt: Place = { value: Number.NaN, countFirst: 0, countSecond: 0 };
  downAt: Place = this.upAt;
  readonly #perFirst: number;
  readonly #perSecond: number;
  #countFirst = 0;
  #countSecond = 0;

  constructor(perFirst: number, perSecond: number) {
    this.#perFirst = perFirst;
    this.#perSecond = perSecond;
  }

  skip(nFirst: number, nSecond: number): void {
    this.#countFirst += nFirst;
    this.#countSecond += nSecond;
  }

  /** Sorted values first[i..iEnd) and second[j..jEnd). */
  through(first: Float64Array, i: number, iEnd: number, second: Float64Array, j: number, jEnd: number): void {
    const countFirst = this.#countFirst - i;
    const countSecond = this.#countSecond - j;
    while (i < iEnd || j < jEnd) {
      const value = j === jEnd || (i < iEnd && first[i]! <= second[j]!) ? first[i]! : second[j]!;
      while (i < iEnd && first[i] === value) i++;
      while (j < jEnd && second[j] === value) j++;
      const gap = (countFirst + i) * this.#perFirst - (countSecond + j) * this.#perSecond;
      if (gap > this.up) {
        this.up = gap;
        this.upAt = { value, countFirst: countFirst + i, countSecond: countSecond + j };
      }
      if (-gap > this.down) {
        this.down = -gap;
        this.downAt = { value, countFirst: countFirst + i, countSecond: countSecond + j };
      }
    }
    this.#countFirst = countFirst + i;
    this.#countSecond = countSecond + j;
  }
}

/** Enough that a bin in question holds few values to sort, few enough that their counts stay in the cache. */
const manyBins = 32_768;
/** Below this, sorting is faster than clearing the bins. */
const fewValues = 4096;

/**
 * Bins over the range of the second sample, which may be compared with others; over both where the first
 * sticks far out, so that its ends do not crowd the outer bins. One bin, that is plain sorting, where values
 * are few or their range is not a finite positive number.
 */
function chooseBinning(first: KsSample, second: KsSample): Binning {
  const margin = (second.max - second.min) / 4;
  const sticksOut = !(first.min >= second.min - margin && first.max <= second.max + margin);
  const min = sticksOut ? Math.min(first.min, second.min) : second.min;
  const max = sticksOut ? Math.max(first.max, second.max) : second.max;
  const scale = manyBins / (max - min);
  const nValues = first.values.length + second.values.length;
  const usable = nValues >= fewValues && scale > 0 && scale < Infinity;
  return usable ? { min, scale, bins: manyBins } : { min: 0, scale: 0, bins: 1 };
}

/**
 * Subtracting, scaling, cutting off and clamping never change the order of two values, whatever is rounded: a
 * bin holds neighbours, and the counts at bin edges are exact.
 */
function binOf(value: number, min: number, scale: number, last: number): number {
  const bin = ((value - min) * scale) | 0;
  return bin < 0 ? 0 : bin > last ? last : bin;
}

function countBins(values: Float64Array, { min, scale, bins }: Binning): Int32Array {
  const counts = new Int32Array(bins);
  if (bins === 1) {
    counts[0] = values.length;
    return counts;
  }
  for (let i = 0; i < values.length; i++) counts[binOf(values[i]!, min, scale, bins - 1)]!++;
  return counts;
}

interface KeptCounts {
  readonly binning: Binning;
  readonly counts: Int32Array;
}

const kept = new WeakMap<KsSample, KeptCounts>();

function keptCounts(sample: KsSample, binning: Binning): Int32Array {
  const before = kept.get(sample);
  const { min, scale, bins } = binning;
  if (before?.binning.min === min && before.binning.scale === scale && before.binning.bins === bins)
    return before.counts;
  const counts = countBins(sample.values, binning);
  kept.set(sample, { binning, counts });
  return counts;
}

function largestGapAtEdges(
  countsFirst: Int32Array,
  countsSecond: Int32Array,
  perFirst: number,
  perSecond: number,
): number {
  let gap = 0;
  let largest = 0;
  for (let bin = 0; bin < countsFirst.length; bin++) {
    gap += countsFirst[bin]! * perFirst - countsSecond[bin]! * perSecond;
    if (gap > largest) largest = gap;
    else if (-gap > largest) largest = -gap;
  }
  return largest;
}

/**
 * Inside a bin the gap rises at most as if all of the first sample's values came before the second's, and
 * falls at most the other way round. Bins that can only equal the best edge count too: one holds its place.
 */
function binsThatReach(
  target: number,
  countsFirst: Int32Array,
  countsSecond: Int32Array,
  perFirst: number,
  perSecond: number,
): Uint8Array {
  const wanted = new Uint8Array(countsFirst.length);
  let gap = 0;
  for (let bin = 0; bin < wanted.length; bin++) {
    const rise = countsFirst[bin]! * perFirst;
    const fall = countsSecond[bin]! * perSecond;
    if (gap + rise >= target || fall - gap >= target) wanted[bin] = 1;
    gap += rise - fall;
  }
  return wanted;
}

/** The sample's values in the wanted bins, sorted: bins are in order, so they lie bin after bin. */
function valuesIn(
  wanted: Uint8Array,
  values: Float64Array,
  counts: Int32Array,
  { min, scale, bins }: Binning,
): Float64Array {
  if (bins === 1) return values.toSorted();
  let n = 0;
  for (let bin = 0; bin < bins; bin++) if (wanted[bin] === 1) n += counts[bin]!;
  const out = new Float64Array(n);
  let k = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (wanted[binOf(value, min, scale, bins - 1)] === 1) out[k++] = value;
  }
  return out.sort();
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
