import type { DetectedFace } from '../../domain/face.ts';
import { type DetectorRule, finiteFace, type FixedSize, type Size } from './detectorRule.ts';
import type { Placement } from './letterbox.ts';
import { coarsestStride, type LevelMaps } from './levelMaps.ts';

/**
 * YuNet as OpenCV runs it (`face_detect.cpp`): BGR, 0..255, padded to the right and below to a multiple of 32, one
 * anchor in each cell. Unlike there, images whose longer side is above 640 are shrunk to it: YuNet was trained on
 * faces of 10 to 300 pixels and finds no larger ones.
 */
export const yunetRule: DetectorRule = {
  normalisation: { channels: 'BGR', mean: 0, scale: 1 },
  anchors: 1,
  scoreThreshold: 0.9,
  overlap: { most: 0.3, sidePixels: 0 },
  place: placeYunet,
  decode: decodeYunet,
};

const longestSide = 640;

/** Never enlarged. */
export function placeYunet(image: Size, fixed: FixedSize): Placement {
  const scale = Math.min(
    1,
    (fixed.width ?? longestSide) / image.width,
    (fixed.height ?? longestSide) / image.height,
  );
  const imageWidth = Math.max(1, Math.round(image.width * scale));
  const imageHeight = Math.max(1, Math.round(image.height * scale));
  return {
    width: fixed.width ?? tiled(imageWidth),
    height: fixed.height ?? tiled(imageHeight),
    imageWidth,
    imageHeight,
  };
}

function tiled(side: number): number {
  return Math.ceil(side / coarsestStride) * coarsestStride;
}

/** Boxes are the centre's offset from the cell and the logarithm of their sides, all in cells. */
export function decodeYunet(level: LevelMaps, threshold: number): readonly DetectedFace[] {
  const { stride, columns, boxes, landmarks } = level;
  const [classes, objectness] = level.scores;
  const faces: DetectedFace[] = [];
  for (let i = 0; i < classes!.length; i++) {
    const score = Math.sqrt(clamp(classes![i]!) * clamp(objectness![i]!));
    if (!(score >= threshold)) continue;
    const column = i % columns;
    const row = Math.floor(i / columns);
    const width = Math.exp(boxes[4 * i + 2]!) * stride;
    const height = Math.exp(boxes[4 * i + 3]!) * stride;
    const x = (column + boxes[4 * i]!) * stride - width / 2;
    const y = (row + boxes[4 * i + 1]!) * stride - height / 2;
    const points =
      landmarks &&
      Float64Array.from(
        { length: 10 },
        (_, k) => ((k % 2 === 0 ? column : row) + landmarks[10 * i + k]!) * stride,
      );
    faces.push(...finiteFace({ score, box: { x, y, width, height }, landmarks: points }));
  }
  return faces;
}

/** NaN stays NaN. */
function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
