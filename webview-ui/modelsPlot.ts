import { t } from './l10n.ts';
import type { ModelsView } from './modelsState.ts';
import { pointInWords, scatterInWords } from './modelsWording.ts';
import type { ScatterView } from './scatterState.ts';

/** Two models against each other. */
export function modelsPlot(view: ModelsView): ScatterView {
  const { x, y, measure, axis, points, selected } = view;
  return {
    sources: [x.result, y.result],
    variant: measure,
    points: points.map((point) => ({
      attribute: point.attribute,
      x: point.x,
      y: point.y,
      size: point.intraEntropy,
      inWords: pointInWords(point, view),
    })),
    xAxis: axis,
    yAxis: axis,
    xTitle: [{ name: x.label }, ' →'],
    yTitle: [{ name: y.label }, ' →'],
    colour: measure === 'max' ? 'plain' : measure,
    diagonal: true,
    sizeName: t('intra-entropy, nats'),
    selected,
    listName: t('Attributes, largest difference first'),
    inWords: scatterInWords(view),
  };
}
