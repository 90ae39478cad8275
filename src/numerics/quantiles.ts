/** The middle value, or the mean of the two in the middle. Errors as `quantile`. */
export function median(values: Float64Array): number {
  return quantile(values, 0.5);
}

/**
 * Quantile by linear interpolation between order statistics, at position (n − 1)·q: Hyndman and Fan's
 * type 7, the default of NumPy and R. No values, a NaN among them, or q outside [0, 1]: `RangeError`.
 */
export function quantile(values: Float64Array, q: number): number {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`A quantile lies in [0, 1], not at ${q}.`);
  if (values.length === 0) throw new RangeError('No quantile of no values.');
  const sorted = values.toSorted();
  // Typed arrays sort NaN to the end.
  if (Number.isNaN(sorted[sorted.length - 1])) throw new RangeError('No quantile: a value is not a number.');
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const share = position - below;
  // Without this, a quantile that falls on an infinite value would be ∞ · 0.
  if (share === 0) return low;
  const high = sorted[below + 1]!;
  return low === high ? low : low + (high - low) * share;
}
