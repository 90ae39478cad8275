import type { ChartConfiguration } from 'chart.js';
import type { Dot, ListRow, ListScale } from '../listState.ts';
import type { Theme } from '../theme.ts';
import { lineOptions } from './lineOptions.ts';
import type { Point } from './cdf.ts';

/** One line of the chart; the page's rows have the same height. */
export const rowHeightPx = 20;

/** A canvas of more lines would pass the 32767 pixels that browsers draw, at twice the resolution. */
export const maxChartRows = 800;

type DotChart = ChartConfiguration<'line', Point[], string>;

export interface DotChartInput {
  readonly rows: readonly ListRow[];
  readonly scale: ListScale;
}

/**
 * Each attribute is a line with two dots, one filled and one hollow: of its modalities, or of two ways to measure it. A bar joins the two,
 * or each has its own half of the line, a whisker for its interval and a band where chance alone would put it; a dot in
 * its band is grey. Names, numbers and ticks are the page's, so
 * that they can be read, selected and heard.
 */
export function dotsByAttribute({ rows, scale }: DotChartInput, theme: Theme): DotChart {
  const { axis, joined, reference, single } = scale;
  const offset = joined || single ? 0 : halfLine;
  const positive = rows.map((row) => row.positive);
  const negative = rows.map((row) => row.negative);
  const bars = joined
    ? [{ ...lines('Both', rows.map(joinedDots)), borderColor: theme.axis, borderWidth: 2 }]
    : [
        {
          ...lines('Positive interval', positive.map(interval(-offset, false))),
          borderColor: theme.positive,
        },
        { ...lines('Negative interval', negative.map(interval(offset, false))), borderColor: theme.negative },
        ...withData({
          ...lines('Interval of noise', [
            ...positive.map(interval(-offset, true)),
            ...negative.map(interval(offset, true)),
          ]),
          borderColor: theme.noiseDot,
        }),
        ...withData({
          ...lines('Noise', [...positive.map(band(-offset)), ...negative.map(band(offset))]),
          borderColor: theme.noise,
          borderWidth: 2 * halfLine * rowHeightPx,
          borderCapStyle: 'butt' as const,
          order: 3,
        }),
      ];
  const referenceLine = reference
    ? [
        {
          ...lines('All', [
            [
              { x: reference.value, y: -0.5 },
              { x: reference.value, y: rows.length - 0.5 },
            ],
          ]),
          borderColor: theme.foreground,
          borderWidth: 1,
          borderDash: [4, 3],
          order: 2,
        },
      ]
    : [];
  const ticks = withData({
    ...lines('Tick', rows.map(tickAcross)),
    borderColor: theme.foreground,
    order: 2,
  });
  const radius = joined ? 4.5 : 3.5;
  const { positive: filled, negative: hollow } =
    scale.colours === 'modalities' ? theme : { positive: theme.foreground, negative: theme.foreground };
  return {
    type: 'line',
    data: {
      datasets: [
        // First is drawn last: where both are equal, a filled dot stands in a ring.
        {
          ...dots('Positive', positive.map(place(-offset)), radius),
          pointBackgroundColor: positive.map((dot) => (dot?.isNoise ? theme.noiseDot : filled)),
          pointBorderWidth: 0,
        },
        {
          ...dots('Negative', negative.map(place(offset)), radius),
          pointBackgroundColor: theme.background,
          pointBorderColor: negative.map((dot) => (dot?.isNoise ? theme.noiseDot : hollow)),
          pointBorderWidth: 2,
        },
        ...bars,
        ...ticks,
        ...referenceLine,
      ],
    },
    options: lineOptions(axis, rows.length, theme),
  };
}

/** From the middle of a line to the middle of its upper or lower half, in lines. */
const halfLine = 0.21;
const halfTick = 0.34;

function place(offset: number): (dot: Dot | null, index: number) => Point {
  return (dot, index) => (dot ? { x: dot.value, y: index + offset } : gap);
}

function joinedDots({ positive, negative }: ListRow, index: number): Point[] {
  if (!positive || !negative) return [];
  return [
    { x: positive.value, y: index },
    { x: negative.value, y: index },
  ];
}

function tickAcross({ tick }: ListRow, index: number): Point[] {
  return tick === null ? [] : [-1, 1].map((side) => ({ x: tick, y: index + side * halfTick }));
}

function interval(offset: number, ofNoise: boolean): (dot: Dot | null, index: number) => Point[] {
  return (dot, index) =>
    dot?.isNoise === ofNoise ? (dot.interval?.map((x) => ({ x, y: index + offset })) ?? []) : [];
}

function band(offset: number): (dot: Dot | null, index: number) => Point[] {
  return (dot, index) => dot?.noise?.map((x) => ({ x, y: index + offset })) ?? [];
}

/** Lists without permutations have no such marks. */
function withData<Dataset extends { readonly data: readonly Point[] }>(dataset: Dataset): Dataset[] {
  return dataset.data.length > 0 ? [dataset] : [];
}

/** Where a line ends and the next begins. */
const gap: Point = { x: Number.NaN, y: Number.NaN };

function lines(label: string, parts: readonly (readonly Point[])[]) {
  return {
    label,
    data: parts.flatMap((part) => (part.length > 0 ? [...part, gap] : [])),
    borderWidth: 1.5,
    pointRadius: 0,
    spanGaps: false,
    order: 1,
  };
}

function dots(label: string, data: Point[], radius: number) {
  return {
    label,
    data,
    showLine: false,
    clip: false as const,
    pointStyle: 'circle' as const,
    pointRadius: radius,
    order: 0,
  };
}
