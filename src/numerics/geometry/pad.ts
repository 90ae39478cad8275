import { checkRgbImage } from './checks.ts';
import type { RgbImage } from './rgbImage.ts';

/**
 * Lays an image on black with a border of `share` of its width left and right and of its height above and below, in
 * whole pixels. Detectors miss faces that touch the edges; 0.25 is usual for a second attempt. Black is what
 * detectors see around letterboxed images. The border is the same on both sides: a place in the padded image is
 * (padded.width − width) / 2 and (padded.height − height) / 2 further than in the image.
 *
 * Throws RangeError unless `share` is in (0, 2].
 */
export function padImage(image: RgbImage, share: number): RgbImage {
  checkRgbImage(image);
  if (!(share > 0 && share <= 2)) throw new RangeError(`A border of ${share} of the image is not in (0, 2].`);
  const [left, top] = [Math.round(share * image.width), Math.round(share * image.height)];
  const [width, height] = [image.width + 2 * left, image.height + 2 * top];
  const pixels = new Uint8Array(width * height * 3);
  const stride = image.width * 3;
  for (let y = 0; y < image.height; y++)
    pixels.set(image.pixels.subarray(y * stride, (y + 1) * stride), ((y + top) * width + left) * 3);
  return { pixels, width, height };
}
