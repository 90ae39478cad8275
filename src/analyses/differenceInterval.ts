import type { Interval } from './intervals.ts';

export interface Estimate {
  readonly value: number;
  /** `null`: not known. */
  readonly ci: readonly [low: number, high: number] | null;
}

/**
 * Interval of `after` less `before` from those of the two, by the method of variance estimates recovery (Zou and
 * Donner 2008, Statistics in Medicine 27: 1693), as if they were independent: each limit takes the two distances
 * that push the difference its way. It has the level of the given intervals; for shares with Wilson's intervals it is
 * Newcombe's (1998) method 10. Where the two rise and fall together it is too wide.
 * `null` where a side has no interval, or an estimate that lies outside of its own, which the method knows nothing of.
 */
export function differenceInterval(before: Estimate, after: Estimate): Interval | null {
  if (!isInside(before) || !isInside(after)) return null;
  const difference = after.value - before.value;
  const down = Math.hypot(after.value - after.ci[0], before.ci[1] - before.value);
  const up = Math.hypot(after.ci[1] - after.value, before.value - before.ci[0]);
  return [difference - down, difference + up];
}

/** Whether an interval holds the value it is of; one of a bias-corrected bootstrap may not. */
export function isInside<E extends Estimate>(
  estimate: E,
): estimate is E & { readonly ci: NonNullable<E['ci']> } {
  const { value, ci } = estimate;
  return ci !== null && ci[0] <= value && value <= ci[1];
}
