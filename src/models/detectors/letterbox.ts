import type { ChannelOrder } from '../../domain/preprocessing.ts';
import { resizeBilinear } from '../../numerics/geometry/resizeBilinear.ts';
import type { RgbImage } from '../../numerics/geometry/rgbImage.ts';

/** How an image lies in the picture that a detector sees: at the top left, resized; the rest is black. */
export interface Placement {
  /** Of the whole picture. */
  readonly width: number;
  readonly height: number;
  /** Of the resized image in it. */
  readonly imageWidth: number;
  readonly imageHeight: number;
}

/** What happens to a value x of a pixel: (x − mean) · scale, the channels in `channels` order. */
export interface DetectorNormalisation {
  readonly channels: ChannelOrder;
  readonly mean: number;
  readonly scale: number;
}

/** The picture as the model takes it: 3 × height × width, channel by channel. */
export function letterboxTensor(
  image: RgbImage,
  placement: Placement,
  normalisation: DetectorNormalisation,
): Float32Array {
  const { width, height, imageWidth, imageHeight } = placement;
  const isWhole = imageWidth === image.width && imageHeight === image.height;
  const pixels = isWhole ? image.pixels : resizeBilinear(image, imageWidth, imageHeight);
  const { channels, mean, scale } = normalisation;
  const nPixels = width * height;
  const tensor = new Float32Array(3 * nPixels).fill((0 - mean) * scale);
  for (let c = 0; c < 3; c++) {
    const source = channels === 'RGB' ? c : 2 - c;
    for (let y = 0; y < imageHeight; y++) {
      const to = c * nPixels + y * width;
      const from = y * imageWidth * 3 + source;
      for (let x = 0; x < imageWidth; x++) tensor[to + x] = (pixels[from + 3 * x]! - mean) * scale;
    }
  }
  return tensor;
}

/**
 * What places in the picture are multiplied by to be places in the image. Each axis has its own scale, as in the
 * training of these detectors: the resized sides are whole pixels, so the two differ by up to a pixel in the side.
 */
export function toImageScale(
  image: Pick<RgbImage, 'width' | 'height'>,
  { imageWidth, imageHeight }: Placement,
): { readonly x: number; readonly y: number } {
  return { x: image.width / imageWidth, y: image.height / imageHeight };
}
