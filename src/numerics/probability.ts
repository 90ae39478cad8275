/** A probability that may be too small for a double. */
export interface Probability {
  /** 0 where it is below about 5e-324. */
  readonly p: number;
  /** Decimal logarithm, at most 0; `null` where the probability is zero in truth. */
  readonly log10P: number | null;
}

/** Clips what rounding left outside [0, 1]; NaN is an error. */
export function probability(p: number): Probability {
  if (Number.isNaN(p)) throw new RangeError('A probability came out as NaN.');
  if (p <= 0) return { p: 0, log10P: null };
  return p >= 1 ? { p: 1, log10P: 0 } : { p, log10P: Math.log10(p) };
}

/** From a natural logarithm; −∞ is zero. */
export function probabilityOfLog(logP: number): Probability {
  if (Number.isNaN(logP)) throw new RangeError('The logarithm of a probability came out as NaN.');
  if (logP === -Infinity) return { p: 0, log10P: null };
  return logP >= 0 ? { p: 1, log10P: 0 } : { p: Math.exp(logP), log10P: logP / Math.LN10 };
}
