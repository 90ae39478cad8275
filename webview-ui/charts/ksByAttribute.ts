import type { ChartConfiguration } from 'chart.js';
import { type AttributeRow, ksOf } from '../state.ts';
import type { Theme } from '../theme.ts';
import type { Axis } from './axis.ts';

/** One line of the chart; the page's rows have the same height. */
export const rowHeightPx = 20;
/** Room at both ends of the axis for half a dot and half a tick's label. */
export const plotInsetPx = 18;

/** A canvas of more lines would pass the 32767 pixels that browsers draw, at twice the resolution. */
export const maxChartRows = 800;

type KsChart = ChartConfiguration<'bar' | 'line', (number | [number, number] | null)[], string>;

export interface KsChartInput {
  readonly rows: readonly AttributeRow[];
  readonly signed: boolean;
  readonly axis: Axis;
}

/**
 * Each attribute is a bar that joins its two modalities and ends in their dots: filled positive, hollow
 * negative. Names, numbers and ticks are the page's, so that they can be read, selected and heard.
 */
export function ksByAttribute({ rows, signed, axis }: KsChartInput, theme: Theme): KsChart {
  const positive = rows.map((row) => ksOf(row.positive, signed));
  const negative = rows.map((row) => ksOf(row.negative, signed));
  return {
    type: 'bar',
    data: {
      labels: rows.map((row) => row.attribute),
      datasets: [
        // First is drawn last: where both are equal, a filled dot stands in a ring.
        { ...dots('Positive', positive), pointBackgroundColor: theme.positive, pointBorderWidth: 0 },
        {
          ...dots('Negative', negative),
          pointBackgroundColor: theme.background,
          pointBorderColor: theme.negative,
          pointBorderWidth: 2,
        },
        {
          type: 'bar',
          label: 'Both',
          data: rows.map((_, i) => joined(positive[i] ?? null, negative[i] ?? null)),
          backgroundColor: theme.axis,
          barThickness: 2,
          order: 1,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      // Chart.js would make room for dots by itself, and rows and ticks of the page would no longer fit.
      layout: { autoPadding: false, padding: { left: plotInsetPx, right: plotInsetPx } },
      plugins: { tooltip: { enabled: false } },
      scales: {
        x: {
          type: 'linear',
          min: axis.min,
          max: axis.max,
          border: { display: false },
          afterBuildTicks: (scale) => {
            scale.ticks = axis.ticks.map((value) => ({ value }));
          },
          ticks: { display: false, autoSkip: false },
          grid: { drawTicks: false, color: axis.ticks.map((tick) => (tick === 0 ? theme.axis : theme.grid)) },
        },
        y: { type: 'category', display: false },
      },
    },
  };
}

function dots(label: string, data: (number | null)[]) {
  return {
    type: 'line' as const,
    label,
    data,
    showLine: false,
    clip: false as const,
    pointStyle: 'circle' as const,
    pointRadius: 4.5,
    order: 0,
  };
}

function joined(a: number | null, b: number | null): [number, number] | null {
  return a === null || b === null ? null : [Math.min(a, b), Math.max(a, b)];
}
