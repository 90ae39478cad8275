import type { SeededRandom } from './random.ts';

/**
 * Length A_d(κ) of the mean of von Mises-Fisher vectors in d dimensions, I_{d/2}(κ)/I_{d/2−1}(κ), by its continued
 * fraction 1/(d/κ + 1/((d + 2)/κ + 1/(…))) from its far end: it neither overflows nor cancels, which the Bessel
 * functions themselves do. `dim` ≥ 2 and κ ≥ 0, else `RangeError`.
 */
export function meanResultantLength(dim: number, kappa: number): number {
  if (!(Number.isInteger(dim) && dim >= 2 && kappa >= 0 && kappa < Infinity)) {
    throw new RangeError(`Von Mises-Fisher needs two dimensions or more and κ ≥ 0, not ${dim} and ${kappa}.`);
  }
  if (kappa === 0) return 0;
  // Terms (d + 2m)/κ have grown well past 1 there, and what is left out is below rounding.
  const nTerms = Math.ceil(60 + 3 * kappa);
  let fraction = 0;
  for (let m = nTerms; m >= 0; m--) fraction = 1 / ((dim + 2 * m) / kappa + fraction);
  return fraction;
}

/** Expected invariance energy of independent von Mises-Fisher vectors: 1 − A_d(κ)². */
export function vonMisesFisherEnergy(dim: number, kappa: number): number {
  const length = meanResultantLength(dim, kappa);
  return (1 - length) * (1 + length);
}

/**
 * A unit vector with density proportional to exp(κ·x_0) in `dim` dimensions, around the first axis: Wood,
 * «Simulation of the von Mises Fisher distribution», 1994.
 */
export function drawVonMisesFisher(dim: number, kappa: number, random: SeededRandom): Float64Array {
  const along = drawAlong(dim, kappa, random);
  const vector = new Float64Array(dim);
  let square = 0;
  for (let t = 1; t < dim; t++) {
    vector[t] = random.nextNormal();
    square += vector[t]! * vector[t]!;
  }
  const scale = Math.sqrt(Math.max(0, 1 - along * along) / square);
  for (let t = 1; t < dim; t++) vector[t]! *= scale;
  vector[0] = along;
  return vector;
}

/** The component along the mean, by rejection from a transformed beta distribution. */
function drawAlong(dim: number, kappa: number, random: SeededRandom): number {
  const m = dim - 1;
  const b = m / (2 * kappa + Math.sqrt(4 * kappa * kappa + m * m));
  const x0 = (1 - b) / (1 + b);
  const c = kappa * x0 + m * Math.log(1 - x0 * x0);
  for (;;) {
    const z = drawSymmetricBeta(m / 2, random);
    const along = (1 - (1 + b) * z) / (1 - (1 - b) * z);
    const u = random.nextFloat();
    if (kappa * along + m * Math.log(1 - x0 * along) - c >= Math.log(1 - u)) return along;
  }
}

/** Beta(a, a) as a share of two gamma variates. */
function drawSymmetricBeta(a: number, random: SeededRandom): number {
  const x = drawGamma(a, random);
  return x / (x + drawGamma(a, random));
}

/** Marsaglia and Tsang (2000); for a < 1 raised by one and brought back. */
function drawGamma(a: number, random: SeededRandom): number {
  if (a < 1) return drawGamma(a + 1, random) * (1 - random.nextFloat()) ** (1 / a);
  const d = a - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.nextNormal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.nextFloat();
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
