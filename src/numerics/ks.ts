import { binSample, type BinnedValues, type Binning, chooseBinning, endsOf, valuesIn } from './ksBins.ts';

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

/** A sample that was looked through, to be compared with several others; its values must not change between. */
export interface KsSample {
  readonly values: Float64Array;
  readonly min: number;
  readonly max: number;
}

/** No values, or a NaN among them: `RangeError` that calls the sample by its name. */
export function ksSample(values: Float64Array, name: string): KsSample {
  if (values.length === 0) throw new RangeError(`The ${name} sample is empty.`);
  const { min, max } = endsOf(values);
  if (!(min <= max)) {
    const count = values.reduce((n, value) => (value === value ? n : n + 1), 0);
    throw new RangeError(`The ${name} sample holds ${count} NaN among its ${values.length} values.`);
  }
  return { values, min, max };
}

/** `ksTwoSample` of samples looked through before. The bins of the second are kept for its next comparison. */
export function compareKsSamples(firstSample: KsSample, secondSample: KsSample): KsResult {
  const first = firstSample.values;
  const second = secondSample.values;
  const binning = chooseBinning(firstSample, secondSample);
  const { perFirst, perSecond, common } = steps(first.length, second.length);

  const binsOfFirst = binSample(first, binning, spare);
  const binsOfSecond = keptBins(secondSample, binning);
  const countsFirst = binsOfFirst.counts;
  const countsSecond = binsOfSecond.counts;
  if (first.length <= mostKept) spare = binsOfFirst;
  const blocks = { first: before(countsFirst.length), second: before(countsFirst.length) };
  const atEdges = largestGapAtEdges(countsFirst, countsSecond, perFirst, perSecond, blocks);
  const reaching = binsThatReach(atEdges, countsFirst, countsSecond, perFirst, perSecond, blocks);
  const wanted = wantedBins(reaching, countsFirst.length);
  const valuesFirst = valuesIn(wanted, first, binsOfFirst);
  const valuesSecond = valuesIn(wanted, second, binsOfSecond);

  const walk = new GapWalk(perFirst, perSecond);
  let i = 0;
  let j = 0;
  for (const { bin, nFirstBefore, nSecondBefore } of reaching) {
    const iEnd = i + countsFirst[bin]!;
    const jEnd = j + countsSecond[bin]!;
    walk.through(valuesFirst, i, iEnd, nFirstBefore, valuesSecond, j, jEnd, nSecondBefore);
    i = iEnd;
    j = jEnd;
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
  constructor(perFirst: number, perSecond: number) {
    this.#perFirst = perFirst;
    this.#perSecond = perSecond;
  }

  /** Sorted values first[i..iEnd) and second[j..jEnd), and how many of either sample are smaller. */
  through(
    first: Float64Array,
    i: number,
    iEnd: number,
    nFirstBefore: number,
    second: Float64Array,
    j: number,
    jEnd: number,
    nSecondBefore: number,
  ): void {
    const countFirst = nFirstBefore - i;
    const countSecond = nSecondBefore - j;
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
  }
}

/** Bins of this many values are kept, 2 MB, for their memory. */
const mostKept = 2 ** 20;

/** Of the first sample last compared. */
let spare: BinnedValues | null = null;

/** Of the second sample last compared. */
let kept: {
  readonly sample: WeakRef<KsSample>;
  readonly binning: Binning;
  readonly binned: BinnedValues;
} | null = null;

function keptBins(sample: KsSample, binning: Binning): BinnedValues {
  const { min, scale, bins } = binning;
  if (
    kept?.sample.deref() === sample &&
    kept.binning.min === min &&
    kept.binning.scale === scale &&
    kept.binning.bins === bins
  )
    return kept.binned;
  const binned = binSample(sample.values, binning, kept?.binned ?? null);
  kept = sample.values.length <= mostKept ? { sample: new WeakRef(sample), binning, binned } : null;
  return binned;
}

/** Bins are looked at in blocks: most blocks hold too little to matter. */
const blockBins = 32;

/** How many values of either sample lie before each block, and at last before the end. */
interface Blocks {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

function before(bins: number): Int32Array {
  return new Int32Array(Math.ceil(bins / blockBins) + 1);
}

/** Fills `blocks`. */
function largestGapAtEdges(
  countsFirst: Int32Array,
  countsSecond: Int32Array,
  perFirst: number,
  perSecond: number,
  blocks: Blocks,
): number {
  let largest = 0;
  for (let block = 0; block < blocks.first.length - 1; block++) {
    const gap = largestGapInBlock(block, countsFirst, countsSecond, perFirst, perSecond, blocks);
    if (gap > largest) largest = gap;
  }
  return largest;
}

function largestGapInBlock(
  block: number,
  countsFirst: Int32Array,
  countsSecond: Int32Array,
  perFirst: number,
  perSecond: number,
  { first, second }: Blocks,
): number {
  const end = Math.min((block + 1) * blockBins, countsFirst.length);
  let nFirst = first[block]!;
  let nSecond = second[block]!;
  let largest = 0;
  for (let bin = block * blockBins; bin < end; bin++) {
    nFirst += countsFirst[bin]!;
    nSecond += countsSecond[bin]!;
    const gap = Math.abs(nFirst * perFirst - nSecond * perSecond);
    if (gap > largest) largest = gap;
  }
  first[block + 1] = nFirst;
  second[block + 1] = nSecond;
  return largest;
}

interface ReachingBin {
  readonly bin: number;
  readonly nFirstBefore: number;
  readonly nSecondBefore: number;
}

/**
 * Inside a bin the gap rises at most as if all of the first sample's values came before the second's, and
 * falls at most the other way round; so in a block. Bins that can only equal the best edge count too: one holds
 * its place.
 */
function binsThatReach(
  target: number,
  countsFirst: Int32Array,
  countsSecond: Int32Array,
  perFirst: number,
  perSecond: number,
  { first, second }: Blocks,
): ReachingBin[] {
  const reaches = (nFirst: number, nSecond: number, nFirstAfter: number, nSecondAfter: number): boolean =>
    nFirstAfter * perFirst - nSecond * perSecond >= target ||
    nSecondAfter * perSecond - nFirst * perFirst >= target;
  const reaching: ReachingBin[] = [];
  for (let block = 0; block < first.length - 1; block++) {
    let nFirst = first[block]!;
    let nSecond = second[block]!;
    if (!reaches(nFirst, nSecond, first[block + 1]!, second[block + 1]!)) continue;
    const end = Math.min((block + 1) * blockBins, countsFirst.length);
    for (let bin = block * blockBins; bin < end; bin++) {
      const nFirstAfter = nFirst + countsFirst[bin]!;
      const nSecondAfter = nSecond + countsSecond[bin]!;
      if (reaches(nFirst, nSecond, nFirstAfter, nSecondAfter))
        reaching.push({ bin, nFirstBefore: nFirst, nSecondBefore: nSecond });
      nFirst = nFirstAfter;
      nSecond = nSecondAfter;
    }
  }
  return reaching;
}

function wantedBins(reaching: readonly ReachingBin[], bins: number): Uint8Array {
  const wanted = new Uint8Array(bins);
  for (const { bin } of reaching) wanted[bin] = 1;
  return wanted;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
