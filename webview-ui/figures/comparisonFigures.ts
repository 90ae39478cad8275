import { comparedMacroscaleList, comparedMicroscaleList } from '../comparisonLists.ts';
import { comparisonPlot } from '../comparisonPlot.ts';
import type { ComparedMacroscaleView, ComparedMicroscaleView } from '../comparisonState.ts';
import { t } from '../l10n.ts';
import { type Figure, fileStem } from './figure.ts';
import { dotsFigure } from './listFigures.ts';
import { scatterFigure } from './scatterFigure.ts';

/** What the page of a comparison draws, on paper. */

export function differencesFigure(view: ComparedMacroscaleView): Figure {
  const { before, after } = view.pair;
  return dotsFigure(comparedMacroscaleList(view), {
    name: fileStem('differences', before, after),
    title: t('Signed KS distance by attribute: {0} less {1}', after, before),
  });
}

export function energyDifferencesFigure(view: ComparedMicroscaleView): Figure {
  const { before, after } = view.pair;
  return dotsFigure(comparedMicroscaleList(view), {
    name: fileStem('energy-differences', before, after),
    title: t('Invariance energy by attribute: {0} less {1}', after, before),
  });
}

export function beforeAfterFigure(view: ComparedMacroscaleView): Figure {
  const { before, after } = view.pair;
  return scatterFigure(comparisonPlot(view), {
    name: fileStem('before-after', before, after),
    title: t('KS distance by attribute: {0} against {1}', after, before),
  });
}
