import { type Affine, invertAffine } from './affine.ts';
import { checkRgbImage, checkSize } from './checks.ts';
import type { RgbImage } from './rgbImage.ts';

/**
 * Cuts a crop of `width` × `height` out of an image; `matrix` maps the image to the crop. Each pixel of the crop is
 * mapped back and interpolated between the four pixels around that place; what lies outside the image is black
 * (0), also as one of the four, or the nearest pixel of its edge. Values are rounded half up. Returns RGB,
 * height × width × 3.
 *
 * Interpolation is in double precision. OpenCV's `warpAffine` (`INTER_LINEAR`, `BORDER_CONSTANT`), which the authors
 * of the models use, places samples on a grid of 1/32 px and so differs by some grey levels at sharp edges; bounds
 * are in `test/fixtures/geometry`. As there, nothing is averaged when the crop is much smaller than the face.
 *
 * Throws RangeError for a map without inverse and for sizes that are not whole and positive.
 */
export function warpAffine(
  image: RgbImage,
  matrix: Affine,
  width: number,
  height: number,
  outside: 'black' | 'edge' = 'black',
): Uint8Array {
  checkRgbImage(image);
  checkSize(width, height);
  const [a, b, tx, c, d, ty] = invertAffine(matrix);
  const { pixels: source, width: sourceWidth, height: sourceHeight } = image;
  const crop = new Uint8Array(width * height * 3);
  const stride = sourceWidth * 3;
  for (let y = 0, at = 0; y < height; y++) {
    const rowU = b * y + tx;
    const rowV = d * y + ty;
    for (let x = 0; x < width; x++, at += 3) {
      let u = a * x + rowU;
      let v = c * x + rowV;
      if (outside === 'edge') {
        u = Math.min(sourceWidth - 1, Math.max(0, u));
        v = Math.min(sourceHeight - 1, Math.max(0, v));
      }
      if (!(u > -1 && u < sourceWidth && v > -1 && v < sourceHeight)) continue;
      const left = Math.floor(u);
      const top = Math.floor(v);
      const fx = u - left;
      const fy = v - top;
      const corner = top * stride + left * 3;
      const hasLeft = left >= 0;
      const hasTop = top >= 0;
      const hasRight = left + 1 < sourceWidth;
      const hasBottom = top + 1 < sourceHeight;
      for (let channel = 0; channel < 3; channel++) {
        const i = corner + channel;
        const p = hasLeft && hasTop ? source[i]! : 0;
        const q = hasRight && hasTop ? source[i + 3]! : 0;
        const r = hasLeft && hasBottom ? source[i + stride]! : 0;
        const s = hasRight && hasBottom ? source[i + stride + 3]! : 0;
        const upper = (1 - fx) * p + fx * q;
        const lower = (1 - fx) * r + fx * s;
        crop[at + channel] = Math.floor((1 - fy) * upper + fy * lower + 0.5);
      }
    }
  }
  return crop;
}
