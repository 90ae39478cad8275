/** The middle value, or the mean of the two in the middle. Errors as `quantile`. */
export function median(values: Float64Array): number {
  return quantile(values, 0.5);
}

/**
 * Quantile by linear interpolation between order statistics, at position (n − 1)·q: Hyndman and Fan's
 * type 7, the default of NumPy and R. No values, one that is not finite, or q outside [0, 1]: `RangeError`.
 */
export function quantile(values: Float64Array, q: number): number {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`A quantile lies in [0, 1], not at ${q}.`);
  if (values.length === 0) throw new RangeError('No quantile of no values.');
  const sorted = values.toSorted();
  // Typed arrays sort −∞ to the front, ∞ and then NaN to the end.
  if (!Number.isFinite(sorted[0]) || !Number.isFinite(sorted[sorted.length - 1])) {
    throw new RangeError('No quantile: a value is not a finite number.');
  }
  const position = (sorted.length - 1) * q;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[below + 1] ?? low;
  return low + (high - low) * (position - below);
}
