/** Neumaier's compensated sum (1974): as good as twice the precision, then rounded once. 0 for no values. */
export function compensatedSum(values: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    const next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Arithmetic mean. No values, or one that is not finite: `RangeError`. */
export function mean(values: Float64Array): number {
  const result = compensatedSum(values) / values.length;
  if (!Number.isFinite(result)) {
    throw new RangeError(`No mean of ${values.length} values: there are none, or one is not finite.`);
  }
  return result;
}
