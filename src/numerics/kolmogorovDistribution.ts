import { durbinDistribution } from './durbinMatrix.ts';
import { pelzGoodDistribution } from './pelzGood.ts';
import { type Probability, probability, probabilityOfLog } from './probability.ts';
import { logSmirnovSurvival, stirlingError } from './smirnov.ts';

/**
 * P(Dₙ ≥ x), Dₙ the two-sided one-sample Kolmogorov statistic of n observations.
 *
 * Each region of (n, x) has its formula: R. Simard and P. L'Ecuyer, «Computing the two-sided
 * Kolmogorov-Smirnov distribution», J. Stat. Software 39(11), 2011, with their cuts. Digits: about 13 where
 * a formula is exact, 6 to 9 in the middle of the distribution for n > 140 (Pelz and Good's expansion).
 * n no positive integer or x NaN: `RangeError`.
 */
export function kolmogorovSurvival(n: number, x: number): Probability {
  if (!Number.isInteger(n) || n < 1 || Number.isNaN(x)) {
    throw new RangeError(`No Kolmogorov distribution at ${x} for a sample of ${n}.`);
  }
  if (x >= 1) return probability(0);
  const t = n * x;
  if (!(t > 0.5)) return probability(1);
  if (t <= 1) return probability(1 - ruben(n, t));
  if (t >= n - 1) return probabilityOfLog(Math.LN2 + n * Math.log1p(-x));

  // Both one-sided statistics can reach x only where n·x² is small; beyond, the tail is twice one side's.
  const nxx = t * x;
  if (x >= 0.5 || nxx >= (n <= smallSample ? 4 : 2.2)) {
    return probabilityOfLog(Math.LN2 + logSmirnovSurvival(n, x));
  }
  const exact = n <= smallSample || (n <= 100_000 && n * x ** 1.5 <= 1.4);
  return probability(1 - (exact ? durbinDistribution(n, x) : pelzGoodDistribution(n, x)));
}

const smallSample = 140;

/** P(Dₙ ≤ t/n) = n!/nⁿ (2t − 1)ⁿ for 1/2 ≤ t ≤ 1 (Ruben and Gambino 1982). */
function ruben(n: number, t: number): number {
  const logFactorialOverPower = 0.5 * Math.log(2 * Math.PI * n) - n + stirlingError(n);
  return Math.exp(logFactorialOverPower + n * Math.log(2 * t - 1));
}
