/**
 * Circular mean of angles in degrees, in [0, 360): the direction of the sum of their unit vectors.
 * `null` where that sum has no direction (no angles, or they cancel to rounding). An angle that is not
 * finite: `RangeError`. Mardia and Jupp, «Directional Statistics», 2000, section 2.2.
 */
export function circularMean(degrees: Float64Array): number | null {
  let cosine = 0;
  let sine = 0;
  for (const angle of degrees) {
    const radians = ((angle % 360) * Math.PI) / 180;
    cosine += Math.cos(radians);
    sine += Math.sin(radians);
  }
  const resultant = Math.hypot(cosine, sine) / degrees.length;
  if (degrees.length === 0 || resultant < 1e-12) return null;
  if (!(resultant <= 2)) throw new RangeError('No circular mean: an angle is not a finite number.');
  return directionDegrees(cosine, sine);
}

/** Angle of the vector (x, y) in degrees, in [0, 360). */
export function directionDegrees(x: number, y: number): number {
  const degrees = (Math.atan2(y, x) * 180) / Math.PI;
  // A tiny negative angle plus 360 rounds to 360.
  return degrees < 0 ? (degrees + 360) % 360 : degrees;
}

/** Smallest angle between two directions in degrees, in [0, 180]. */
export function circularDistance(a: number, b: number): number {
  const turn = Math.abs(a - b) % 360;
  return turn > 180 ? 360 - turn : turn;
}
