/**
 * ln P(Dₙ⁺ ≥ x), 0 < x < 1, Dₙ⁺ the one-sided one-sample Kolmogorov-Smirnov statistic of n observations:
 * Smirnov's sum x Σⱼ C(n, j) (x + j/n)^(j−1) (1 − x − j/n)^(n−j) over 0 ≤ j ≤ n(1 − x), all terms positive.
 *
 * In logarithms, so that it never underflows, and with each binomial in Loader's saddle-point form («Fast and
 * accurate computation of binomial probabilities», 2000), whose parts are of the size of the result:
 * with log-gammas, digits of n ln n would cancel.
 */
export function logSmirnovSurvival(n: number, x: number): number {
  const last = Math.floor(n * (1 - x));
  const stride = strideFor(n, x, last);
  const logTerms = new Float64Array(Math.floor(last / stride) + 1);
  let largest = -Infinity;
  for (let k = 0; k < logTerms.length; k++) {
    const term = logTerm(n, x, k * stride);
    logTerms[k] = term;
    if (term > largest) largest = term;
  }
  let sum = 0;
  for (let k = 0; k < logTerms.length; k++) sum += Math.exp(logTerms[k]! - largest);
  return Math.log(x) + Math.log(stride) + largest + Math.log(sum);
}

/**
 * The terms form a smooth bell that vanishes at both ends, of standard deviation √(n(1−x)) (1+x)/4x. The
 * trapezoidal rule with a stride of a sixteenth of that, and at least 4096 points, equals the full sum to
 * rounding, and bounds the work for large n.
 */
function strideFor(n: number, x: number, last: number): number {
  const width = (Math.sqrt(n * (1 - x)) * (1 + x)) / (4 * x);
  return Math.max(1, Math.floor(Math.min(width / 16, last / 4096)));
}

/** ln [C(n, j) q^(j−1) r^(n−j)], q = x + j/n, r = 1 − q. */
function logTerm(n: number, x: number, j: number): number {
  if (j === 0) return n * Math.log1p(-x) - Math.log(x);
  const nx = n * x;
  const rest = n - j;
  if (!(rest > nx)) return -Infinity;
  const exponent = j * Math.log1p(nx / j) + rest * Math.log1p(-nx / rest);
  const corrections = stirlingError(n) - stirlingError(j) - stirlingError(rest);
  return exponent + corrections + 0.5 * Math.log(n / (2 * Math.PI * j * rest)) - Math.log(x + j / n);
}

/** ln n! − ln(√(2πn) (n/e)ⁿ), n ≥ 1: from factorials up to 15, beyond from Stirling's series (error < 1e-16). */
export function stirlingError(n: number): number {
  if (n < smallErrors.length) return smallErrors[n]!;
  const nn = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / (1188 * nn)) / nn) / nn) / nn) / n;
}

const smallErrors = Float64Array.from({ length: 16 }, (_, n) => {
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  return Math.log(factorial) - (0.5 * Math.log(2 * Math.PI * n) + n * Math.log(n) - n);
});
