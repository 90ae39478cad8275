import type { SeededRandom } from './random.ts';

/**
 * `n` different integers from 0 to `total` − 1, ascending, every such set equally likely; all of them where
 * `n` ≥ `total`. Floyd's algorithm (Bentley and Floyd 1987). `total` is at most 2⁵³ − 1, `n` at most 2²⁴ where
 * it is below `total` (a Set holds no more); else `RangeError`.
 */
export function sampleIndices(total: number, n: number, random: SeededRandom): Float64Array {
  if (!Number.isSafeInteger(total) || total < 0 || !Number.isSafeInteger(n) || n < 0) {
    throw new RangeError(`No sample of ${n} in ${total}.`);
  }
  if (n >= total) return Float64Array.from({ length: total }, (_, i) => i);
  const chosen = new Set<number>();
  for (let last = total - n; last < total; last++) {
    const index = uniformBelow(last + 1, random);
    chosen.add(chosen.has(index) ? last : index);
  }
  return Float64Array.from(chosen).sort();
}

/** Uniform on the integers 0..n − 1, n up to 2⁵³ − 1, without the bias of a remainder. */
function uniformBelow(n: number, random: SeededRandom): number {
  if (n <= 0x100000000) return random.nextInt(n);
  const limit = 2 ** 53 - (2 ** 53 % n);
  let x = random.nextFloat() * 2 ** 53;
  while (x >= limit) x = random.nextFloat() * 2 ** 53;
  return x % n;
}
