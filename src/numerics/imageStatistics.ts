import { directionDegrees } from './circular.ts';
import { hsvOfRgb } from './hsv.ts';

export const imageStatisticNames = [
  'brightness',
  'contrast',
  'saturation',
  'hue',
  'sharpness',
  'red',
  'green',
  'blue',
  'value',
] as const;

/** What a picture looks like, in numbers; all of gamma-coded sRGB bytes, as decoded. */
export interface ImageStatistics {
  /** Mean luma, 0..255; luma = 0.299 R + 0.587 G + 0.114 B (BT.601). */
  readonly brightness: number;
  /** Standard deviation of luma over the pixels. */
  readonly contrast: number;
  /** Mean saturation in OpenCV's 8-bit HSV, 0..255. */
  readonly saturation: number;
  /**
   * Circular mean of hue weighted by chroma, degrees in [0, 360): each pixel is the vector
   * (R − (G + B)/2, √3/2 (G − B)), and the hue is the direction of their sum, that of the mean colour.
   * NaN for a picture whose colours cancel to grey: it has no hue.
   */
  readonly hue: number;
  /** Variance of the Laplacian (4 neighbours) of luma over the inner pixels. */
  readonly sharpness: number;
  /** Means of the channels, 0..255. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** Mean of the largest channel, HSV's V, 0..255. */
  readonly value: number;
}

/** `pixels`: RGB, one byte a channel, row by row. At least 3 × 3 pixels, else `RangeError`. */
export function imageStatistics(pixels: Uint8Array, width: number, height: number): ImageStatistics {
  if (!(width >= 3 && height >= 3) || pixels.length !== width * height * 3) {
    throw new RangeError(
      `Image statistics need at least 3 × 3 RGB pixels, not ${width} × ${height} in ${pixels.length} bytes.`,
    );
  }
  const n = width * height;
  // Luma in thousandths is an integer: sums are exact, and a flat picture has contrast and sharpness 0.
  const luma = new Int32Array(n);
  let lumaSum = 0;
  let red = 0;
  let green = 0;
  let blue = 0;
  let saturation = 0;
  let value = 0;
  for (let i = 0; i < n; i++) {
    const r = pixels[3 * i]!;
    const g = pixels[3 * i + 1]!;
    const b = pixels[3 * i + 2]!;
    const y = 299 * r + 587 * g + 114 * b;
    luma[i] = y;
    lumaSum += y;
    red += r;
    green += g;
    blue += b;
    saturation += (hsvOfRgb(r, g, b) >> 8) & 0xff;
    value += Math.max(r, g, b);
  }
  const alongRed = 2 * red - green - blue;
  const across = green - blue;
  return {
    brightness: lumaSum / n / 1000,
    contrast: Math.sqrt(variance(luma)) / 1000,
    saturation: saturation / n,
    hue: alongRed === 0 && across === 0 ? Number.NaN : directionDegrees(alongRed, Math.sqrt(3) * across),
    sharpness: variance(laplacian(luma, width, height)) / 1e6,
    red: red / n,
    green: green / n,
    blue: blue / n,
    value: value / n,
  };
}

function laplacian(luma: Int32Array, width: number, height: number): Int32Array {
  const out = new Int32Array((width - 2) * (height - 2));
  let k = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      out[k++] = luma[i - 1]! + luma[i + 1]! + luma[i - width]! + luma[i + width]! - 4 * luma[i]!;
    }
  }
  return out;
}

/** Mean squared deviation from the mean, in two passes. */
function variance(values: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const centre = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - centre) ** 2;
  return squares / values.length;
}
