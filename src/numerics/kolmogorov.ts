import { kolmogorovSurvival } from './kolmogorovDistribution.ts';
import { type KsResult, steps } from './ks.ts';
import { shareOfPathsOutside } from './latticePaths.ts';
import { type Probability, probability } from './probability.ts';

export type KsMethod = 'exact' | 'asymptotic';

export interface KsPValue extends Probability {
  readonly method: KsMethod;
}

/**
 * Two-sided p-value of a two-sample KS statistic under independent observations; equal to SciPy's
 * `ks_2samp`, but that it has a logarithm where the value itself underflows.
 *
 * `exact`: the share of the orderings of both samples whose statistic is at least as large, ties ignored.
 * `asymptotic`: the one-sample distribution for n = n₁n₂/(n₁+n₂), rounded half to even; it does not exist
 * for two single values (n = 0): `RangeError`. `auto`: exact up to 10 000 values in the larger sample.
 */
export function ksPValue(
  result: Pick<KsResult, 'statistic' | 'nFirst' | 'nSecond'>,
  method: 'auto' | KsMethod = 'auto',
): KsPValue {
  const { statistic, nFirst, nSecond } = result;
  if (!(statistic >= 0 && statistic <= 1) || !(nFirst >= 1) || !(nSecond >= 1)) {
    throw new RangeError(
      `No p-value for a KS statistic of ${statistic} with ${nFirst} and ${nSecond} values.`,
    );
  }
  const chosen = method === 'auto' ? automaticMethod(nFirst, nSecond) : method;
  switch (chosen) {
    case 'exact':
      return { ...exactPValue(statistic, nFirst, nSecond), method: chosen };
    case 'asymptotic':
      return { ...asymptoticPValue(statistic, nFirst, nSecond), method: chosen };
  }
}

/** Sample size of the one-sample distribution behind the asymptotic p-value. */
export function effectiveSampleSize(nFirst: number, nSecond: number): number {
  return roundHalfToEven((nFirst * nSecond) / (nFirst + nSecond));
}

const largestExact = 10_000;

function automaticMethod(nFirst: number, nSecond: number): KsMethod {
  return Math.max(nFirst, nSecond) <= largestExact ? 'exact' : 'asymptotic';
}

function exactPValue(statistic: number, nFirst: number, nSecond: number): Probability {
  const { perFirst, perSecond, common } = steps(nFirst, nSecond);
  const gap = Math.round(statistic * common);
  return gap === 0 ? probability(1) : shareOfPathsOutside(nFirst, nSecond, perFirst, perSecond, gap);
}

function asymptoticPValue(statistic: number, nFirst: number, nSecond: number): Probability {
  const n = effectiveSampleSize(nFirst, nSecond);
  if (n === 0) throw new RangeError('Two single values have no asymptotic p-value; use the exact one.');
  return kolmogorovSurvival(n, statistic);
}

function roundHalfToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
