import { checkRgbImage, checkSize } from './checks.ts';
import { resizeWeights, type ResizeWeights, weightBits } from './resizeWeights.ts';
import type { RgbImage } from './rgbImage.ts';

/**
 * Resizes an image to `width` × `height`, aspect ratio not kept, with an antialiased bicubic kernel: bit for bit
 * Pillow's `Image.resize((width, height), Image.BICUBIC)` (`src/libImaging/Resample.c`, 8 bits a channel). Columns
 * first, rounded to 8 bits, then rows; weights in fixed point. Returns RGB, height × width × 3; a copy where the
 * size stays.
 *
 * Throws RangeError for sizes that are not whole and positive.
 */
export function resizeRgb(image: RgbImage, width: number, height: number): Uint8Array {
  checkRgbImage(image);
  checkSize(width, height);
  const across = width === image.width ? image.pixels : resizeRows(image, resizeWeights(image.width, width));
  if (height !== image.height) return resizeColumns(across, width * 3, resizeWeights(image.height, height));
  return across === image.pixels ? across.slice() : across;
}

const half = 1 << (weightBits - 1);

/** Each row to the weights' length. */
function resizeRows({ pixels, width, height }: RgbImage, weights: ResizeWeights): Uint8Array {
  const { first, count, taps, maxCount } = weights;
  const nOut = first.length;
  const out = new Uint8Array(nOut * height * 3);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < nOut; x++, at += 3) {
      let from = (y * width + first[x]!) * 3;
      let red = half;
      let green = half;
      let blue = half;
      const tapsEnd = x * maxCount + count[x]!;
      for (let tap = x * maxCount; tap < tapsEnd; tap++, from += 3) {
        const weight = taps[tap]!;
        red += Math.imul(pixels[from]!, weight);
        green += Math.imul(pixels[from + 1]!, weight);
        blue += Math.imul(pixels[from + 2]!, weight);
      }
      out[at] = clip(red);
      out[at + 1] = clip(green);
      out[at + 2] = clip(blue);
    }
  return out;
}

/** Each column of `stride` bytes side by side to the weights' length. */
function resizeColumns(pixels: Uint8Array, stride: number, weights: ResizeWeights): Uint8Array {
  const { first, count, taps, maxCount } = weights;
  const nOut = first.length;
  const out = new Uint8Array(nOut * stride);
  const sums = new Int32Array(stride);
  for (let y = 0; y < nOut; y++) {
    sums.fill(half);
    const end = y * maxCount + count[y]!;
    let tap = y * maxCount;
    let row = first[y]! * stride;
    // Four source rows at a time: the sums are loaded and stored once for all four.
    for (; tap + 4 <= end; tap += 4, row += 4 * stride) {
      const [a, b, c, d] = [taps[tap]!, taps[tap + 1]!, taps[tap + 2]!, taps[tap + 3]!];
      for (let i = 0; i < stride; i++) {
        const at = row + i;
        sums[i] =
          sums[i]! +
          Math.imul(pixels[at]!, a) +
          Math.imul(pixels[at + stride]!, b) +
          Math.imul(pixels[at + 2 * stride]!, c) +
          Math.imul(pixels[at + 3 * stride]!, d);
      }
    }
    for (; tap < end; tap++, row += stride) {
      const weight = taps[tap]!;
      for (let i = 0; i < stride; i++) sums[i] = sums[i]! + Math.imul(pixels[row + i]!, weight);
    }
    for (let i = 0; i < stride; i++) out[y * stride + i] = clip(sums[i]!);
  }
  return out;
}

function clip(sum: number): number {
  const value = sum >> weightBits;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
