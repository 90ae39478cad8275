import { modalities } from '../../src/domain/attributeColumn.ts';
import type { SeededRandom } from '../../src/numerics/random.ts';
import { wilsonInterval } from '../../src/numerics/wilson.ts';
import type { VerificationResult } from '../../src/protocol/report.ts';
import { normalCdf } from './normalCdf.ts';

const min = 0;
const max = 1.4;
const nBins = 200;
const two = { mean: 0.98, sd: 0.075 };

/**
 * A verification result whose numbers fit each other: distances of both kinds are normal, rates follow from their
 * distribution functions, intervals are Wilson's.
 */
export function sampleVerification(
  model: string,
  names: readonly string[],
  random: SeededRandom,
): VerificationResult {
  const one = { mean: 0.5 + 0.06 * random.nextFloat(), sd: 0.13 };
  const [nMatched, nUnmatched] = [100_000, 100_000];
  const accepted = (of: Normal, threshold: number) => normalCdf((threshold - of.mean) / of.sd);
  const thresholdAt = (far: number) => bisect(min, max, (threshold) => accepted(two, threshold) - far);
  const eerThreshold = bisect(min, max, (x) => accepted(two, x) - (1 - accepted(one, x)));
  const eer = accepted(two, eerThreshold);
  const auc = normalCdf((two.mean - one.mean) / Math.hypot(one.sd, two.sd));
  const nEffective = 9_000;
  const targets = [1e-2, 1e-3, 1e-4].map((far) => ({ far, threshold: thresholdAt(far) }));
  const grid = Array.from({ length: 300 }, (_, i) => 0.35 + (i * (max - 0.35)) / 299);
  return {
    model,
    metric: 'cosine',
    sampling: {
      pairs: 'dataSet',
      maxPairs: 100_000,
      seed: 1,
      nMatchedPossible: 1_248_302,
      nUnmatchedPossible: 2_234_618_883,
    },
    nImages: 66_871,
    nIdentities: 2_360,
    nMatched,
    nUnmatched,
    meansOver: 'evaluatedPairs',
    meanWithin: one.mean,
    meanWithinCi: [one.mean - 0.006, one.mean + 0.006],
    meanWithinOverIdentities: one.mean - 0.011,
    meanBetween: two.mean,
    meanBetweenCi: [two.mean - 0.003, two.mean + 0.003],
    ratio: one.mean / two.mean,
    ratioCi: [one.mean / two.mean - 0.007, one.mean / two.mean + 0.007],
    ratioOverIdentities: (one.mean - 0.011) / two.mean,
    auc,
    aucCi: [auc - 0.15 * (1 - auc), auc + 0.12 * (1 - auc)],
    eer,
    eerCi: [0.9 * eer, 1.11 * eer],
    eerThreshold,
    lowestBalancedError: eer * 0.98,
    tar: targets.map(({ far, threshold }) => {
      const tar = accepted(one, threshold);
      return {
        far,
        tar,
        threshold,
        farReached: far,
        ci: [...wilsonInterval(tar, nEffective)] as [number, number],
        ciIndependent: [...wilsonInterval(tar, nMatched)] as [number, number],
        nEffective,
        enoughPairs: nUnmatched * far >= 1,
      };
    }),
    bayesError: eer * 1.1,
    overlap: eer * 2.2,
    bandwidth: 0.05,
    lfw: null,
    histograms: {
      min,
      max,
      matched: normalCounts(nMatched, one),
      unmatched: normalCounts(nUnmatched, two),
    },
    roc: [
      { far: 0, tar: 0, threshold: null },
      ...grid.map((threshold) => ({
        far: accepted(two, threshold),
        tar: accepted(one, threshold),
        threshold,
      })),
    ],
    modalities: names.flatMap((attribute) =>
      modalities.map((modality) => {
        const isRare = random.nextInt(12) === 0;
        const shift = 0.05 * (random.nextFloat() - 0.35);
        const nIdentities = isRare ? 4 + random.nextInt(15) : 200 + random.nextInt(2_000);
        const nPairs = nIdentities * 40;
        return {
          attribute,
          modality,
          nMatched: nPairs,
          nUnmatched: nPairs,
          nIdentities,
          rates: targets.map(({ far, threshold }) => {
            const tar = accepted({ ...one, mean: one.mean + shift }, threshold);
            const fmr = accepted({ ...two, mean: two.mean - shift }, threshold);
            return {
              far,
              threshold,
              tar,
              tarCi: [...wilsonInterval(tar, nIdentities * 3)] as [number, number],
              fmr,
              fmrCi: [...wilsonInterval(fmr, nIdentities * 6)] as [number, number],
            };
          }),
        };
      }),
    ),
    worstMatched: examples(random, 1.21, 1),
    worstUnmatched: examples(random, 0.44, -1),
  };
}

interface Normal {
  readonly mean: number;
  readonly sd: number;
}

function normalCounts(total: number, { mean, sd }: Normal): number[] {
  const upTo = (bin: number) =>
    bin === 0 ? 0 : bin === nBins ? total : Math.round(total * normalCdf((edge(bin) - mean) / sd));
  const edge = (bin: number) => min + ((max - min) * bin) / nBins;
  return Array.from({ length: nBins }, (_, bin) => upTo(bin + 1) - upTo(bin));
}

function examples(random: SeededRandom, first: number, sign: 1 | -1): VerificationResult['worstMatched'] {
  const name = () => `${String(1 + random.nextInt(202_599)).padStart(6, '0')}.jpg`;
  return Array.from({ length: 12 }, (_, i) => ({
    left: name(),
    right: name(),
    distance: first - sign * 0.006 * i,
  }));
}

function bisect(low: number, high: number, f: (x: number) => number): number {
  let [a, b] = [low, high];
  for (let i = 0; i < 60; i++) {
    const middle = (a + b) / 2;
    if (f(middle) > 0) b = middle;
    else a = middle;
  }
  return (a + b) / 2;
}
