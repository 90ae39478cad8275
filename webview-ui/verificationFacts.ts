import type { VerificationResult } from '../src/protocol/report.ts';
import { decimalsOfInterval, formatFar, formatFixed, formatInterval, formatProbability } from './format.ts';
import { t } from './l10n.ts';
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
  const between = (ci: VerificationResult['meanWithinCi']) => ci && `${distance(ci[0])}–${distance(ci[1])}`;
  return [
    figure(t('Mean within'), distance(result.meanWithin), {
      interval: between(result.meanWithinCi),
      note: t('each person alike {0}', distance(result.meanWithinOverIdentities)),
    }),
    figure(t('Mean between'), distance(result.meanBetween), {
      interval: between(result.meanBetweenCi),
    }),
    figure(t('Ratio'), formatFixed(result.ratio, 3), {
      interval: result.ratioCi && formatInterval(result.ratioCi, 3),
      note: t('each person alike {0}', formatFixed(result.ratioOverIdentities, 3)),
    }),
    shareFigure(t('AUC'), result.auc, result.aucCi, null),
    shareFigure('EER', result.eer, result.eerCi, t('at distance {0}', distance(result.eerThreshold))),
    ...result.tar.map((rate) => tarFigure(rate, result)),
    figure(t('Bayes error'), formatProbability(result.bayesError), {
      note: t('lowest on these pairs {0}', formatProbability(result.lowestBalancedError)),
    }),
    ...(lfw ? [accuracyFigure(lfw)] : []),
  ];
}

function shareFigure(
  term: string,
  share: number,
  ci: VerificationResult['aucCi'],
  note: string | null,
): Figure {
  if (ci === null) return figure(term, formatProbability(share), { note });
  const decimals = decimalsOfInterval(ci);
  return figure(term, formatFixed(share, decimals), { interval: formatInterval(ci, decimals), note });
}

function tarFigure(rate: VerificationResult['tar'][number], result: VerificationResult): Figure {
  const { far, tar, threshold, ci, enoughPairs } = rate;
  const decimals = decimalsOfInterval(ci);
  return figure(t('TAR at FAR {0}', formatFar(far)), formatFixed(tar, decimals), {
    interval: formatInterval(ci, decimals),
    note:
      threshold === null
        ? t('no distance can be accepted')
        : t('at distance {0}', distanceOfPairs(threshold, result)),
    warning: enoughPairs ? null : tooFewPairs(far, result.nUnmatched),
  });
}

function accuracyFigure({ nFolds, accuracy, standardError }: NonNullable<VerificationResult['lfw']>): Figure {
  const decimals = decimalsOfInterval([accuracy - standardError, accuracy + standardError]) + 1;
  return figure(t('Accuracy, {0} folds', nFolds), formatFixed(accuracy, decimals), {
    interval: t('± {0} standard error', formatFixed(standardError, decimals)),
    note: t('each at the best threshold of the other {0}', nFolds - 1),
  });
}

function figure(
  term: string,
  value: string,
  more: Partial<Pick<Figure, 'interval' | 'note' | 'warning'>> = {},
): Figure {
  return { term, value, interval: null, note: null, warning: null, ...more };
}
