import { normalUpperTail } from './normal.ts';
import { averageRanks } from './ranks.ts';

export interface MannWhitney {
  /** Pairs in which the first value is larger, ties half. */
  readonly u: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: 'exact' | 'asymptotic';
}

/**
 * Two-sided Mann-Whitney test as SciPy's `mannwhitneyu` with method `auto`: exact where one sample has eight values
 * or fewer and none are tied, else normal with correction for ties and continuity. An empty sample: `RangeError`.
 */
export function mannWhitney(first: Float64Array, second: Float64Array): MannWhitney {
  const [n1, n2] = [first.length, second.length];
  if (n1 === 0 || n2 === 0) throw new RangeError('A sample is empty.');
  const pooled = Float64Array.from([...first, ...second]);
  const ranks = averageRanks(pooled);
  let rankSum = 0;
  for (let i = 0; i < n1; i++) rankSum += ranks[i]!;
  const u = rankSum - (n1 * (n1 + 1)) / 2;
  const ties = tieSizes(pooled);
  const larger = Math.max(u, n1 * n2 - u);
  if (ties.length === 0 && Math.min(n1, n2) <= 8) {
    return { u, p: Math.min(1, 2 * exactUpperTail(larger, n1, n2)), method: 'exact' };
  }
  const n = n1 + n2;
  const tieTerm = ties.reduce((sum, t) => sum + t ** 3 - t, 0) / (n * (n - 1));
  const deviation = Math.sqrt(((n1 * n2) / 12) * (n + 1 - tieTerm));
  const z = (larger - (n1 * n2) / 2 - 0.5) / deviation;
  // All values tied: nothing speaks against the null.
  return { u, p: deviation > 0 ? Math.min(1, 2 * normalUpperTail(z)) : 1, method: 'asymptotic' };
}

/** Sizes of groups of equal values, those of one left out. */
function tieSizes(values: Float64Array): number[] {
  const sorted = values.toSorted();
  const sizes: number[] = [];
  for (let i = 0; i < sorted.length;) {
    let end = i + 1;
    while (end < sorted.length && sorted[end] === sorted[i]) end++;
    if (end - i > 1) sizes.push(end - i);
    i = end;
  }
  return sizes;
}

/** P(U ≥ u) without ties: the number of orders with each U, by Mann and Whitney's recurrence over the samples. */
function exactUpperTail(u: number, n1: number, n2: number): number {
  const [small, large] = [Math.min(n1, n2), Math.max(n1, n2)];
  const most = small * large;
  // counts[k]: Gaussian binomial coefficients, built one factor (1 − q^(large + i))/(1 − q^i) at a time.
  const counts = new Float64Array(most + 1);
  counts[0] = 1;
  for (let i = 1; i <= small; i++) {
    for (let k = most; k >= large + i; k--) counts[k]! -= counts[k - large - i]!;
    for (let k = i; k <= most; k++) counts[k]! += counts[k - i]!;
  }
  let total = 0;
  let tail = 0;
  for (let k = 0; k <= most; k++) {
    total += counts[k]!;
    if (k >= u) tail += counts[k]!;
  }
  return tail / total;
}
