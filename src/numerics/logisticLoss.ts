/** The loss of one fit at the scores it has; sums are over the images it is fitted to. */
export interface LossState {
  /** Σ log(1 + exp(−y s)). */
  loss: number;
  /** Derivative of the loss along the direction. */
  slope: number;
  /** Σ r, the derivative by the intercept. */
  residualSum: number;
  /** Σ |r|. */
  residualSize: number;
  /** Σ σ(s) σ(−s), the second derivative by the intercept. */
  curvature: number;
}

/**
 * The loss at scores s = scores + t · direction against labels y of −1 and 1; images of label 0 take no part.
 * Residuals r = −y σ(−y s), the loss's derivatives by the scores, go to `residuals` (0 where the label is), sums to
 * `out`. No overflow at any score: exp is of negative numbers only.
 */
export function lossAlong(
  labels: Int8Array,
  scores: Float64Array,
  direction: Float64Array,
  t: number,
  residuals: Float64Array,
  out: LossState,
): void {
  let [linear, logarithms, factors] = [0, 0, 1];
  let [slope, residualSum, residualSize, curvature] = [0, 0, 0, 0];
  for (let i = 0; i < labels.length; i++) {
    const y = labels[i]!;
    if (y === 0) {
      residuals[i] = 0;
      continue;
    }
    const p = direction[i]!;
    const margin = y * (scores[i]! + t * p);
    const e = Math.exp(-Math.abs(margin));
    const inverse = 1 / (1 + e);
    // Σ log(1 + e) as the logarithm of products: one logarithm for a thousand images.
    factors *= 1 + e;
    if (factors > 1e290) {
      logarithms += Math.log(factors);
      factors = 1;
    }
    if (margin < 0) linear -= margin;
    const size = margin < 0 ? inverse : e * inverse;
    const residual = -y * size;
    residuals[i] = residual;
    slope += residual * p;
    residualSum += residual;
    residualSize += size;
    curvature += e * inverse * inverse;
  }
  out.loss = linear + logarithms + Math.log(factors);
  out.slope = slope;
  out.residualSum = residualSum;
  out.residualSize = residualSize;
  out.curvature = curvature;
}
