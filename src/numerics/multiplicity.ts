/**
 * p-values adjusted for their number, in the order given; an adjusted p at or below α rejects at level α. A p that
 * is NaN or outside [0, 1]: `RangeError` that names it.
 */

/** Bonferroni: m·p, at most 1. Holds the family-wise error under any dependence. */
export function bonferroni(ps: readonly number[]): number[] {
  checkPs(ps);
  return ps.map((p) => Math.min(1, ps.length * p));
}

/** Holm (1979), step-down: never larger than Bonferroni's, and holds the same. */
export function holm(ps: readonly number[]): number[] {
  checkPs(ps);
  const adjusted = new Array<number>(ps.length);
  let largest = 0;
  ascending(ps).forEach((i, rank) => {
    largest = Math.max(largest, Math.min(1, (ps.length - rank) * ps[i]!));
    adjusted[i] = largest;
  });
  return adjusted;
}

/** Benjamini and Hochberg (1995), step-up: holds the false discovery rate under independence or positive dependence. */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  checkPs(ps);
  const adjusted = new Array<number>(ps.length);
  let smallest = 1;
  const order = ascending(ps);
  for (let rank = ps.length - 1; rank >= 0; rank--) {
    const i = order[rank]!;
    smallest = Math.min(smallest, (ps.length * ps[i]!) / (rank + 1));
    adjusted[i] = smallest;
  }
  return adjusted;
}

function ascending(ps: readonly number[]): number[] {
  return Array.from(ps.keys()).sort((a, b) => ps[a]! - ps[b]! || a - b);
}

function checkPs(ps: readonly number[]): void {
  const wrong = ps.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new RangeError(`A p-value lies in [0, 1], not at ${wrong}.`);
}
