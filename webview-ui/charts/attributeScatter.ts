import type { ChartConfiguration, ChartType } from 'chart.js';
import type { ScatterPoint, ScatterView } from '../scatterState.ts';
import type { Theme } from '../theme.ts';
import type { Axis } from './axis.ts';
import type { Point } from './cdf.ts';

/** Room around the plot for half a circle. */
export const scatterInsetPx = 14;

/** Names beside points, for the plugin that finds room for them. */
export interface PointLabels {
  readonly halo: string;
  readonly colour: string;
  readonly font: string;
  /** The first has the first choice. */
  readonly labels: readonly {
    readonly x: number;
    readonly y: number;
    readonly radius: number;
    readonly text: string;
  }[];
}

declare module 'chart.js' {
  // The parameter is the original's, whose declarations must agree.
  interface PluginOptionsByType<TType extends ChartType> {
    pointLabels?: PointLabels & { readonly of?: TType };
  }
}

type ScatterChart = ChartConfiguration<'line', Point[], string>;

/**
 * Each attribute a circle between two numbers, its area by a third; on the dashed diagonal the two are alike. Ticks,
 * names under the pointer and the focus are the page's.
 */
export function attributeScatter(view: ScatterView, theme: Theme): ScatterChart {
  const { points, xAxis, yAxis } = view;
  const largest = largestSize(points);
  const colours = {
    plain: { border: theme.foreground, fill: theme.noise },
    positive: { border: theme.positive, fill: `${theme.positive}50` },
    negative: { border: theme.negative, fill: theme.background },
  }[view.colour];
  const scale = (axis: Axis) => ({
    type: 'linear' as const,
    min: axis.min,
    max: axis.max,
    border: { display: false },
    ticks: { display: false, autoSkip: false },
    afterBuildTicks: (built: { ticks: { value: number }[] }) => {
      built.ticks = axis.ticks.map((value) => ({ value }));
    },
    grid: { drawTicks: false, color: axis.ticks.map((tick) => (tick === 0 ? theme.axis : theme.grid)) },
  });
  return {
    type: 'line',
    data: {
      datasets: [
        {
          label: 'Attributes',
          data: points.map(({ x, y }) => ({ x, y })),
          showLine: false,
          clip: false,
          pointStyle: 'circle',
          pointRadius: points.map(({ size }) => radiusOf(size, largest)),
          pointBackgroundColor: colours.fill,
          pointBorderColor: colours.border,
          pointBorderWidth: 1.5,
          order: 0,
        },
        ...(view.diagonal ? [diagonal(xAxis, theme)] : []),
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { autoPadding: false, padding: scatterInsetPx },
      scales: { x: scale(xAxis), y: scale(yAxis) },
      plugins: {
        tooltip: { enabled: false },
        pointLabels: {
          halo: theme.background,
          colour: theme.foreground,
          font: `${theme.fontSizePx - 1}px ${theme.fontFamily}`,
          labels: points.slice(0, mostLabels).map(({ attribute, x, y, size }) => ({
            x,
            y,
            radius: radiusOf(size, largest),
            text: shortName(attribute),
          })),
        },
      },
    },
  };
}

function diagonal({ min, max }: Axis, theme: Theme) {
  return {
    label: 'Alike',
    data: [min, max].map((end) => ({ x: end, y: end })),
    borderColor: theme.axis,
    borderWidth: 1,
    borderDash: [5, 4],
    pointRadius: 0,
    order: 1,
  };
}

/** More would hide what they name. */
const mostLabels = 8;
const longestName = 24;

/** Between isolates, since a name in another script must not turn around. */
function shortName(name: string): string {
  const characters = Array.from(name);
  const text = characters.length > longestName ? `${characters.slice(0, longestName - 1).join('')}…` : name;
  return `\u2068${text}\u2069`;
}

/** 0 where no area stands for anything. */
export function largestSize(points: readonly ScatterPoint[]): number {
  return points.reduce((largest, { size }) => Math.max(largest, size ?? 0), 0);
}

const smallestRadiusPx = 2.5;
const commonRadiusPx = 4.5;
const largestRadiusPx = 11;

/** Areas grow with the size, over what can still be seen. */
export function radiusOf(size: number | null, largest: number): number {
  if (!(largest > 0)) return commonRadiusPx;
  if (size === null) return smallestRadiusPx;
  const share = Math.min(1, Math.max(0, size / largest));
  return Math.sqrt(smallestRadiusPx ** 2 + share * (largestRadiusPx ** 2 - smallestRadiusPx ** 2));
}
