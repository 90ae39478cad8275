/** Which rows hold something: row r is bit r % 32 of word r / 32. */
export type Bits = Uint32Array;

/** Rows whose value is `wanted`. */
export function bitsWhere(values: Int8Array, wanted: number): Bits {
  const bits = new Uint32Array(Math.ceil(values.length / 32));
  for (let row = 0; row < values.length; row++) {
    if (values[row] === wanted) bits[row >>> 5]! |= 1 << (row & 31);
  }
  return bits;
}

/** Rows that are in both sets. */
export function countBoth(a: Bits, b: Bits): number {
  let count = 0;
  for (let word = 0; word < a.length; word++) count += countOnes(a[word]! & b[word]!);
  return count;
}

/** Number of ones in a word of 32 bits, by adding neighbouring bits, then pairs, then nibbles. */
function countOnes(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const nibbles = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  const bytes = (nibbles + (nibbles >>> 4)) & 0x0f0f_0f0f;
  return Math.imul(bytes, 0x0101_0101) >>> 24;
}
