const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);

/** Bits of the IEEE 754 binary16 nearest to `x`, ties to even; infinity beyond 65,504. */
export function float16Bits(x: number): number {
  floats[0] = x;
  const word = bits[0]!;
  const sign = (word >>> 16) & 0x8000;
  const exponent = ((word >>> 23) & 0xff) - 127;
  const fraction = word & 0x7fffff;
  if (exponent === 128) return sign | (fraction === 0 ? 0x7c00 : 0x7e00);
  if (exponent > 15) return sign | 0x7c00;
  if (exponent >= -14) return sign | rounded(((exponent + 15) << 23) | fraction, 13);
  // Subnormal: the hidden bit becomes a part of the fraction.
  if (exponent < -25) return sign;
  return sign | rounded(0x800000 | fraction, -1 - exponent);
}

/** Value of the bits of a binary16. */
export function float16Value(word: number): number {
  const sign = word & 0x8000 ? -1 : 1;
  const exponent = (word >>> 10) & 0x1f;
  const fraction = word & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Drops the lowest bits; a carry runs into the exponent, which is what rounding up to the next power means. */
function rounded(word: number, nBits: number): number {
  const kept = word >>> nBits;
  const dropped = word & ((1 << nBits) - 1);
  const half = 1 << (nBits - 1);
  return dropped > half || (dropped === half && (kept & 1) === 1) ? kept + 1 : kept;
}
