/**
 * The map x' = a·x + b·y + tx, y' = c·x + d·y + ty as [a, b, tx, c, d, ty]. Coordinates are pixels, and whole
 * numbers are the centres of pixels: (0, 0) is the centre of the top-left one.
 */
export type Affine = readonly [a: number, b: number, tx: number, c: number, d: number, ty: number];

/** Throws RangeError for a map that is not finite or that has no inverse. */
export function invertAffine(matrix: Affine): Affine {
  const [a, b, tx, c, d, ty] = matrix;
  const determinant = a * d - b * c;
  const [ia, ib, ic, id] = [d / determinant, -b / determinant, -c / determinant, a / determinant];
  const inverse = [ia, ib, -(ia * tx + ib * ty), ic, id, -(ic * tx + id * ty)] as const;
  if (!inverse.every(Number.isFinite))
    throw new RangeError(`The affine map [${matrix.join(', ')}] has no inverse.`);
  return inverse;
}

/** First `first`, then `second`. */
export function composeAffine(second: Affine, first: Affine): Affine {
  const [a, b, tx, c, d, ty] = second;
  const [e, f, ux, g, h, uy] = first;
  return [
    a * e + b * g,
    a * f + b * h,
    a * ux + b * uy + tx,
    c * e + d * g,
    c * f + d * h,
    c * ux + d * uy + ty,
  ];
}

/** Maps points x, y, x, y, … */
export function mapPoints(matrix: Affine, points: ArrayLike<number>): Float64Array {
  const [a, b, tx, c, d, ty] = matrix;
  const mapped = new Float64Array(points.length);
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!];
    mapped[i] = a * x + b * y + tx;
    mapped[i + 1] = c * x + d * y + ty;
  }
  return mapped;
}
