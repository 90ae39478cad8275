/**
 * Counts in `bins` equal bins from `min` to `max`; the last bin holds `max`, and everything where
 * the range is a point (or narrower than bins · 1e-308). A value outside the range, or not a number: `RangeError`.
 */
export function histogram(values: Float64Array, min: number, max: number, bins: number): Int32Array {
  // `max` itself comes out as bin number `bins`, and is put back at the end: the loop needs no branch.
  const counts = new Int32Array(bins + 1);
  const scale = bins / (max - min);
  let nInside = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value >= min && value <= max) nInside++;
    counts[((value - min) * scale) | 0]!++;
  }
  if (nInside !== values.length) {
    throw new RangeError(
      `${values.length - nInside} of ${values.length} values lie outside the histogram from ${min} to ${max}.`,
    );
  }
  if (!(scale < Infinity)) {
    counts.fill(0);
    counts[bins] = values.length;
  }
  counts[bins - 1]! += counts[bins]!;
  return counts.slice(0, bins);
}
