/** A face's box in pixels of its image; (`x`, `y`) is the top-left corner and may lie outside the image. */
export interface FaceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One face that a detector found in an image. */
export interface DetectedFace {
  /** The detector's confidence, in [0, 1]. */
  readonly score: number;
  readonly box: FaceBox;
  /**
   * Ten numbers x, y, x, y, … in pixels: left eye, right eye, nose, left mouth corner, right mouth corner, left and
   * right as seen in the image. Null when the detector finds boxes only.
   */
  readonly landmarks: Float64Array | null;
}

/**
 * Which face of an image is embedded: `single` keeps an image only if it holds exactly one face (as the paper does),
 * `largest` takes the face with the largest box, `central` the one whose box is nearest to the image's centre.
 */
export const facePolicies = ['single', 'largest', 'central'] as const;
export type FacePolicy = (typeof facePolicies)[number];
