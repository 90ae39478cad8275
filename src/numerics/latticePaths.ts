import { type Probability, probability, probabilityOfLog } from './probability.ts';

/**
 * Share of the lattice paths from (0, 0) to (n₁, n₂) that touch a point (i, j) with |i·a − j·b| ≥ gap.
 *
 * With s(i, j) the share among the paths to (i, j): 1 outside the band, else
 * s(i, j) = i/(i+j) · s(i−1, j) + j/(i+j) · s(i, j−1). Averages of positive numbers lose no digits, unlike
 * counting the paths inside and subtracting. T. Viehmann, «Numerically more stable computation of the p-values
 * for the two-sample Kolmogorov-Smirnov test», arXiv 2102.08037.
 */
export function shareOfPathsOutside(n1: number, n2: number, a: number, b: number, gap: number): Probability {
  const p = plainShare(n1, n2, a, b, gap);
  // Near the smallest doubles digits are lost long before the value is.
  return p > 1e-290 ? probability(p) : probabilityOfLog(logShare(n1, n2, a, b, gap));
}

/** The band's j of a column i: strictly between (i·a − gap)/b and (i·a + gap)/b, within 0..n₂. */
function bandStart(i: number, a: number, b: number, gap: number): number {
  return Math.max(0, Math.floor((i * a - gap) / b) + 1);
}

function bandEnd(i: number, n2: number, a: number, b: number, gap: number): number {
  return Math.min(n2, Math.ceil((i * a + gap) / b) - 1);
}

/** Diagonal after diagonal, i + j = n: the points of one do not wait for each other. */
function plainShare(n1: number, n2: number, a: number, b: number, gap: number): number {
  // share[i + 1] is that of the point (i, n − 1 − i) until it is overwritten; 1 is outside.
  const share = new Float64Array(n1 + 2).fill(1);
  share[1] = 0;
  let startBefore = 0;
  for (let n = 1; n <= n1 + n2; n++) {
    // |i·a − (n − i)·b| < gap
    const start = Math.max(0, n - n2, Math.floor((n * b - gap) / (a + b)) + 1);
    const end = Math.min(n1, n, Math.ceil((n * b + gap) / (a + b)) - 1);
    averageDiagonal(share, n, start, end);
    // Points that the band has left behind are outside for the next diagonal.
    share.fill(1, startBefore + 1, start + 1);
    startBefore = start;
  }
  return share[n1 + 1]!;
}

function averageDiagonal(share: Float64Array, n: number, start: number, end: number): void {
  const inverse = 1 / n;
  for (let i = end; i >= start; i--) {
    share[i + 1] = (i * share[i]! + (n - i) * share[i + 1]!) * inverse;
  }
}

/**
 * The same in numbers value · 2^(−512·level), value in [2^−256, 2^256) or zero: a share too small for a
 * double is an average of others as small, so that scaling whole columns would not help.
 */
function logShare(n1: number, n2: number, a: number, b: number, gap: number): number {
  const value = new Float64Array(n2 + 1).fill(1);
  const level = new Int32Array(n2 + 1);
  for (let i = 0; i <= n1; i++) {
    const start = bandStart(i, a, b, gap);
    const end = bandEnd(i, n2, a, b, gap);
    let below = 1;
    let belowLevel = 0;
    for (let j = start; j <= end; j++) {
      if (i === 0 && j === 0) {
        below = 0;
      } else {
        let left = (i / (i + j)) * value[j]!;
        const leftLevel = level[j]!;
        below *= j / (i + j);
        // A zero has no level of its own, and one of a level further down is rounded away two levels apart.
        if (left === 0 || (below !== 0 && leftLevel > belowLevel)) {
          left *= leftLevel - belowLevel === 1 ? levelScale : 0;
        } else if (below === 0 || leftLevel < belowLevel) {
          below *= belowLevel - leftLevel === 1 ? levelScale : 0;
          belowLevel = leftLevel;
        }
        below += left;
        if (below < levelFloor && below > 0) {
          below /= levelScale;
          belowLevel++;
        }
      }
      value[j] = below;
      level[j] = belowLevel;
    }
  }
  return Math.log(value[n2]!) - level[n2]! * 512 * Math.LN2;
}

const levelScale = 2 ** -512;
const levelFloor = 2 ** -256;
