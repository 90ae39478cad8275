/**
 * Counts in `bins` equal bins from `min` to `max`; the last bin holds `max`, and everything where
 * the range is a point (or narrower than bins · 1e-308). A value outside the range, or not a number: `RangeError`.
 */
export function histogram(values: Float64Array, min: number, max: number, bins: number): Int32Array {
  const counts = new Int32Array(bins);
  const scale = bins / (max - min);
  const last = bins - 1;
  const isPoint = !(scale < Infinity);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value >= min && value <= max)) {
      throw new RangeError(`A value of ${value} lies outside the histogram from ${min} to ${max}.`);
    }
    const bin = ((value - min) * scale) | 0;
    counts[isPoint || bin > last ? last : bin]!++;
  }
  return counts;
}

export interface ValueRange {
  readonly min: number;
  readonly max: number;
}

/** Smallest and largest of all values of some arrays; NaN is not looked for. No values: `RangeError`. */
export function valueRange(...arrays: readonly Float64Array[]): ValueRange {
  let min = Infinity;
  let max = -Infinity;
  for (const values of arrays) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  if (!(min <= max)) throw new RangeError('No range of no values.');
  return { min, max };
}
