/** Limits of a confidence interval of a share, both in [0, 1]. */
export type ShareInterval = readonly [lower: number, upper: number];

/**
 * Wilson's 95 % score interval (1927) of a share seen in `n` trials; `n` need not be whole, so that an effective
 * number of trials can stand in for a count of dependent ones. A share outside [0, 1], n not above 0: `RangeError`.
 */
export function wilsonInterval(share: number, n: number): ShareInterval {
  if (!(share >= 0 && share <= 1) || !(n > 0)) {
    throw new RangeError(`No Wilson interval of a share of ${share} in ${n} trials.`);
  }
  const square = normalQuantile ** 2;
  const centre = share + square / (2 * n);
  const half = normalQuantile * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n));
  const scale = 1 + square / n;
  // At a share of 0 or 1 the limit is that share, which rounding would miss.
  return [
    share === 0 ? 0 : Math.max(0, (centre - half) / scale),
    share === 1 ? 1 : Math.min(1, (centre + half) / scale),
  ];
}

/** Of the standard normal, at 0.975. */
export const normalQuantile = 1.959963984540054;
