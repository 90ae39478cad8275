import type { ChartOptions } from 'chart.js';
import type { Theme } from '../theme.ts';
import type { Axis } from './axis.ts';

/** Room at both ends of the axis for half a dot and half a tick's label. */
export const plotInsetPx = 18;

/**
 * Options of a chart that stands behind lines of the page, one unit of y each: names, numbers and ticks are the
 * page's, so the chart draws none and makes no room of its own, or they would no longer fit.
 */
export function lineOptions(axis: Axis, nLines: number, theme: Theme) {
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    events: [],
    layout: { autoPadding: false, padding: { left: plotInsetPx, right: plotInsetPx } },
    plugins: { tooltip: { enabled: false } },
    scales: {
      x: {
        type: 'linear',
        min: axis.min,
        max: axis.max,
        border: { display: false },
        afterBuildTicks: (x) => {
          x.ticks = axis.ticks.map((value) => ({ value }));
        },
        ticks: { display: false, autoSkip: false },
        grid: { drawTicks: false, color: axis.ticks.map((tick) => (tick === 0 ? theme.axis : theme.grid)) },
      },
      y: { type: 'linear', display: false, reverse: true, min: -0.5, max: nLines - 0.5 },
    },
  } satisfies ChartOptions<'line'>;
}
