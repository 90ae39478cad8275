import type {} from '@sgratzl/chartjs-chart-boxplot';
import type { ChartConfiguration } from 'chart.js';
import type { EnergyListView, EnergyRow } from '../energyList.ts';
import type { Theme } from '../theme.ts';
import type { Point } from './cdf.ts';
import { lineOptions } from './lineOptions.ts';

/** Height of the chart's lines, and of the page's rows over them. */
export const energyLinePx = 24;
/** Where every row has a head and a line for each model. */
export const modelLinePx = 20;

/** Each row's lines, with the middle of each in lines from the top; a row by model has a head line. */
export function linePlaces(rows: readonly EnergyRow[], byModel: boolean): readonly (readonly number[])[] {
  let top = 0;
  return rows.map(({ parts }) => {
    const first = top + (byModel ? 1 : 0);
    top = first + parts.length;
    return parts.map((_, index) => first + index);
  });
}

export function nLines(rows: readonly EnergyRow[], byModel: boolean): number {
  return rows.reduce((n, { parts }) => n + parts.length + (byModel ? 1 : 0), 0);
}

type EnergyChart = ChartConfiguration<'boxplot' | 'line', (Point | BoxData)[], string>;

interface BoxData {
  readonly min: number;
  readonly max: number;
  readonly whiskerMin: number;
  readonly whiskerMax: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly mean: number;
  readonly items: readonly number[];
  readonly outliers: readonly number[];
}

/**
 * On each line identities as small dots, behind them a box of their quartiles, before them the mean with its interval.
 * At 1, where no common direction is left, a dashed line. Names, numbers and ticks are the page's.
 */
export function energyBoxes({ rows, energyAxis: axis, byModel }: EnergyListView, theme: Theme): EnergyChart {
  const places = linePlaces(rows, byModel);
  const parts = rows.flatMap(({ parts: own }, i) => own.map((part, j) => ({ ...part, y: places[i]![j]! })));
  const total = nLines(rows, byModel);
  const boxes = parts.flatMap(({ box, y, mean }) =>
    box === null
      ? []
      : [
          {
            y,
            data: {
              min: box.low,
              max: box.high,
              whiskerMin: box.low,
              whiskerMax: box.high,
              q1: box.q1,
              median: box.median,
              q3: box.q3,
              mean: mean ?? box.median,
              items: [],
              outliers: [],
            } satisfies BoxData,
          },
        ],
  );
  const options = lineOptions(axis, total, theme);
  return {
    type: 'line',
    data: {
      // The places of boxes; a linear scale reads them as numbers.
      labels: boxes.map(({ y }) => String(y)),
      datasets: [
        {
          type: 'line',
          label: 'Mean',
          data: parts.map(({ mean, y }) => ({ x: mean ?? Number.NaN, y })),
          showLine: false,
          clip: false,
          pointStyle: 'circle',
          pointRadius: 3.5,
          pointBackgroundColor: theme.positive,
          pointBorderColor: theme.background,
          pointBorderWidth: 1,
          order: 0,
        },
        {
          type: 'line',
          label: 'Interval',
          data: parts.flatMap(({ interval, y }) => (interval ? segment(interval, y) : [])),
          borderColor: theme.positive,
          borderWidth: 2.5,
          pointRadius: 0,
          spanGaps: false,
          order: 1,
        },
        {
          type: 'line',
          label: 'Identities',
          data: parts.flatMap(({ energies, y }) => scattered(energies, y)),
          showLine: false,
          clip: false,
          pointStyle: 'circle',
          pointRadius: 1.5,
          pointBackgroundColor: theme.muted,
          pointBorderWidth: 0,
          order: 2,
        },
        ...(boxes.length === 0 ? [] : [boxDataset(boxes, theme)]),
        {
          type: 'line',
          label: 'No common direction',
          data: [
            { x: 1, y: -0.5 },
            { x: 1, y: total - 0.5 },
          ],
          borderColor: theme.foreground,
          borderWidth: 1,
          borderDash: [4, 3],
          pointRadius: 0,
          order: 4,
        },
      ],
    },
    options: { ...options, scales: { ...options.scales, y: { ...options.scales.y, offset: false } } },
  };
}

function boxDataset(boxes: readonly { readonly data: BoxData }[], theme: Theme) {
  return {
    type: 'boxplot' as const,
    label: 'Quartiles',
    indexAxis: 'y' as const,
    data: boxes.map(({ data }) => data),
    barThickness: 15,
    backgroundColor: theme.noise,
    borderColor: theme.axis,
    medianColor: theme.foreground,
    borderWidth: 1,
    itemRadius: 0,
    outlierRadius: 0,
    meanRadius: 0,
    order: 3,
  };
}

/** As many dots as can be told apart; of more, evenly by rank. */
const mostDots = 300;

/** Dots of one line, moved up and down so that few lie on each other: steps of the golden ratio never come in rows. */
function scattered(energies: readonly number[], y: number): Point[] {
  const step = Math.max(1, energies.length / mostDots);
  const n = Math.min(energies.length, mostDots);
  return Array.from({ length: n }, (_, i) => ({
    x: energies[Math.floor(i * step)]!,
    y: y + 0.44 * (((i * goldenRatio) % 1) - 0.5),
  }));
}

const goldenRatio = (Math.sqrt(5) - 1) / 2;

function segment([low, high]: readonly [number, number], y: number): Point[] {
  return [
    { x: low, y },
    { x: high, y },
    { x: Number.NaN, y: Number.NaN },
  ];
}
