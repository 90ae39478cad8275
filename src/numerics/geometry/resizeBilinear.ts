import type { RgbImage } from './rgbImage.ts';

/**
 * Resizes without antialiasing, as OpenCV's `cv2.resize` with its default INTER_LINEAR, which face detectors were
 * trained with: pixel centres at half units, edges repeated, weights in 2048ths, and OpenCV's rounding of integers
 * (resize.cpp, `HResizeLinear` and `VResizeLinear` for bytes). Returns height × width × 3 bytes.
 * Throws `RangeError` unless both sizes are whole numbers of at least 1.
 */
export function resizeBilinear(image: RgbImage, width: number, height: number): Uint8Array {
  if (!(Number.isInteger(width) && width >= 1 && Number.isInteger(height) && height >= 1))
    throw new RangeError(`an image cannot be resized to ${width} × ${height}`);
  const columns = taps(image.width, width);
  const rows = taps(image.height, height);
  const out = new Uint8Array(width * height * 3);
  // Neighbouring rows of the result mostly share their two source rows.
  let upper = { row: -1, values: new Int32Array(width * 3) };
  let lower = { row: -1, values: new Int32Array(width * 3) };
  for (let y = 0; y < height; y++) {
    const [first, second] = [rows.first[y]!, rows.second[y]!];
    if (upper.row !== first && lower.row === first) [upper, lower] = [lower, upper];
    stretchRow(image, first, columns, upper);
    stretchRow(image, second, columns, lower);
    const weight = rows.weight[y]!;
    blendRows(upper.values, lower.values, weight, out.subarray(y * width * 3, (y + 1) * width * 3));
  }
  return out;
}

/** Weights are fractions of this: 11 bits, as in OpenCV. */
const one = 2048;

/** Where each pixel of the result comes from, in one dimension. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Of `second`, 0..2048. */
  readonly weight: Int32Array;
}

function taps(from: number, to: number): Taps {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const weight = new Int32Array(to);
  const scale = from / to;
  for (let i = 0; i < to; i++) {
    const centre = Math.fround((i + 0.5) * scale - 0.5);
    const before = Math.floor(centre);
    first[i] = Math.min(Math.max(before, 0), from - 1);
    second[i] = Math.min(Math.max(before + 1, 0), from - 1);
    weight[i] = roundHalfToEven((centre - before) * one);
  }
  return { first, second, weight };
}

function stretchRow(
  image: RgbImage,
  row: number,
  { first, second, weight }: Taps,
  to: { row: number; readonly values: Int32Array },
): void {
  if (to.row === row) return;
  to.row = row;
  const { values } = to;
  const source = image.pixels.subarray(row * image.width * 3, (row + 1) * image.width * 3);
  for (let x = 0, at = 0; x < first.length; x++) {
    const left = first[x]! * 3;
    const right = second[x]! * 3;
    const w = weight[x]!;
    for (let c = 0; c < 3; c++) values[at++] = source[left + c]! * (one - w) + source[right + c]! * w;
  }
}

function blendRows(upper: Int32Array, lower: Int32Array, weight: number, out: Uint8Array): void {
  const rest = one - weight;
  for (let i = 0; i < out.length; i++)
    out[i] = (((rest * (upper[i]! >> 4)) >> 16) + ((weight * (lower[i]! >> 4)) >> 16) + 2) >> 2;
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
