/**
 * Probability that |T| is at least |t| for Student's t with `freedom` degrees of freedom: I_x(ν/2, 1/2) with
 * x = ν/(ν + t²) (Abramowitz and Stegun, 26.7.1 and 26.5.27), itself small where it is small, never 1 − cdf.
 */
export function studentTwoSided(t: number, freedom: number): number {
  if (!(freedom > 0) || Number.isNaN(t))
    throw new RangeError(`No probability of t = ${t} with ${freedom} degrees of freedom.`);
  if (!Number.isFinite(t)) return 0;
  const square = t * t;
  return regularisedBeta(freedom / (freedom + square), square / (freedom + square), freedom / 2, 0.5);
}

/**
 * I_x(a, b), the regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun, 26.5.8).
 * @param y 1 − x, given apart since it may be lost in x.
 */
export function regularisedBeta(x: number, y: number, a: number, b: number): number {
  if (!(x >= 0 && y >= 0 && a > 0 && b > 0)) {
    throw new RangeError(`No incomplete beta function of x = ${x}, a = ${a}, b = ${b}.`);
  }
  if (x === 0) return 0;
  if (y === 0) return 1;
  // The fraction converges fast below the mean; above it, the other tail does.
  if (x > (a + 1) / (a + b + 2)) return 1 - tail(y, x, b, a);
  return tail(x, y, a, b);
}

function tail(x: number, y: number, a: number, b: number): number {
  const front = Math.exp(a * Math.log(x) + b * Math.log(y) - logBeta(a, b)) / a;
  return Math.min(1, front * continuedFraction(x, a, b));
}

const mostTerms = 10_000;
const tiny = 1e-300;

/** By the modified method of Lentz (Thompson and Barnett 1986). */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= mostTerms; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) return value;
  }
  throw new RangeError(`The incomplete beta function did not converge at x = ${x}, a = ${a}, b = ${b}.`);
}

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** ln B(a, b) for a ≥ b; differences of large logarithms would cost digits, so Stirling's series is subtracted in parts. */
function logBeta(first: number, second: number): number {
  const a = Math.max(first, second);
  const b = Math.min(first, second);
  if (a < seriesFrom) return logGamma(a) + logGamma(b) - logGamma(a + b);
  // ln Γ(a) − ln Γ(a + b), with (a + b − ½) ln(a + b) − (a − ½) ln a = b ln(a + b) + (a − ½) ln(1 + b/a).
  return (
    logGamma(b) + stirling(a) - stirling(a + b) + b - b * Math.log(a + b) - (a - 0.5) * Math.log1p(b / a)
  );
}

const seriesFrom = 15;

/** ln Γ(x), x > 0: shifted up to where Stirling's series is exact to rounding. */
function logGamma(x: number): number {
  let product = 1;
  let shifted = x;
  while (shifted < seriesFrom) product *= shifted++;
  return (
    (shifted - 0.5) * Math.log(shifted) -
    shifted +
    0.5 * Math.log(2 * Math.PI) +
    stirling(shifted) -
    Math.log(product)
  );
}

/** Σ B₂ₖ/(2k(2k − 1)x²ᵏ⁻¹), Abramowitz and Stegun 6.1.41. */
function stirling(x: number): number {
  const s = 1 / (x * x);
  const coefficients = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
  return coefficients.reduceRight((sum, coefficient) => sum * s + coefficient, 0) / x;
}
