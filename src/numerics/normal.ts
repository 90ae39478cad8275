/**
 * P(Z > z) of the standard normal distribution, to about 1e-14 of itself in the upper tail: near the middle by the
 * series ½ − φ(z)·Σ z^(2k+1)/(1·3·…·(2k + 1)), beyond by Laplace's continued fraction φ(z)/(z + 1/(z + 2/(z + …))).
 */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 2.5) {
    let term = z;
    let sum = z;
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= (z * z) / (2 * k + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let k = 200; k >= 1; k--) fraction = k / (z + fraction);
  return density / (z + fraction);
}
