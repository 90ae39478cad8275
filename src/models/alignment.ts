import type { DetectedFace, FacePolicy } from '../domain/face.ts';
import type { Affine } from '../numerics/geometry/affine.ts';
import type { RgbImage } from '../numerics/geometry/rgbImage.ts';
import { similarityTransform } from '../numerics/geometry/similarity.ts';
import { warpAffine } from '../numerics/geometry/warpAffine.ts';

/**
 * Where the five points of a face lie in an aligned crop of `width` × `height`: x, y of left eye, right eye, nose,
 * left mouth corner, right mouth corner, left and right as seen in the image; pixels, whole at a pixel's centre.
 *
 * 112 × 112 is the template of ArcFace (InsightFace's `face_align.py`). Another size has the same framing: the full
 * height of that crop, the width cut (or widened) alike on both sides, so 96 × 112 is the template less 8 px in x.
 * 160 × 160, for FaceNet, is the crop that the paper gets by resizing 112 × 112, here in one resampling: places are
 * scaled about the crop's corner, which is half a pixel before the first centre.
 */
export function alignmentTemplate(width: number, height: number): Float64Array {
  const scale = height / arcFaceSidePixels;
  const cutLeft = (arcFaceSidePixels * scale - width) / 2;
  return arcFaceTemplate.map((place, i) => (place + 0.5) * scale - 0.5 - (i % 2 === 0 ? cutLeft : 0));
}

const arcFaceSidePixels = 112;

const arcFaceTemplate = Float64Array.of(
  ...[38.2946, 51.6963],
  ...[73.5318, 51.5014],
  ...[56.0252, 71.7366],
  ...[41.5493, 92.3655],
  ...[70.7299, 92.2041],
);

/**
 * The crop of `width` × `height` with the face upright and in the template's place: RGB, height × width × 3.
 * `landmarks` are ten numbers in the order of `alignmentTemplate`, in pixels of the image; they may lie outside it,
 * and what the image does not show is black.
 *
 * Throws RangeError for landmarks that are not ten finite numbers or that fix no similarity.
 */
export function alignFace(
  image: RgbImage,
  landmarks: ArrayLike<number>,
  width: number,
  height: number,
): Uint8Array {
  return warpAffine(image, alignmentOf(landmarks, width, height), width, height);
}

/** The similarity that brings the landmarks to the template of `width` × `height`; throws as `alignFace`. */
export function alignmentOf(landmarks: ArrayLike<number>, width: number, height: number): Affine {
  return similarityTransform(landmarks, alignmentTemplate(width, height));
}

/**
 * The five points of CelebA's aligned images, which all have the face in one place, for an image of 178 × 218 or of
 * that proportion (either side less than a pixel off): CelebA's places times width / 178 and height / 218. Null for
 * other proportions and below a width of 60, where 4 : 5 could not be told from it.
 *
 * The size alone does not prove that an image is of CelebA (90 × 110 passes too): ask only for its data sets.
 */
export function celebaAlignedLandmarks(width: number, height: number): Float64Array | null {
  const [fullWidth, fullHeight] = celebaSize;
  const excess = Math.abs(width * fullHeight - height * fullWidth);
  if (!(width >= 60 && excess < Math.max(fullWidth, fullHeight))) return null;
  return celebaLandmarks.map((place, i) =>
    i % 2 === 0 ? (place * width) / fullWidth : (place * height) / fullHeight,
  );
}

const celebaSize = [178, 218] as const;

const celebaLandmarks = Float64Array.of(
  ...[69, 111],
  ...[108, 111],
  ...[88.5, 136],
  ...[72, 152],
  ...[105.5, 152],
);

export type ChosenFace = { readonly face: DetectedFace } | { readonly reason: 'noFace' | 'severalFaces' };

/**
 * The face to embed of an image of `width` × `height`. Boxes count whole, also where they reach beyond the image;
 * of equals the first wins, so give faces by falling score.
 */
export function chooseFace(
  faces: readonly DetectedFace[],
  policy: FacePolicy,
  width: number,
  height: number,
): ChosenFace {
  if (faces.length === 0) return { reason: 'noFace' };
  switch (policy) {
    case 'single':
      return faces.length === 1 ? { face: faces[0]! } : { reason: 'severalFaces' };
    case 'largest':
      return { face: firstBest(faces, ({ box }) => box.width * box.height) };
    case 'central':
      return {
        face: firstBest(
          faces,
          ({ box }) => -Math.hypot(box.x + box.width / 2 - width / 2, box.y + box.height / 2 - height / 2),
        ),
      };
  }
}

function firstBest(faces: readonly DetectedFace[], merit: (face: DetectedFace) => number): DetectedFace {
  return faces.reduce((best, face) => (merit(face) > merit(best) ? face : best));
}
