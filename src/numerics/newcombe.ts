import type { ShareInterval } from './wilson.ts';

/** A share with its interval, Wilson's for the interval below to be Newcombe's. */
export interface ShareWithInterval {
  readonly share: number;
  readonly interval: ShareInterval;
}

/**
 * Newcombe's hybrid score interval of the difference of two shares, first less second, in [−1, 1]: method 10 of
 * «Interval estimation for the difference between independent proportions», Statistics in Medicine 17 (1998), 873–890.
 * The level is that of the two intervals.
 */
export function newcombeInterval(
  first: ShareWithInterval,
  second: ShareWithInterval,
): readonly [lower: number, upper: number] {
  const difference = first.share - second.share;
  const below = Math.hypot(first.share - first.interval[0], second.interval[1] - second.share);
  const above = Math.hypot(first.interval[1] - first.share, second.share - second.interval[0]);
  return [Math.max(-1, difference - below), Math.min(1, difference + above)];
}
