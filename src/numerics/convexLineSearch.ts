/** A function along a line, and its derivative. */
export interface LineValue {
  readonly value: number;
  readonly slope: number;
}

/**
 * A step t > 0 at which the convex function `along` has fallen enough and is flatter than at 0 (strong Wolfe
 * conditions; Nocedal and Wright 2006, section 3.1), tried from t = 1 on. Near the minimum the value's rounding is
 * allowed for. `slope` at 0 must be negative. 0 where no step is found, which rounding alone can cause.
 */
export function searchLine(
  along: (t: number) => LineValue,
  { value: value0, slope: slope0 }: LineValue,
): number {
  let low = { t: 0, slope: slope0 };
  let high: { readonly t: number; readonly slope: number } | null = null;
  let t = 1;
  for (let trial = 0; trial < maxTrials; trial++) {
    const { value, slope } = along(t);
    const fallen = value <= value0 + sufficient * t * slope0 + rounding * Math.abs(value0);
    if (fallen && Math.abs(slope) <= flat * -slope0) return t;
    // Convex: the minimum lies where the slope changes sign. NaN counts as too far.
    if (slope < 0) low = { t, slope };
    else high = { t, slope };
    t = high === null ? 4 * t : between(low, high);
  }
  return 0;
}

const maxTrials = 60;
const sufficient = 1e-4;
const flat = 0.2;
const rounding = 1e-12;

/** Where the line through both slopes crosses zero, kept off the ends. */
function between(
  low: { readonly t: number; readonly slope: number },
  high: { readonly t: number; readonly slope: number },
): number {
  const width = high.t - low.t;
  const share = -low.slope / (high.slope - low.slope);
  return low.t + width * (share >= 0.1 && share <= 0.9 ? share : 0.5);
}
