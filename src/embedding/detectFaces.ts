import type { DetectedFace } from '../domain/face.ts';
import type { Detector } from '../models/openDetector.ts';
import { padImage } from '../numerics/geometry/pad.ts';
import type { RgbImage } from '../numerics/geometry/rgbImage.ts';
import { encodeDetections, keptFaces } from './detectionRows.ts';
import { type FillOutcome, type FillRequest, fillStore } from './pipeline.ts';

/** An upright image as decoded: shrunk where the file is very large. */
export interface DecodedPicture extends RgbImage {
  /** Size of the upright image in the file, in pixels; left out where nothing was shrunk. */
  readonly originalWidth?: number;
  readonly originalHeight?: number;
}

export type DetectRequest = Omit<FillRequest<DecodedPicture>, 'batchSize' | 'compute'> & {
  readonly detector: Pick<Detector, 'detect'>;
  /** Where nothing is found, look again with a black border of `paddingShare`: tight crops are missed otherwise. */
  readonly retryPadded: boolean;
};

/** Border of a second attempt, as a share of the image's side, on each side. */
export const paddingShare = 0.25;

/**
 * Images between two looks at the cancel signal. Decoded images are large (12 MB at 2048 × 2048) and seven are in
 * memory at most: five being decoded, enough for the four threads of the pool, and two being looked at.
 */
const batchSize = 2;

/**
 * Looks for faces in the images that the store (see `detectionStore`) lacks, one after the other, and keeps what was
 * found in pixels of the upright original. An image without a face has a row as well: it is a result. See
 * `fillStore` for images that cannot be read, and for cancelling.
 */
export function detectFaces(request: DetectRequest): Promise<FillOutcome> {
  const { detector, retryPadded } = request;
  return fillStore<DecodedPicture>({
    ...request,
    batchSize,
    async compute(batch) {
      const rows = [];
      for (const { ref, decoded } of batch) {
        const { faces, padded } = await lookForFaces(detector, decoded, retryPadded);
        rows.push({ key: ref.key, vector: rowOf(decoded, faces, padded), norm: null, usable: true });
      }
      return rows;
    },
  });
}

interface Found {
  readonly faces: readonly DetectedFace[];
  readonly padded: boolean;
}

/** Faces in pixels of `image`, by falling score, at the first attempt or, where that finds none, at a padded one. */
export async function lookForFaces(
  detector: Pick<Detector, 'detect'>,
  image: RgbImage,
  retryPadded: boolean,
): Promise<Found> {
  const faces = await detector.detect(image);
  if (faces.length > 0 || !retryPadded) return { faces, padded: false };
  const padded = padImage(image, paddingShare);
  const found = await detector.detect(padded);
  const left = (padded.width - image.width) / 2;
  const top = (padded.height - image.height) / 2;
  return { faces: found.map((face) => mapped(face, 1, 1, -left, -top)), padded: found.length > 0 };
}

function rowOf(image: DecodedPicture, faces: readonly DetectedFace[], padded: boolean): Float32Array {
  const { originalWidth: width = image.width, originalHeight: height = image.height } = image;
  const original = faces.map((face) => mapped(face, width / image.width, height / image.height, 0, 0));
  return encodeDetections({
    nFaces: faces.length,
    width,
    height,
    padded,
    faces: keptFaces(original, width, height),
  });
}

function mapped(
  { score, box, landmarks }: DetectedFace,
  scaleX: number,
  scaleY: number,
  shiftX: number,
  shiftY: number,
): DetectedFace {
  return {
    score,
    box: {
      x: box.x * scaleX + shiftX,
      y: box.y * scaleY + shiftY,
      width: box.width * scaleX,
      height: box.height * scaleY,
    },
    landmarks: landmarks?.map((v, i) => (i % 2 === 0 ? v * scaleX + shiftX : v * scaleY + shiftY)) ?? null,
  };
}
