import { checkRgbImage, checkSize } from './checks.ts';
import type { RgbImage } from './rgbImage.ts';

/**
 * Resizes without antialiasing: bit for bit OpenCV's `cv2.resize` of bytes with its default INTER_LINEAR, which is
 * what face detectors are fed (`resize.cpp`, `HResizeLinear` and `VResizeLinear`; weights in 2048ths, rows first).
 * For crops that a recognition model sees, `resizeRgb` is the right one. Returns RGB, height × width × 3.
 *
 * Throws RangeError for sizes that are not whole and positive.
 */
export function resizeBilinear(image: RgbImage, width: number, height: number): Uint8Array {
  checkRgbImage(image);
  checkSize(width, height);
  const columns = taps(image.width, width);
  const rows = taps(image.height, height);
  const out = new Uint8Array(width * height * 3);
  // Neighbouring rows of the result mostly share their two rows of the image.
  let upper: StretchedRow = { row: -1, values: new Int32Array(width * 3) };
  let lower: StretchedRow = { row: -1, values: new Int32Array(width * 3) };
  for (let y = 0; y < height; y++) {
    const [first, second] = [rows.first[y]!, rows.second[y]!];
    if (upper.row !== first && lower.row === first) [upper, lower] = [lower, upper];
    stretchRow(image, first, columns, upper);
    stretchRow(image, second, columns, lower);
    blendRows(upper.values, lower.values, rows.weight[y]!, out, y * width * 3);
  }
  return out;
}

/** The weight of a whole pixel. */
const one = 2048;

/** For each pixel of the result the two of the image it lies between, in one dimension. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Of `second`, 0..2048. */
  readonly weight: Int32Array;
}

interface StretchedRow {
  row: number;
  /** In 2048ths of grey levels. */
  readonly values: Int32Array;
}

function taps(from: number, to: number): Taps {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const weight = new Int32Array(to);
  const step = from / to;
  for (let i = 0; i < to; i++) {
    const centre = Math.fround((i + 0.5) * step - 0.5);
    const before = Math.floor(centre);
    first[i] = Math.min(Math.max(before, 0), from - 1);
    second[i] = Math.min(Math.max(before + 1, 0), from - 1);
    weight[i] = roundHalfToEven((centre - before) * one);
  }
  return { first, second, weight };
}

function stretchRow({ pixels, width }: RgbImage, row: number, taps: Taps, to: StretchedRow): void {
  if (to.row === row) return;
  to.row = row;
  const { first, second, weight } = taps;
  const { values } = to;
  const start = row * width * 3;
  for (let x = 0, at = 0; x < first.length; x++, at += 3) {
    const left = start + first[x]! * 3;
    const right = start + second[x]! * 3;
    const toRight = weight[x]!;
    const toLeft = one - toRight;
    values[at] = pixels[left]! * toLeft + pixels[right]! * toRight;
    values[at + 1] = pixels[left + 1]! * toLeft + pixels[right + 1]! * toRight;
    values[at + 2] = pixels[left + 2]! * toLeft + pixels[right + 2]! * toRight;
  }
}

/** OpenCV drops bits on the way, so that products fit its 16-bit lanes; they are dropped here as well. */
function blendRows(
  upper: Int32Array,
  lower: Int32Array,
  toLower: number,
  out: Uint8Array,
  start: number,
): void {
  const toUpper = one - toLower;
  for (let i = 0; i < upper.length; i++)
    out[start + i] = (((toUpper * (upper[i]! >> 4)) >> 16) + ((toLower * (lower[i]! >> 4)) >> 16) + 2) >> 2;
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
