import type { ChartConfiguration, ChartDataset, ChartType } from 'chart.js';
import type { Metric } from '../../src/domain/embeddingMatrix.ts';
import type { Distribution, MacroscaleRow } from '../../src/protocol/report.ts';
import { decimalsFor, formatFixed, formatKs } from '../format.ts';
import { t } from '../l10n.ts';
import type { Theme } from '../theme.ts';
import { cdfPoints, type Curve, type Point, risingRange } from './cdf.ts';
import { distanceTitle, smallText, tooltipStyle, trimZeros } from './style.ts';

export interface CdfChartInput {
  readonly distribution: Distribution;
  readonly rows: readonly MacroscaleRow[];
  readonly metric: Metric;
}

/** The number of each gap, for the plugin that writes it beside its line. */
export interface GapLabels {
  readonly halo: string;
  readonly font: string;
  readonly gaps: readonly {
    readonly x: number;
    readonly y: number;
    readonly text: string;
    readonly colour: string;
  }[];
}

declare module 'chart.js' {
  // The parameter is the original's, whose declarations must agree.
  interface PluginOptionsByType<TType extends ChartType> {
    gapLabels?: GapLabels & { readonly of?: TType };
  }
}

const curveKeys = ['withinPositive', 'withinNegative', 'cross'] as const satisfies readonly Curve[];

type CdfChart = ChartConfiguration<'line', Point[], string>;

/**
 * How distances are distributed within each modality and across the two; the KS gap of each modality is a
 * line at its location, from the one distribution function to the other, as exact as the report has them.
 */
export function distanceCdf({ distribution, rows, metric }: CdfChartInput, theme: Theme): CdfChart {
  const decimals = decimalsFor(distribution.max - distribution.min);
  const curves = curveKeys.map((key) => cdfPoints(distribution, key));
  const locations = rows.map((row) => row.location);
  const range = risingRange(curves) ?? [distribution.min, distribution.max];
  const min = Math.min(range[0], ...locations);
  const max = Math.max(range[1], ...locations);
  const text = smallText(theme);
  return {
    type: 'line',
    data: {
      datasets: [
        ...rows.map((row) => gap(row, theme)),
        curve(t('Within +'), curves[0]!, theme.positive, []),
        curve(t('Within −'), curves[1]!, theme.negative, [7, 3]),
        curve(t('Across'), curves[2]!, theme.cross, [2, 2]),
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      interaction: { mode: 'index', axis: 'x', intersect: false },
      layout: { padding: { top: 8, right: 12 } },
      scales: {
        x: {
          type: 'linear',
          min,
          max,
          title: { display: true, text: distanceTitle(metric), ...text },
          border: { color: theme.axis },
          grid: { display: false },
          ticks: {
            ...text,
            maxRotation: 0,
            includeBounds: false,
            callback: (value) => trimZeros(formatFixed(Number(value), decimals)),
          },
        },
        y: {
          type: 'linear',
          min: 0,
          max: 1,
          title: { display: true, text: t('share of pairs at most this far apart'), ...text },
          border: { display: false },
          grid: { color: theme.grid, drawTicks: false },
          ticks: {
            ...text,
            stepSize: 0.25,
            padding: 6,
            callback: (value) => trimZeros(formatFixed(Number(value), 2)),
          },
        },
      },
      plugins: {
        gapLabels: {
          halo: theme.background,
          font: `600 ${theme.fontSizePx}px ${theme.fontFamily}`,
          gaps: rows.map((row) => ({
            x: row.location,
            y: (row.cdfWithin + row.cdfCross) / 2,
            text: `KS ${formatKs(row.ks)}`,
            colour: theme[row.modality],
          })),
        },
        tooltip: {
          filter: ({ datasetIndex }) => datasetIndex >= rows.length,
          itemSort: (a, b) => b.parsed.y! - a.parsed.y!,
          ...tooltipStyle(theme),
          callbacks: {
            title: (items) => t('distance {0}', formatFixed(items[0]?.parsed.x ?? null, decimals)),
            label: ({ dataset, parsed }) => t('{0}: {1}', dataset.label ?? '', formatFixed(parsed.y, 3)),
            labelPointStyle: () => ({ pointStyle: 'line', rotation: 0 }),
          },
        },
      },
    },
  };
}

function curve(label: string, data: Point[], colour: string, dash: number[]): ChartDataset<'line', Point[]> {
  return {
    label,
    data,
    borderColor: colour,
    backgroundColor: colour,
    borderWidth: 2,
    borderDash: dash,
    pointRadius: 0,
    pointHitRadius: 0,
    pointHoverRadius: 0,
    tension: 0,
    order: 1,
  };
}

function gap(row: MacroscaleRow, theme: Theme): ChartDataset<'line', Point[]> {
  const colour = theme[row.modality];
  return {
    label: `KS ${row.modality}`,
    data: [
      { x: row.location, y: row.cdfWithin },
      { x: row.location, y: row.cdfCross },
    ],
    borderColor: colour,
    borderWidth: 2,
    pointRadius: 3.5,
    pointHoverRadius: 3.5,
    pointBorderWidth: 2,
    pointBorderColor: colour,
    pointBackgroundColor: row.modality === 'positive' ? colour : theme.background,
    order: 0,
  };
}
