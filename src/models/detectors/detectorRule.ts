import type { DetectedFace } from '../../domain/face.ts';
import type { LevelMaps } from './levelMaps.ts';
import type { DetectorNormalisation, Placement } from './letterbox.ts';
import type { OverlapRule } from './nonMaximumSuppression.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Sizes that a model fixes; `null` where they are free. */
export interface FixedSize {
  readonly width: number | null;
  readonly height: number | null;
}

/** All that differs between kinds of detectors, as their authors define it. */
export interface DetectorRule {
  readonly normalisation: DetectorNormalisation;
  /** Candidates in each cell. */
  readonly anchors: number;
  /** Faces of a lower score do not count, unless the settings say so. */
  readonly scoreThreshold: number;
  readonly overlap: OverlapRule;
  place(image: Size, fixed: FixedSize): Placement;
  /** Faces of at least `threshold`, in pixels of the picture that the detector saw. */
  decode(level: LevelMaps, threshold: number): readonly DetectedFace[];
}

/** The face, unless one of its numbers is not finite: such a face is nowhere. */
export function finiteFace(face: DetectedFace): readonly DetectedFace[] {
  const { x, y, width, height } = face.box;
  const isFinite =
    [x, y, width, height].every(Number.isFinite) && (face.landmarks?.every(Number.isFinite) ?? true);
  return isFinite ? [face] : [];
}
