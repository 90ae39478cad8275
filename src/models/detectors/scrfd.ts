import type { DetectedFace } from '../../domain/face.ts';
import { type DetectorRule, finiteFace, type FixedSize, type Size } from './detectorRule.ts';
import type { Placement } from './letterbox.ts';
import type { LevelMaps } from './levelMaps.ts';

/**
 * SCRFD as InsightFace runs it (`scrfd.py`): RGB, (x − 127.5) / 128, letterboxed to 640 × 640, two anchors in each
 * cell, no half-cell shift of their centres.
 */
export const scrfdRule: DetectorRule = {
  normalisation: { channels: 'RGB', mean: 127.5, scale: 1 / 128 },
  anchors: 2,
  scoreThreshold: 0.5,
  overlap: { most: 0.4, sidePixels: 1 },
  place: placeScrfd,
  decode: decodeScrfd,
};

const defaultSide = 640;

/** As large as fits, small images enlarged; the side that does not fill the picture is rounded down. */
export function placeScrfd(image: Size, fixed: FixedSize): Placement {
  const width = fixed.width ?? defaultSide;
  const height = fixed.height ?? defaultSide;
  const ratio = image.height / image.width;
  const fillsHeight = ratio > height / width;
  return {
    width,
    height,
    imageWidth: fillsHeight ? Math.max(1, Math.trunc(height / ratio)) : width,
    imageHeight: fillsHeight ? height : Math.max(1, Math.trunc(width * ratio)),
  };
}

/** Boxes are distances from the anchor's centre to left, top, right and bottom, landmarks are offsets from it. */
export function decodeScrfd(level: LevelMaps, threshold: number): readonly DetectedFace[] {
  const { stride, columns, boxes, landmarks } = level;
  const scores = level.scores[0]!;
  const faces: DetectedFace[] = [];
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (!(score >= threshold)) continue;
    const cell = Math.floor(i / scrfdRule.anchors);
    const x = (cell % columns) * stride;
    const y = Math.floor(cell / columns) * stride;
    const left = x - boxes[4 * i]! * stride;
    const top = y - boxes[4 * i + 1]! * stride;
    const right = x + boxes[4 * i + 2]! * stride;
    const bottom = y + boxes[4 * i + 3]! * stride;
    const points =
      landmarks &&
      Float64Array.from({ length: 10 }, (_, k) => (k % 2 === 0 ? x : y) + landmarks[10 * i + k]! * stride);
    const box = { x: left, y: top, width: right - left, height: bottom - top };
    faces.push(...finiteFace({ score, box, landmarks: points }));
  }
  return faces;
}
