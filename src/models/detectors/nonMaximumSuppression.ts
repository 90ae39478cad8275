import type { DetectedFace, FaceBox } from '../../domain/face.ts';

export interface OverlapRule {
  /** A face goes when its box and a better one's overlap by more than this share of their union. */
  readonly most: number;
  /**
   * Added to both sides of boxes and intersections: 1 where the authors count the pixels that a box touches
   * (SCRFD), 0 where they take its area (YuNet).
   */
  readonly sidePixels: 0 | 1;
}

/**
 * Of faces that overlap only the one of the highest score stays. Returns faces by falling score, of equals the
 * first first. No more than 5000 of the best are looked at (YuNet's own limit), so that a model that finds faces
 * everywhere takes no time without end.
 */
export function suppressOverlaps(faces: readonly DetectedFace[], rule: OverlapRule): readonly DetectedFace[] {
  const kept: DetectedFace[] = [];
  for (const face of faces.toSorted((a, b) => b.score - a.score).slice(0, maxCandidates))
    if (kept.every((better) => !(overlap(better.box, face.box, rule.sidePixels) > rule.most)))
      kept.push(face);
  return kept;
}

const maxCandidates = 5000;

/** Intersection over union. */
function overlap(a: FaceBox, b: FaceBox, sidePixels: number): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) + sidePixels;
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) + sidePixels;
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (area(a, sidePixels) + area(b, sidePixels) - shared);
}

function area(box: FaceBox, sidePixels: number): number {
  return (box.width + sidePixels) * (box.height + sidePixels);
}
