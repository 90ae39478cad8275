import type { Report, VerificationResult } from '../../src/protocol/report.ts';
import { t } from '../l10n.ts';
import type { ReportModel } from '../reportModels.ts';
import { verificationList } from '../verificationList.ts';
import { type VerificationView, viewVerification } from '../verificationState.ts';
import { histogramInWords, rocInWords } from '../verificationWording.ts';
import { pairHistogramFigure, rocFigure } from './chartFigure.ts';
import { type Figure, fileStem } from './figure.ts';
import { dotsFigure } from './listFigures.ts';

/** Distances of pairs, ROC, and accept rates of modalities, of each model. */
export function verificationFigures(report: Report, models: readonly ReportModel[]): Figure[] {
  return models.flatMap(({ label, verification: result }) => {
    if (!result) return [];
    const view = viewVerification(report, result, {});
    return [
      distancesOfPairs(result, label),
      rocOf(result, label),
      ...(view.ranking.length > 0 ? [acceptRatesFigure(view, label)] : []),
    ];
  });
}

export function distancesOfPairs(result: VerificationResult, label: string): Figure {
  return pairHistogramFigure(result, {
    name: fileStem('pairs', label),
    title: t('Distances of pairs: {0}', label),
    description: histogramInWords(result),
  });
}

export function rocOf(result: VerificationResult, label: string): Figure {
  return rocFigure(result, {
    name: fileStem('roc', label),
    title: t('ROC: {0}', label),
    description: rocInWords(result),
  });
}

export function acceptRatesFigure(view: VerificationView, label: string): Figure {
  return dotsFigure(verificationList(view), {
    name: fileStem('accept-rates', label),
    title: t('True accept rate by attribute: {0}', label),
  });
}
