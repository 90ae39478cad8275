import type { VerificationResult } from '../../src/protocol/report.ts';

/**
 * A verification result of which every number is written out: at FAR 10⁻² Hat fails where it is present, Scar has
 * pairs on one side only, Twin on none, Beard is shown by few people. FAR 10⁻⁴ needs more pairs than there are, and
 * no distance reaches FAR 10⁻⁵.
 */
export function handVerification(changes: Partial<VerificationResult> = {}): VerificationResult {
  return {
    model: 'arcface-r50',
    metric: 'cosine',
    sampling: {
      pairs: 'dataSet',
      maxPairs: 2000,
      seed: 7,
      nMatchedPossible: 1000,
      nUnmatchedPossible: 5_000_000,
    },
    nImages: 4600,
    nIdentities: 230,
    nMatched: 1000,
    nUnmatched: 2000,
    meansOver: 'allPairs',
    meanWithin: 0.5,
    meanWithinCi: [0.48, 0.52],
    meanWithinOverIdentities: 0.475,
    meanBetween: 1,
    meanBetweenCi: [0.99, 1.01],
    ratio: 0.5,
    ratioCi: [0.479, 0.521],
    ratioOverIdentities: 0.475,
    auc: 0.9875,
    aucCi: [0.981, 0.992],
    eer: 0.04,
    eerCi: [0.032, 0.05],
    eerThreshold: 0.875,
    lowestBalancedError: 0.0375,
    tar: [
      rate(1e-2, 0.9, 0.75, [0.875, 0.925], true),
      rate(1e-3, 0.8, 0.625, [0.76, 0.84], true),
      rate(1e-4, 0.7, 0.5, [0.6, 0.8], false),
      { ...rate(1e-5, 0, 0, [0, 0.01], false), threshold: null },
    ],
    bayesError: 0.045,
    overlap: 0.09,
    bandwidth: 0.05,
    lfw: null,
    histograms: { min: 0, max: 2, matched: [250, 500, 250, 0], unmatched: [0, 400, 1200, 400] },
    roc: [
      { far: 0, tar: 0, threshold: null },
      { far: 0, tar: 0.5, threshold: 0.25 },
      { far: 0.0005, tar: 0.7, threshold: 0.5 },
      { far: 0.001, tar: 0.8, threshold: 0.625 },
      { far: 0.01, tar: 0.9, threshold: 0.75 },
      { far: 0.5, tar: 1, threshold: 1.25 },
      { far: 1, tar: 1, threshold: 2 },
    ],
    modalities: [
      modality('Hat', 'positive', 100, 50, [0.7, 0.5]),
      modality('Hat', 'negative', 800, 180, [0.925, 0.825]),
      modality('Beard', 'positive', 12, 4, [0.25, 0.25]),
      modality('Beard', 'negative', 900, 220, [0.95, 0.85]),
      modality('Age', 'positive', 400, 110, [0.9, 0.8]),
      modality('Age', 'negative', 300, 100, [0.95, 0.9]),
      modality('Scar', 'positive', 0, 0, [null, null]),
      modality('Scar', 'negative', 1000, 230, [0.9, 0.8]),
      modality('Twin', 'positive', 0, 0, [null, null]),
      modality('Twin', 'negative', 0, 0, [null, null]),
    ],
    worstMatched: [
      { left: 'a/1.jpg', right: 'a/2.jpg', distance: 1.5 },
      { left: 'b/1.jpg', right: 'b/2.jpg', distance: 1.375 },
    ],
    worstUnmatched: [{ left: 'a/1.jpg', right: 'c/1.jpg', distance: 0.5 }],
    ...changes,
  };
}

/** Ten folds, of which two are written out. */
export const handFolds: NonNullable<VerificationResult['lfw']> = {
  nFolds: 10,
  accuracy: 0.9925,
  standardError: 0.00125,
  folds: [
    { fold: 1, threshold: 0.875, accuracy: 0.99, nPairs: 600 },
    { fold: 2, threshold: 0.75, accuracy: 0.995, nPairs: 600 },
  ],
};

type Rate = VerificationResult['tar'][number];

function rate(far: number, tar: number, threshold: number, ci: [number, number], enoughPairs: boolean): Rate {
  return {
    far,
    tar,
    threshold,
    farReached: far / 2,
    ci,
    ciIndependent: [Math.max(0, tar - 0.01), Math.min(1, tar + 0.01)],
    nEffective: 250,
    enoughPairs,
  };
}

function modality(
  attribute: string,
  side: 'positive' | 'negative',
  nMatched: number,
  nIdentities: number,
  tars: readonly [number | null, number | null],
): VerificationResult['modalities'][number] {
  return {
    attribute,
    modality: side,
    nMatched,
    nUnmatched: 2 * nMatched,
    nIdentities,
    rates: ([1e-2, 1e-3] as const).map((far, i) => {
      const tar = tars[i]!;
      const interval = (centre: number | null): [number, number] | null =>
        centre === null ? null : [Math.max(0, centre - 0.05), Math.min(1, centre + 0.05)];
      const fmr = nMatched === 0 ? null : far * 2;
      return {
        far,
        threshold: i === 0 ? 0.75 : 0.625,
        tar,
        tarCi: interval(tar),
        fmr,
        fmrCi: fmr === null ? null : [far, far * 4],
      };
    }),
  };
}
