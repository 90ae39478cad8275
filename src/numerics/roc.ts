/**
 * What a threshold does to distances of matched pairs (one person) and unmatched pairs (two): a pair is accepted
 * where its distance is at most the threshold. Point 0 accepts nothing, at −∞; then one point for each distinct
 * distance, ascending. FAR is falseAccepts / nUnmatched, TAR is trueAccepts / nMatched, FRR is 1 − TAR.
 */
export interface OperatingPoints {
  readonly thresholds: Float64Array;
  readonly falseAccepts: Float64Array;
  readonly trueAccepts: Float64Array;
  readonly nMatched: number;
  readonly nUnmatched: number;
}

/** An empty side, or a distance that is not finite: `RangeError`. */
export function operatingPoints(matched: Float64Array, unmatched: Float64Array): OperatingPoints {
  const m = sortedDistances(matched, 'matched');
  const u = sortedDistances(unmatched, 'unmatched');
  const largest = m.length + u.length + 1;
  const thresholds = new Float64Array(largest);
  const falseAccepts = new Float64Array(largest);
  const trueAccepts = new Float64Array(largest);
  thresholds[0] = -Infinity;
  let n = 1;
  for (let i = 0, j = 0; i < m.length || j < u.length; n++) {
    const threshold = Math.min(m[i] ?? Infinity, u[j] ?? Infinity);
    while (i < m.length && m[i] === threshold) i++;
    while (j < u.length && u[j] === threshold) j++;
    thresholds[n] = threshold;
    trueAccepts[n] = i;
    falseAccepts[n] = j;
  }
  return {
    thresholds: thresholds.slice(0, n),
    falseAccepts: falseAccepts.slice(0, n),
    trueAccepts: trueAccepts.slice(0, n),
    nMatched: m.length,
    nUnmatched: u.length,
  };
}

/** Area under the ROC: P(matched < unmatched) + P(equal)/2. In whole numbers up to the last division. */
export function rocAuc({ falseAccepts, trueAccepts, nMatched, nUnmatched }: OperatingPoints): number {
  let twice = 0;
  for (let i = 1; i < falseAccepts.length; i++) {
    twice += (falseAccepts[i]! - falseAccepts[i - 1]!) * (trueAccepts[i]! + trueAccepts[i - 1]!);
  }
  return twice / (2 * nMatched * nUnmatched);
}

/**
 * What a pair adds to the AUC: for a distance among the thresholds, the share of unmatched pairs that are farther,
 * and of matched pairs that are closer; ties count half.
 */
export function placements({ thresholds, falseAccepts, trueAccepts, nMatched, nUnmatched }: OperatingPoints) {
  const upTo = (accepts: Float64Array, distance: number): number => {
    const point = firstWhere(thresholds.length, (i) => thresholds[i]! >= distance);
    return (accepts[point]! + accepts[point - 1]!) / 2;
  };
  return {
    amongUnmatched: (distance: number): number => 1 - upTo(falseAccepts, distance) / nUnmatched,
    amongMatched: (distance: number): number => upTo(trueAccepts, distance) / nMatched,
  };
}

export interface EqualErrorRate {
  readonly rate: number;
  /** The first threshold at which FAR ≥ FRR. */
  readonly threshold: number;
}

/**
 * Where FAR = FRR: the first operating point with FAR ≥ FRR and the one before it, joined by a line.
 */
export function equalErrorRate(points: OperatingPoints): EqualErrorRate {
  const { thresholds, falseAccepts, trueAccepts, nMatched, nUnmatched } = points;
  // (FAR − FRR) · nMatched · nUnmatched, a whole number, so that equality is exact.
  const gap = (i: number): number => falseAccepts[i]! * nMatched - (nMatched - trueAccepts[i]!) * nUnmatched;
  const i = firstWhere(thresholds.length, (point) => gap(point) >= 0);
  const above = gap(i);
  const below = gap(i - 1);
  const step = (-below / (above - below)) * (falseAccepts[i]! - falseAccepts[i - 1]!);
  const accepts = above === 0 ? falseAccepts[i]! : falseAccepts[i - 1]! + step;
  return { rate: accepts / nUnmatched, threshold: thresholds[i]! };
}

export interface TarAtFar {
  readonly tar: number;
  readonly farReached: number;
  /** −∞ where no distance can be accepted. */
  readonly threshold: number;
}

/** Step rule: the largest TAR among operating points with FAR ≤ `far`; `far` is in [0, 1), else `RangeError`. */
export function tarAtFar(points: OperatingPoints, far: number): TarAtFar {
  if (!(far >= 0 && far < 1)) throw new RangeError(`A FAR lies in [0, 1), not at ${far}.`);
  const i = pointAtFar(points, far);
  return {
    tar: points.trueAccepts[i]! / points.nMatched,
    farReached: points.falseAccepts[i]! / points.nUnmatched,
    threshold: points.thresholds[i]!,
  };
}

/** Whether a FAR can be told from zero at all: at least 1/FAR unmatched pairs. */
export function hasEnoughPairs(nUnmatched: number, far: number): boolean {
  // 1/far of a decimal such as 1e-3 is not always whole in binary.
  return nUnmatched * far >= 1 - 1e-9;
}

/** Smallest (FAR + FRR)/2 over all thresholds: the empirical error with equal priors. */
export function lowestBalancedError(points: OperatingPoints): number {
  const { falseAccepts, trueAccepts, nMatched, nUnmatched } = points;
  let lowest = Infinity;
  for (let i = 0; i < falseAccepts.length; i++) {
    lowest = Math.min(lowest, falseAccepts[i]! / nUnmatched + 1 - trueAccepts[i]! / nMatched);
  }
  return lowest / 2;
}

/**
 * Numbers of at most `largest` operating points, ascending, that draw the curve on linear and logarithmic axes
 * alike: both ends, and the points at logarithmically spaced FAR and FRR.
 */
export function thinnedPoints(points: OperatingPoints, largest: number): number[] {
  const { falseAccepts, trueAccepts, nMatched, nUnmatched } = points;
  const n = falseAccepts.length;
  if (n <= largest) return Array.from({ length: n }, (_, i) => i);
  const perAxis = Math.floor((largest - 3) / 2);
  const chosen = new Set([0, pointAtFar(points, 0), n - 1]);
  for (let level = 0; level < perAxis; level++) {
    const height = level / (perAxis - 1);
    chosen.add(pointAtFar(points, nUnmatched ** -height));
    const fewestAccepts = nMatched - nMatched ** height;
    chosen.add(firstWhere(n, (i) => trueAccepts[i]! >= fewestAccepts));
  }
  return [...chosen].sort((a, b) => a - b);
}

/** The last point with FAR ≤ `far`. */
function pointAtFar({ falseAccepts, nUnmatched }: OperatingPoints, far: number): number {
  return firstWhere(falseAccepts.length, (i) => falseAccepts[i]! / nUnmatched > far) - 1;
}

/** The smallest i in 0..n − 1 at which a condition that never turns false again holds; n if it never does. */
function firstWhere(n: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function sortedDistances(values: Float64Array, name: string): Float64Array {
  const sorted = values.toSorted();
  // Typed arrays sort −∞ to the front, ∞ and then NaN to the end.
  if (!Number.isFinite(sorted[0]) || !Number.isFinite(sorted[sorted.length - 1])) {
    throw new RangeError(`No ROC: there are no ${name} distances, or one is not a finite number.`);
  }
  return sorted;
}
