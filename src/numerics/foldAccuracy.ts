import { mean } from './sums.ts';

/** Distances of pairs, which of them are of one person, and the fold of each. */
export interface FoldedPairs {
  readonly distances: Float64Array;
  /** 1: one person; 0: two. */
  readonly same: Uint8Array;
  readonly folds: ArrayLike<number>;
}

export interface FoldAccuracy {
  readonly fold: number;
  /** Found on the other folds: pairs at most this far apart are taken for one person. */
  readonly threshold: number;
  /** Share of the fold's own pairs that are told rightly. */
  readonly accuracy: number;
  readonly nPairs: number;
  /** Thresholds with the same accuracy on the other folds; the smallest is used. */
  readonly nTied: number;
}

export interface CrossValidatedAccuracy {
  readonly folds: readonly FoldAccuracy[];
  readonly accuracy: number;
  /** Standard deviation over folds (n − 1) / √n. */
  readonly standardError: number;
}

/** How a threshold is found on the training pairs. */
export type ThresholdRule =
  /** Midpoints of neighbouring distinct distances, and 1 beyond either end; the smallest of the best. */
  | { readonly kind: 'midpoints' }
  /** Multiples of 0.01 from 0, `nCuts` of them, as in many published scripts; the first of the best. */
  | { readonly kind: 'grid'; readonly nCuts: number };

/**
 * The protocol of LFW (Huang et al. 2007): each fold is judged by the threshold that is best on the others; mean
 * and standard error over folds. Fewer than two folds, a distance that is not finite: `RangeError`.
 */
export function crossValidatedAccuracy(pairs: FoldedPairs, rule: ThresholdRule): CrossValidatedAccuracy {
  const numbers = [...new Set(Array.from(pairs.folds))].sort((a, b) => a - b);
  if (numbers.length < 2) throw new RangeError(`Cross-validation needs two folds, not ${numbers.length}.`);
  if (!pairs.distances.every(Number.isFinite)) throw new RangeError('A distance is not a finite number.');
  const folds = numbers.map((fold) => judgeFold(pairs, fold, rule));
  const accuracies = Float64Array.from(folds, ({ accuracy }) => accuracy);
  const accuracy = mean(accuracies);
  const squares = accuracies.reduce((sum, value) => sum + (value - accuracy) ** 2, 0);
  const n = folds.length;
  return { folds, accuracy, standardError: Math.sqrt(squares / (n - 1) / n) };
}

function judgeFold({ distances, same, folds }: FoldedPairs, fold: number, rule: ThresholdRule): FoldAccuracy {
  const matched: number[] = [];
  const unmatched: number[] = [];
  for (let i = 0; i < distances.length; i++) {
    if (folds[i] !== fold) (same[i] === 1 ? matched : unmatched).push(distances[i]!);
  }
  const { threshold, nTied } = bestThreshold(
    Float64Array.from(matched).sort(),
    Float64Array.from(unmatched).sort(),
    rule,
  );
  let nPairs = 0;
  let nRight = 0;
  for (let i = 0; i < distances.length; i++) {
    if (folds[i] !== fold) continue;
    nPairs++;
    if (distances[i]! <= threshold === (same[i] === 1)) nRight++;
  }
  return { fold, threshold, accuracy: nRight / nPairs, nPairs, nTied };
}

/** Of sorted distances. */
function bestThreshold(matched: Float64Array, unmatched: Float64Array, rule: ThresholdRule) {
  let best = -1;
  let threshold = Number.NaN;
  let nTied = 0;
  let nMatched = 0;
  let nUnmatched = 0;
  for (const cut of cuts(matched, unmatched, rule)) {
    while (nMatched < matched.length && matched[nMatched]! <= cut) nMatched++;
    while (nUnmatched < unmatched.length && unmatched[nUnmatched]! <= cut) nUnmatched++;
    const nRight = nMatched + unmatched.length - nUnmatched;
    if (nRight > best) {
      best = nRight;
      threshold = cut;
      nTied = 1;
    } else if (nRight === best) nTied++;
  }
  return { threshold, nTied };
}

function cuts(matched: Float64Array, unmatched: Float64Array, rule: ThresholdRule): Float64Array {
  switch (rule.kind) {
    case 'grid':
      return Float64Array.from({ length: rule.nCuts }, (_, k) => k / 100);
    case 'midpoints': {
      const all = new Float64Array(matched.length + unmatched.length);
      all.set(matched);
      all.set(unmatched, matched.length);
      const distinct = all.sort().filter((value, i) => i === 0 || value !== all[i - 1]);
      const n = distinct.length;
      return Float64Array.from({ length: n + 1 }, (_, i) => {
        if (i === 0) return distinct[0]! - 1;
        return i === n ? distinct[n - 1]! + 1 : (distinct[i - 1]! + distinct[i]!) / 2;
      });
    }
  }
}
