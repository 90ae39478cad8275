import type { ChartConfiguration } from 'chart.js';
import type { VerificationResult } from '../../src/protocol/report.ts';
import { formatFar, formatFixed, formatProbability, formatRate } from '../format.ts';
import { t } from '../l10n.ts';
import type { Theme } from '../theme.ts';
import type { Point } from './cdf.ts';
import { smallText, tooltipStyle, trimZeros } from './style.ts';

type RocChart = ChartConfiguration<'line', Point[], string>;

/**
 * TAR against FAR, whose axis is logarithmic: what matters of a model lies far below 10⁻¹. FAR of zero has no place
 * there; the TAR reached without a false accept is drawn at the left end.
 */
export function rocCurve(result: VerificationResult, theme: Theme): RocChart {
  const min = lowestFar(result);
  const rates = result.tar.filter(({ far }) => far >= min);
  const chance = Array.from({ length: 101 }, (_, i) => min ** (1 - i / 100)).map((far) => ({
    x: far,
    y: far,
  }));
  return {
    type: 'line',
    data: {
      datasets: [
        {
          ...invisiblePoints,
          label: 'EER',
          data: [{ x: result.eer, y: 1 - result.eer }],
          clip: false,
          pointStyle: 'rectRot',
          pointRadius: 6,
          pointBorderWidth: 2,
          pointBorderColor: theme.foreground,
          pointBackgroundColor: theme.background,
          order: 0,
        },
        {
          ...invisiblePoints,
          label: 'TAR at FAR',
          data: rates.map(({ far, tar }) => ({ x: far, y: tar })),
          showLine: false,
          clip: false,
          pointRadius: 4.5,
          pointBorderWidth: 2,
          pointBorderColor: theme.matched,
          pointBackgroundColor: rates.map(({ enoughPairs }) =>
            enoughPairs ? theme.matched : theme.background,
          ),
          order: 0,
        },
        {
          ...invisiblePoints,
          label: 'Interval',
          clip: false,
          data: rates.flatMap(({ far, ci: [low, high] }) => [
            { x: far, y: low },
            { x: far, y: high },
            { x: Number.NaN, y: Number.NaN },
          ]),
          borderColor: theme.matched,
          borderWidth: 2,
          spanGaps: false,
          order: 1,
        },
        {
          ...invisiblePoints,
          label: 'ROC',
          data: rocPoints(result, min),
          borderColor: theme.matched,
          backgroundColor: theme.matched,
          borderWidth: 2,
          order: 2,
        },
        {
          ...invisiblePoints,
          label: 'Chance',
          data: chance,
          borderColor: theme.muted,
          borderWidth: 1,
          borderDash: [4, 4],
          order: 3,
        },
      ],
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      layout: { padding: { top: 12, right: 12 } },
      scales: {
        x: {
          type: 'logarithmic',
          min,
          max: 1,
          title: {
            display: true,
            text: t('FAR: share of pairs of two people accepted'),
            ...smallText(theme),
          },
          border: { color: theme.axis },
          grid: { color: theme.grid, drawTicks: false },
          afterBuildTicks: (scale) => {
            scale.ticks = decades(min).map((value) => ({ value }));
          },
          ticks: {
            ...smallText(theme),
            maxRotation: 0,
            autoSkip: false,
            callback: (value) => (Number(value) === 1 ? '1' : formatFar(Number(value))),
          },
        },
        y: {
          type: 'linear',
          min: 0,
          max: 1,
          title: {
            display: true,
            text: t('TAR: share of pairs of one person accepted'),
            ...smallText(theme),
          },
          border: { display: false },
          grid: { color: theme.grid, drawTicks: false },
          ticks: {
            ...smallText(theme),
            stepSize: 0.25,
            padding: 6,
            callback: (value) => trimZeros(formatFixed(Number(value), 2)),
          },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipStyle(theme),
          displayColors: false,
          filter: ({ dataset }) => dataset.label === 'ROC',
          callbacks: {
            title: (items) => `FAR ${formatRate(items[0]?.parsed.x ?? null)}`,
            label: ({ parsed }) => `TAR ${formatProbability(parsed.y ?? Number.NaN)}`,
          },
        },
      },
    },
  };
}

/** The left end of the axis: the power of ten at or below one false accept. */
export function lowestFar({ nUnmatched }: VerificationResult): number {
  const exponent = Math.ceil(Math.log10(Math.max(10, nUnmatched)) - 1e-9);
  return Number(`1e-${exponent}`);
}

export function decades(min: number): number[] {
  const lowest = Math.round(Math.log10(min));
  return Array.from({ length: 1 - lowest }, (_, i) => Number(`1e${lowest + i}`));
}

/**
 * The largest TAR among the report's points with at most this FAR; `null` where the report has none. The report's
 * curve is thinned, so that it may be a little lower than that of all pairs, never higher.
 */
export function tarAtFar({ roc }: VerificationResult, far: number): number | null {
  const within = roc.filter((point) => point.far <= far * (1 + 1e-12));
  return within.length > 0 ? Math.max(...within.map(({ tar }) => tar)) : null;
}

function rocPoints(result: VerificationResult, min: number): Point[] {
  const atZero = tarAtFar(result, 0);
  return [
    ...(atZero === null ? [] : [{ x: min, y: atZero }]),
    ...result.roc.filter(({ far }) => far > 0).map(({ far, tar }) => ({ x: far, y: tar })),
  ];
}

const invisiblePoints = { pointRadius: 0, pointHitRadius: 0, pointHoverRadius: 0, tension: 0 } as const;
