import type { ChartConfiguration } from 'chart.js';
import type { EnergyListView } from '../energyList.ts';
import type { Theme } from '../theme.ts';
import { lineOptions } from './lineOptions.ts';
import type { Point } from './cdf.ts';
import { linePlaces, nLines } from './energyBoxes.ts';

type BarChart = ChartConfiguration<'line', Point[], string>;

/**
 * A bar for each line, as long as a step moves the embedding, with its interval; dashed lines at the mean distances of
 * two images of one person and of two people.
 */
export function stepBars(
  { rows, stepAxis: axis, byModel, references }: EnergyListView,
  theme: Theme,
): BarChart {
  const places = linePlaces(rows, byModel);
  const parts = rows.flatMap(({ parts: own }, i) => own.map((part, j) => ({ ...part, y: places[i]![j]! })));
  const total = nLines(rows, byModel);
  const intervals = parts.flatMap(({ stepInterval, y }) => (stepInterval ? segment(stepInterval, y) : []));
  return {
    type: 'line',
    data: {
      datasets: [
        {
          label: 'Intervals',
          data: intervals,
          borderColor: theme.foreground,
          borderWidth: 1.5,
          pointRadius: 0,
          spanGaps: false,
          order: 0,
        },
        {
          // So that they are seen on their bars.
          label: 'Around intervals',
          data: intervals,
          borderColor: theme.background,
          borderWidth: 4.5,
          borderCapStyle: 'butt',
          pointRadius: 0,
          spanGaps: false,
          order: 1,
        },
        {
          label: 'Step lengths',
          data: parts.flatMap(({ step, y }) => (step > 0 ? segment([0, step], y) : [])),
          borderColor: theme.cross,
          borderWidth: 10,
          borderCapStyle: 'butt',
          pointRadius: 0,
          spanGaps: false,
          order: 2,
        },
        ...references.map(({ kind, value, text }) => ({
          label: text,
          data: [
            { x: value, y: -0.5 },
            { x: value, y: total - 0.5 },
          ],
          borderColor: theme[kind],
          borderWidth: 1.5,
          borderDash: kind === 'matched' ? [] : [5, 4],
          pointRadius: 0,
          order: 3,
        })),
      ],
    },
    options: lineOptions(axis, total, theme),
  };
}

function segment([low, high]: readonly [number, number], y: number): Point[] {
  return [
    { x: low, y },
    { x: high, y },
    { x: Number.NaN, y: Number.NaN },
  ];
}
