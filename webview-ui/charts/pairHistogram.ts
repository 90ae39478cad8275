import type { ChartConfiguration, ChartType } from 'chart.js';
import type { VerificationResult } from '../../src/protocol/report.ts';
import { decimalsFor, formatCount, formatFar, formatFixed, formatRate } from '../format.ts';
import { t } from '../l10n.ts';
import type { Theme } from '../theme.ts';
import type { Point } from './cdf.ts';
import { heightOfRows } from './labelRows.ts';
import { distanceTitle, smallText, tooltipStyle, trimZeros } from './style.ts';

/** Vertical lines at distances below which pairs are accepted, with their names over them. */
export interface ThresholdMarks {
  readonly colour: string;
  readonly textColour: string;
  readonly halo: string;
  readonly font: string;
  readonly marks: readonly { readonly x: number; readonly text: string }[];
}

declare module 'chart.js' {
  // The parameter is the original's, whose declarations must agree.
  interface PluginOptionsByType<TType extends ChartType> {
    thresholdMarks?: ThresholdMarks & { readonly of?: TType };
  }
}

export type PairKind = 'matched' | 'unmatched';

type HistogramChart = ChartConfiguration<'line', Point[], string>;

/**
 * Two outlines, each the share of its own pairs in every bin, so that they compare however many pairs of either kind
 * there are; over them the thresholds.
 */
export function pairHistogram(result: VerificationResult, theme: Theme): HistogramChart {
  const { histograms, metric } = result;
  const { min, max } = histograms;
  const nBins = histograms.matched.length;
  const decimals = decimalsFor(max - min);
  const edge = (bin: number) => edgeOf(histograms, bin);
  const marks = thresholdsOf(result).map(({ x, text }) => ({ x, text }));
  return {
    type: 'line',
    data: {
      datasets: [
        outlineOf('matched', t('One person'), histograms, theme.matched, []),
        outlineOf('unmatched', t('Two people'), histograms, theme.unmatched, [6, 3]),
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      interaction: { mode: 'index', axis: 'x', intersect: false },
      layout: { padding: { top: heightOfRows(Math.max(1, marks.length)), right: 12 } },
      scales: {
        x: {
          type: 'linear',
          min,
          max,
          title: { display: true, text: distanceTitle(metric), ...smallText(theme) },
          border: { color: theme.axis },
          grid: { display: false },
          ticks: {
            ...smallText(theme),
            maxRotation: 0,
            includeBounds: false,
            callback: (value) => trimZeros(formatFixed(Number(value), decimals)),
          },
        },
        y: {
          type: 'linear',
          min: 0,
          title: { display: true, text: t('share of its pairs in a bin'), ...smallText(theme) },
          border: { display: false },
          grid: { color: theme.grid, drawTicks: false },
          ticks: {
            ...smallText(theme),
            padding: 6,
            maxTicksLimit: 6,
            callback: (value) => trimZeros(formatFixed(Number(value), 4)),
          },
        },
      },
      plugins: {
        thresholdMarks: {
          colour: theme.foreground,
          textColour: theme.foreground,
          halo: theme.background,
          font: `${theme.fontSizePx - 1}px ${theme.fontFamily}`,
          marks,
        },
        tooltip: {
          ...tooltipStyle(theme),
          callbacks: {
            title: (items) => {
              const bin = binOfPoint(items[0]?.dataIndex ?? 0, nBins);
              return t(
                'distance {0} to {1}',
                formatFixed(edge(bin), decimals),
                formatFixed(edge(bin + 1), decimals),
              );
            },
            label: ({ datasetIndex, dataIndex, dataset }) => {
              const counts = datasetIndex === 0 ? histograms.matched : histograms.unmatched;
              const n = counts[binOfPoint(dataIndex, nBins)]!;
              return t(
                '{0}: {1} pairs, {2}',
                dataset.label ?? '',
                formatCount(n),
                formatRate(n / totalOf(counts)),
              );
            },
            labelPointStyle: () => ({ pointStyle: 'line', rotation: 0 }),
          },
        },
      },
    },
  };
}

/** The thresholds of all rates and of the EER, by rising distance. */
export function thresholdsOf({
  tar,
  eerThreshold,
}: VerificationResult): { readonly x: number; readonly text: string; readonly far: number | null }[] {
  return [
    { x: eerThreshold, text: 'EER', far: null },
    ...tar.flatMap(({ far, threshold }) =>
      threshold === null ? [] : [{ x: threshold, text: `FAR ${formatFar(far)}`, far }],
    ),
  ].sort((a, b) => a.x - b.x);
}

/** The lower edge of a bin, or the upper edge of the one before it. */
export function edgeOf({ min, max, matched }: VerificationResult['histograms'], bin: number): number {
  return bin === matched.length ? max : min + ((max - min) * bin) / matched.length;
}

/** Up and along every bin and down at the end: 2 · bins + 2 points. */
function outlineOf(
  kind: PairKind,
  label: string,
  histograms: VerificationResult['histograms'],
  colour: string,
  dash: number[],
) {
  const counts = histograms[kind];
  const total = totalOf(counts);
  const steps = counts.flatMap((n, bin): Point[] => {
    const y = total > 0 ? n / total : 0;
    return [
      { x: edgeOf(histograms, bin), y },
      { x: edgeOf(histograms, bin + 1), y },
    ];
  });
  return {
    label,
    data: [{ x: histograms.min, y: 0 }, ...steps, { x: histograms.max, y: 0 }],
    borderColor: colour,
    backgroundColor: colour,
    borderWidth: 2,
    borderDash: dash,
    pointRadius: 0,
    pointHitRadius: 0,
    pointHoverRadius: 0,
    tension: 0,
  };
}

/** The bin that a point of the outline belongs to. */
function binOfPoint(index: number, nBins: number): number {
  return Math.min(nBins - 1, Math.max(0, Math.floor((index - 1) / 2)));
}

export function totalOf(counts: readonly number[]): number {
  return counts.reduce((sum, n) => sum + n, 0);
}
