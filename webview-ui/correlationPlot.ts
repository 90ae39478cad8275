import { type Axis, niceAxis } from './charts/axis.ts';
import type { CorrelationView } from './correlationState.ts';
import { aggregateNames, correlationInWords, entropyNames, pointInWords } from './dataWording.ts';
import { t } from './l10n.ts';
import type { ScatterView } from './scatterState.ts';
import { capital } from './wording.ts';

/** KS against an entropy. */
export function correlationPlot(view: CorrelationView): ScatterView {
  const { result, aggregate, entropy, points, selected } = view;
  return {
    sources: [result],
    variant: `${aggregate} ${entropy}`,
    points: points.map((point) => ({
      attribute: point.attribute,
      x: point.entropy,
      y: point.ks,
      size: null,
      inWords: pointInWords(point, view),
    })),
    xAxis: around(points.map((point) => point.entropy)),
    yAxis: niceAxis(
      0,
      points.reduce((largest, { ks }) => Math.max(largest, ks), 0),
    ),
    xTitle: [t('{0}, nats →', capital(entropyNames()[entropy]))],
    yTitle: [`${aggregateNames()[aggregate]} →`],
    colour: 'plain',
    diagonal: false,
    sizeName: null,
    selected,
    listName: t('Attributes, largest KS first'),
    inWords: correlationInWords(view),
  };
}

function around(values: readonly number[]): Axis {
  if (values.length === 0) return niceAxis(0, 1);
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return niceAxis(low, Math.max(high, low + 0.1));
}
