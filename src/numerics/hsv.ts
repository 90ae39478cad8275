/** Channel means of an image in OpenCV's 8-bit HSV: hue in 0..180 (half degrees), the others in 0..255. */
export interface MeanHsv {
  /** Averaged linearly, as the paper does: red at 0 and at 179 averages to cyan. See `imageStatistics.hue`. */
  readonly hue: number;
  readonly saturation: number;
  readonly value: number;
}

/** `pixels`: RGB, one byte a channel. */
export function meanHsv(pixels: Uint8Array): MeanHsv {
  let hue = 0;
  let saturation = 0;
  let value = 0;
  for (let i = 0; i < pixels.length; i += 3) {
    const packed = hsvOfRgb(pixels[i]!, pixels[i + 1]!, pixels[i + 2]!);
    hue += packed >> 16;
    saturation += (packed >> 8) & 0xff;
    value += packed & 0xff;
  }
  const n = pixels.length / 3;
  return { hue: hue / n, saturation: saturation / n, value: value / n };
}

/**
 * One pixel as h·2¹⁶ + s·2⁸ + v: integer arithmetic with 12 fractional bits, equal to OpenCV's
 * `cvtColor(COLOR_RGB2HSV)` for every colour. Rounding a floating-point conversion is not the same.
 */
export function hsvOfRgb(r: number, g: number, b: number): number {
  const v = Math.max(r, g, b);
  const d = v - Math.min(r, g, b);
  const s = (d * saturationTable[v]! + half) >> fractionBits;
  const sector = v === r ? g - b : v === g ? b - r + 2 * d : r - g + 4 * d;
  const h = (sector * hueTable[d]! + half) >> fractionBits;
  return ((h < 0 ? h + 180 : h) << 16) | (s << 8) | v;
}

const fractionBits = 12;
const half = 1 << (fractionBits - 1);
const saturationTable = Int32Array.from({ length: 256 }, (_, i) => nearestQuotient(255 << fractionBits, i));
const hueTable = Int32Array.from({ length: 256 }, (_, i) => nearestQuotient(180 << fractionBits, 6 * i));

/** Nearest integer to a / b, halves to even; 0 where b is 0. */
function nearestQuotient(a: number, b: number): number {
  if (b === 0) return 0;
  const floor = Math.floor(a / b);
  const twice = 2 * (a - floor * b);
  return twice > b || (twice === b && floor % 2 === 1) ? floor + 1 : floor;
}
