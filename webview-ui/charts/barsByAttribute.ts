import type { ChartConfiguration } from 'chart.js';
import type { BarLook, BarPanel, BarRow } from '../barList.ts';
import type { Theme } from '../theme.ts';
import { lineOptions } from './lineOptions.ts';
import type { Point } from './cdf.ts';

type BarChart = ChartConfiguration<'line', Point[], string>;

/**
 * A bar for each attribute, of parts one behind the other that differ in thickness as well as in colour. Names, numbers
 * and ticks are the page's.
 * @param index of the panel among those of the rows.
 */
export function barsByAttribute(
  rows: readonly BarRow[],
  { axis, parts }: BarPanel,
  index: number,
  theme: Theme,
): BarChart {
  const colours = {
    plain: theme.cross,
    positive: theme.positive,
    negative: theme.negative,
    unknown: theme.muted,
  } as const satisfies Record<BarLook, string>;
  return {
    type: 'line',
    data: {
      datasets: parts.map(({ name, look }, part) => ({
        label: name,
        data: rows.flatMap(({ bars }, line) => partOf(bars[index]?.lengths ?? [], part, line)),
        borderColor: colours[look],
        borderWidth: thicknessPx[look],
        borderCapStyle: 'butt',
        pointRadius: 0,
        spanGaps: false,
      })),
    },
    options: lineOptions(axis, rows.length, theme),
  };
}

const thicknessPx = { plain: 10, positive: 10, negative: 5, unknown: 1.5 } as const satisfies Record<
  BarLook,
  number
>;

/** From where the parts before it end; nothing where it has no length. */
function partOf(lengths: readonly number[], part: number, line: number): Point[] {
  const length = lengths[part] ?? 0;
  if (!(length > 0)) return [];
  const start = lengths.slice(0, part).reduce((sum, one) => sum + one, 0);
  return [
    { x: start, y: line },
    { x: start + length, y: line },
    { x: Number.NaN, y: Number.NaN },
  ];
}
