import type { RgbImage } from './rgbImage.ts';

/** Throws RangeError unless the pixels are as many as the sizes say. */
export function checkRgbImage({ pixels, width, height }: RgbImage): void {
  checkSize(width, height);
  if (pixels.length !== width * height * 3)
    throw new RangeError(
      `An RGB image of ${width} × ${height} has ${width * height * 3} bytes, not ${pixels.length}.`,
    );
}

/** Throws RangeError unless both sides are whole and at least 1. */
export function checkSize(width: number, height: number): void {
  if (!(Number.isInteger(width) && width >= 1 && Number.isInteger(height) && height >= 1))
    throw new RangeError(`${width} × ${height} is no size of an image.`);
}
