import { readFileSync } from 'node:fs';
import { AppError } from '../domain/appError.ts';
import { alignFace, celebaAlignedLandmarks } from '../models/alignment.ts';
import { type DecodedRgb, decodeImage, decodeRgb } from '../models/decoder.ts';
import type { ImageRef } from './pipeline.ts';
import { StageClock } from './stageClock.ts';

/** What of an image a model is shown. */
export type Framing =
  /** All of it, resized. */
  | { readonly kind: 'whole' }
  /** The face with these five points: ten numbers, in pixels of the upright image in the file, or of `frame`. */
  | { readonly kind: 'points'; readonly points: ArrayLike<number>; readonly frame: ImageSize | null }
  /** The face at the fixed place of CelebA's aligned images. */
  | { readonly kind: 'celebaAligned' };

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

export interface FramedRef extends ImageRef {
  readonly framing: Framing;
}

/** Decodes files into what a model of `width` × `height` sees of them; see `fileDecoders` for the synchronous read. */
export function cropDecoder(
  width: number,
  height: number,
  clock = new StageClock(),
): (path: string, ref: FramedRef) => Promise<Uint8Array> {
  return async (path, { framing }) => crop(readFileSync(path), framing, width, height, clock);
}

/**
 * The crop of an image file, RGB, height × width × 3. Throws `imageUnreadable`, with `data.reason` `noLandmarks`
 * where the framing does not fit the image.
 */
export async function crop(
  bytes: Uint8Array,
  framing: Framing,
  width: number,
  height: number,
  clock = new StageClock(),
): Promise<Uint8Array> {
  if (framing.kind === 'whole') return clock.decode(() => decodeImage(bytes, width, height));
  const image = await clock.decode(() => decodeRgb(bytes));
  return clock.align(() => alignFace(image, placesOf(image, framing), width, height));
}

/** The five points that the framing means, in pixels of the decoded image. */
export function placesOf(image: DecodedRgb, framing: Exclude<Framing, { kind: 'whole' }>): Float64Array {
  switch (framing.kind) {
    case 'points':
      return pointsInDecoded(image, framing.points, framing.frame);
    case 'celebaAligned': {
      const points = celebaAlignedLandmarks(image.originalWidth, image.originalHeight);
      if (points === null) throw noLandmarks(image);
      return pointsInDecoded(image, points, null);
    }
  }
}

/** Very large images are shrunk while they are decoded; places follow. */
function pointsInDecoded(
  image: DecodedRgb,
  points: ArrayLike<number>,
  frame: ImageSize | null,
): Float64Array {
  const scaleX = image.width / (frame?.width ?? image.originalWidth);
  const scaleY = image.height / (frame?.height ?? image.originalHeight);
  return Float64Array.from(points, (place, i) => place * (i % 2 === 0 ? scaleX : scaleY));
}

function noLandmarks({ originalWidth, originalHeight }: DecodedRgb): AppError {
  return new AppError(
    'imageUnreadable',
    `The image is ${originalWidth} × ${originalHeight}, not of the proportion of CelebA's aligned images, 178 × 218.`,
    { reason: 'noLandmarks', width: originalWidth, height: originalHeight },
  );
}
