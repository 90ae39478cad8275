import type { ComparedMacroscaleView } from './comparisonState.ts';
import { pointInWords, scatterInWords } from './comparisonWording.ts';
import { phrase, t } from './l10n.ts';
import type { ScatterView } from './scatterState.ts';

/** Before against after (the paper's Fig. 1d). */
export function comparisonPlot(view: ComparedMacroscaleView): ScatterView {
  const { pair, measure, points, pointsAxis, selected } = view;
  return {
    sources: [pair],
    variant: measure,
    points: points.map((point) => ({
      attribute: point.attribute,
      x: point.before,
      y: point.after,
      size: null,
      inWords: pointInWords(point),
    })),
    xAxis: pointsAxis,
    yAxis: pointsAxis,
    xTitle: phrase('{0}, before →', { name: pair.before }),
    yTitle: phrase('{0}, after →', { name: pair.after }),
    colour: measure === 'max' ? 'plain' : measure,
    diagonal: true,
    sizeName: null,
    selected: selected?.attribute ?? null,
    listName: t('Attributes, largest difference first'),
    inWords: scatterInWords(view),
  };
}
