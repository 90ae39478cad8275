/**
 * P(x < y) + ½·P(x = y) for x of the first and y of the second sample, both ascending: the Mann-Whitney statistic
 * over the number of pairs; twice it less 1 is Cliff's delta. Both need a value, else `RangeError`.
 */
export function probabilityOfSmaller(first: Float64Array, second: Float64Array): number {
  if (first.length === 0 || second.length === 0) throw new RangeError('A sample is empty.');
  // Counted in halves, so that sums are whole and exact below 2⁵³.
  let halves = 0;
  let below = 0;
  let upTo = 0;
  for (let j = 0; j < second.length; j++) {
    const y = second[j]!;
    while (below < first.length && first[below]! < y) below++;
    if (upTo < below) upTo = below;
    while (upTo < first.length && first[upTo]! <= y) upTo++;
    halves += below + upTo;
  }
  return halves / 2 / first.length / second.length;
}
