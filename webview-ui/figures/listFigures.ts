import type { BarListView } from '../barList.ts';
import { type Axis, positionOn } from '../charts/axis.ts';
import { barsByAttribute } from '../charts/barsByAttribute.ts';
import { dotsByAttribute, maxChartRows, rowHeightPx } from '../charts/dotsByAttribute.ts';
import { plotInsetPx } from '../charts/lineOptions.ts';
import { formatFixed } from '../format.ts';
import type { ListBase, ListScale, ListView } from '../listState.ts';
import type { Drawing2D } from './drawing2d.ts';
import type { Figure } from './figure.ts';
import { drawLegend, type Key, legendHeight } from './legend.ts';
import { measuring } from './measuring.ts';
import { dot, isolated, line, paperTheme as theme, widest, write } from './paper.ts';

export type FigureOf = Pick<Figure, 'name' | 'title'>;

export const listWidth = 680;
export const headPx = 40;
const marginPx = 6;
const valuePx = 54;
const notePx = 66;

/** Two dots on a line for each attribute, with their numbers: the list of the page on paper. */
export function dotsFigure(view: ListView, about: FigureOf): Figure {
  const rows = view.rows.slice(0, maxChartRows);
  const { scale } = view;
  const names = nameWidth(rows.map(({ attribute }) => attribute));
  const left = marginPx + names;
  const nValues = scale.single ? 1 : 2;
  const right = listWidth - nValues * valuePx - (scale.noteHead === null ? 0 : notePx);
  return {
    ...about,
    ...listSize(view, rows.length * rowHeightPx),
    draw: ({ context, chart }) => {
      drawAxis(context, scale.axis, left, right, scale);
      const dots =
        scale.colours === 'modalities' ? theme : { positive: theme.foreground, negative: theme.foreground };
      valueHead(context, scale.heads.positive, right + valuePx, { fill: dots.positive, border: null });
      if (!scale.single) {
        valueHead(context, scale.heads.negative, right + 2 * valuePx, {
          fill: theme.background,
          border: dots.negative,
        });
      }
      if (scale.noteHead !== null) {
        write(context, scale.noteHead, right + nValues * valuePx + 10, headPx - 12, { colour: theme.muted });
      }
      chart(dotsByAttribute({ rows, scale }, theme), {
        left,
        top: headPx,
        width: right - left,
        height: rows.length * rowHeightPx,
      });
      rows.forEach((row, i) => {
        const y = headPx + (i + 0.5) * rowHeightPx;
        write(context, isolated(row.attribute), marginPx, y, { maxWidth: names - 8 });
        if (!row.positive && !row.negative) {
          write(context, scale.missing, left + plotInsetPx, y, { colour: theme.muted });
        }
        [row.positive, row.negative].slice(0, nValues).forEach((one, column) =>
          write(context, one?.text ?? '—', right + (column + 1) * valuePx - 4, y, {
            align: 'right',
            colour: one?.isNoise ? theme.muted : theme.foreground,
          }),
        );
        write(context, row.note, right + nValues * valuePx + 10, y);
      });
      drawListLegend(context, view, headPx + rows.length * rowHeightPx);
    },
  };
}

/** Bars in panels side by side, with their numbers. */
export function barsFigure(view: BarListView, about: FigureOf): Figure {
  const rows = view.rows.slice(0, maxChartRows);
  const names = nameWidth(rows.map(({ attribute }) => attribute));
  // Whole pixels, as canvases have.
  const panel = Math.floor((listWidth - marginPx - names) / view.panels.length);
  return {
    ...about,
    ...listSize(view, rows.length * rowHeightPx),
    draw: ({ context, chart }) => {
      view.panels.forEach((one, index) => {
        const left = marginPx + names + index * panel;
        const right = left + panel - valuePx;
        drawAxis(context, one.axis, left, right, { left: one.head, right: '', reference: null });
        chart(barsByAttribute(rows, one, index, theme), {
          left,
          top: headPx,
          width: right - left,
          height: rows.length * rowHeightPx,
        });
      });
      rows.forEach((row, i) => {
        const y = headPx + (i + 0.5) * rowHeightPx;
        write(context, isolated(row.attribute), marginPx, y, { maxWidth: names - 8 });
        row.bars.forEach((bar, index) =>
          write(context, bar?.text ?? '—', marginPx + names + (index + 1) * panel - 4, y, { align: 'right' }),
        );
      });
      drawListLegend(context, view, headPx + rows.length * rowHeightPx);
    },
  };
}

/** Room for names, at most about a third of the figure. */
export function nameWidth(names: readonly string[]): number {
  return Math.ceil(Math.min(210, Math.max(60, widest(measuring, names) + 12)));
}

/** Words over an axis, its ticks, and the line under them. */
export function drawAxis(
  context: Drawing2D,
  axis: Axis,
  left: number,
  right: number,
  { left: from, right: to, reference }: Pick<ListScale, 'left' | 'right' | 'reference'>,
): void {
  const at = (value: number) =>
    left + plotInsetPx + (right - left - 2 * plotInsetPx) * positionOn(axis, value);
  write(context, from, left + 4, 11, { colour: theme.muted });
  write(context, to, right - 4, 11, { colour: theme.muted, align: 'right' });
  for (const tick of axis.ticks) {
    write(context, formatFixed(tick, axis.decimals), at(tick), headPx - 12, {
      colour: theme.muted,
      align: 'center',
    });
  }
  if (reference) write(context, reference.text, at(reference.value), 11, { align: 'center' });
  line(context, [left, headPx - 1], [right, headPx - 1], { colour: theme.grid });
}

/** Height of a list with its head and its legend, and what is said of it. */
export function listSize(
  view: ListBase,
  height: number,
): { readonly width: number; readonly height: number; readonly description: string } {
  const legend = legendHeight(measuring, view.legend, listWidth - 2 * marginPx);
  return {
    width: listWidth,
    height: headPx + height + (legend > 0 ? legend + 12 : 4),
    description: `${view.chartInWords} ${view.caveat}`,
  };
}

export function drawListLegend(
  context: Drawing2D,
  { legend }: { readonly legend: readonly Key[] },
  bottom: number,
): void {
  drawLegend(context, legend, { left: marginPx, top: bottom + 8, width: listWidth - 2 * marginPx });
}

function valueHead(
  context: Drawing2D,
  text: string,
  right: number,
  look: { readonly fill: string; readonly border: string | null },
): void {
  const y = headPx - 12;
  const width = widest(context, [text]);
  write(context, text, right - 4, y, { align: 'right', colour: theme.muted });
  dot(context, [right - 4 - width - (width > 0 ? 9 : 4), y], {
    radius: look.border === null ? 4 : 3.25,
    ...look,
  });
}
