import type { Affine } from './affine.ts';

/**
 * The similarity (rotation, uniform scale, translation; no reflection) that maps `from` to `to` with the least sum
 * of squared distances: S. Umeyama, «Least-squares estimation of transformation parameters between two point
 * patterns», IEEE TPAMI 13 (1991), equations 40 to 43, in the closed form that two dimensions allow.
 *
 * Read points as complex numbers z and w, less their means. A similarity without reflection is w ≈ s·z with one
 * complex s = c + i·e, and Σ|w − s·z|² is least at s = Σ z̄·w / Σ|z|². With the singular values d₁ ≥ d₂ of Umeyama's
 * covariance, |Σ z̄·w| = d₁ + d₂, or d₁ − d₂ where its determinant is negative: his sign flip.
 *
 * Points are x, y, x, y, …; at least two. Throws RangeError when lengths differ, a coordinate is not finite, or the
 * points leave the similarity undetermined: all of one side coincide, or `to` is `from` mirrored so that every
 * rotation fits equally badly.
 */
export function similarityTransform(from: ArrayLike<number>, to: ArrayLike<number>): Affine {
  const nPoints = from.length / 2;
  if (!(from.length === to.length && Number.isInteger(nPoints) && nPoints >= 2))
    throw new RangeError(
      `A similarity needs two or more points x, y on both sides; there are ${from.length} and ${to.length} numbers.`,
    );
  const source = centre(from);
  const target = centre(to);
  if (!(source.spread > 0 && target.spread > 0))
    throw new RangeError('No similarity maps the points: all points of one side coincide.');
  let [real, imaginary] = [0, 0];
  for (let i = 0; i < from.length; i += 2) {
    const [x, y] = [from[i]! - source.x, from[i + 1]! - source.y];
    const [u, v] = [to[i]! - target.x, to[i + 1]! - target.y];
    real += x * u + y * v;
    imaginary += x * v - y * u;
  }
  // What rounding leaves of sums of this size is no direction.
  if (!(Math.hypot(real, imaginary) > 1e-12 * source.spread * target.spread))
    throw new RangeError(
      'No similarity maps the points: one side mirrors the other, so that no rotation fits best.',
    );
  const squares = source.spread ** 2;
  const [c, e] = [real / squares, imaginary / squares];
  return [c, -e, target.x - (c * source.x - e * source.y), e, c, target.y - (e * source.x + c * source.y)];
}

interface Centre {
  readonly x: number;
  readonly y: number;
  /** Root of the summed squared distances to the centre; 0 where rounding alone tells the points apart. */
  readonly spread: number;
}

function centre(points: ArrayLike<number>): Centre {
  let [x, y, largest] = [0, 0, 0];
  for (let i = 0; i < points.length; i += 2) {
    const [px, py] = [points[i]!, points[i + 1]!];
    if (!(Number.isFinite(px) && Number.isFinite(py)))
      throw new RangeError(`Point ${i / 2 + 1} is (${px}, ${py}), which is no place in an image.`);
    x += px;
    y += py;
    largest = Math.max(largest, Math.abs(px), Math.abs(py));
  }
  x /= points.length / 2;
  y /= points.length / 2;
  let squares = 0;
  for (let i = 0; i < points.length; i += 2) squares += (points[i]! - x) ** 2 + (points[i + 1]! - y) ** 2;
  const spread = Math.sqrt(squares);
  return { x, y, spread: spread > 1e-12 * largest ? spread : 0 };
}
