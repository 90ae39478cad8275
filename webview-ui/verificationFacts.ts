import type { VerificationResult } from '../src/protocol/report.ts';
import { decimalsOfInterval, formatFar, formatFixed, formatInterval, formatProbability } from './format.ts';
import { distanceOfPairs, tooFewPairs } from './verificationWording.ts';

/** A number that stands for the model, with what a reader needs to judge it. */
export interface Figure {
  readonly term: string;
  readonly value: string;
  /** «0.968–0.978» */
  readonly interval: string | null;
  readonly note: string | null;
  readonly warning: string | null;
}

/** The row of figures, in the order of the paper's table and then of the field's. */
export function verificationFigures(result: VerificationResult): readonly Figure[] {
  const { lfw } = result;
  const distance = (x: number) => distanceOfPairs(x, result);
  return [
    figure('Mean within', distance(result.meanWithin), {
      note: `each person alike ${distance(result.meanWithinOverIdentities)}`,
    }),
    figure('Mean between', distance(result.meanBetween)),
    figure('Ratio', formatFixed(result.ratio, 3), {
      note: `each person alike ${formatFixed(result.ratioOverIdentities, 3)}`,
    }),
    figure('AUC', formatProbability(result.auc)),
    figure('EER', formatProbability(result.eer), { note: `at distance ${distance(result.eerThreshold)}` }),
    ...result.tar.map((rate) => tarFigure(rate, result)),
    figure('Bayes error', formatProbability(result.bayesError), {
      note: `lowest on these pairs ${formatProbability(result.lowestBalancedError)}`,
    }),
    ...(lfw ? [accuracyFigure(lfw)] : []),
  ];
}

function tarFigure(rate: VerificationResult['tar'][number], result: VerificationResult): Figure {
  const { far, tar, threshold, ci, enoughPairs } = rate;
  const decimals = decimalsOfInterval(ci);
  return figure(`TAR at FAR ${formatFar(far)}`, formatFixed(tar, decimals), {
    interval: formatInterval(ci, decimals),
    note:
      threshold === null
        ? 'no distance can be accepted'
        : `at distance ${distanceOfPairs(threshold, result)}`,
    warning: enoughPairs ? null : tooFewPairs(far, result.nUnmatched),
  });
}

function accuracyFigure({ nFolds, accuracy, standardError }: NonNullable<VerificationResult['lfw']>): Figure {
  const decimals = decimalsOfInterval([accuracy - standardError, accuracy + standardError]) + 1;
  return figure(`Accuracy, ${nFolds} folds`, formatFixed(accuracy, decimals), {
    interval: `± ${formatFixed(standardError, decimals)} standard error`,
    note: `each at the best threshold of the other ${nFolds - 1}`,
  });
}

function figure(
  term: string,
  value: string,
  more: Partial<Pick<Figure, 'interval' | 'note' | 'warning'>> = {},
): Figure {
  return { term, value, interval: null, note: null, warning: null, ...more };
}
