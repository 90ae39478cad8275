import type { LegendEntry } from '../listState.ts';
import type { PointSymbol } from '../projection/stampPoints.ts';
import type { Drawing2D } from './drawing2d.ts';
import { drawPoints } from './points.ts';
import { dot, line, paperTheme as theme, wrapped, write } from './paper.ts';

/** What a mark of a figure means. */
export interface Key {
  readonly mark: LegendEntry['mark'] | Stroke | PointMark;
  readonly text: string;
}

/** A point as a map has it. */
export interface PointMark {
  readonly symbol: PointSymbol;
  readonly colour: string;
}

export interface Stroke {
  readonly colour: string;
  readonly dash?: readonly number[];
}

const markPx = 24;
/** Of a point, larger than on a map, so that symbols are told apart. */
const keyRadius = 4;
const gapPx = 8;
export const legendLinePx = 16;

/** Entries one under the other, long texts in lines. */
export function drawLegend(
  context: Drawing2D,
  keys: readonly Key[],
  { left, top, width }: { readonly left: number; readonly top: number; readonly width: number },
): void {
  let y = top + legendLinePx / 2;
  for (const { mark, text } of keys) {
    drawMark(context, mark, left, y);
    const maxWidth = width - markPx - gapPx;
    for (const part of wrapped(context, text, maxWidth)) {
      write(context, part, left + markPx + gapPx, y, { colour: theme.muted, maxWidth });
      y += legendLinePx;
    }
  }
}

export function legendHeight(context: Drawing2D, keys: readonly Key[], width: number): number {
  const lines = keys.flatMap(({ text }) => wrapped(context, text, width - markPx - gapPx));
  return lines.length * legendLinePx;
}

/** Short entries in a row. */
export function drawKeys(context: Drawing2D, keys: readonly Key[], left: number, y: number): void {
  let x = left;
  for (const { mark, text } of keys) {
    drawMark(context, mark, x, y);
    x += markPx + 6;
    write(context, text, x, y, { colour: theme.muted });
    context.save();
    context.font = `11px ${theme.fontFamily}`;
    x += context.measureText(text).width + 18;
    context.restore();
  }
}

function drawMark(context: Drawing2D, mark: Key['mark'], x: number, y: number): void {
  const bar = (colour: string, width: number, dash: readonly number[] = []) =>
    line(context, [x, y], [x + markPx, y], { colour, width, dash });
  const middle = x + markPx / 2;
  if (typeof mark !== 'string') {
    if ('symbol' in mark) drawPoints(context, mark, keyRadius, [[middle, y]]);
    else bar(mark.colour, 2, mark.dash);
    return;
  }
  switch (mark) {
    case 'noise':
      bar(theme.noise, 9);
      break;
    case 'interval':
      bar(theme.positive, 2);
      break;
    case 'tick':
      line(context, [middle, y - 6], [middle, y + 6], { colour: theme.foreground, width: 1.5 });
      break;
    case 'filled':
      dot(context, [middle, y], { radius: 4, fill: theme.foreground, border: null });
      break;
    case 'hollow':
      dot(context, [middle, y], { radius: 3.5, fill: theme.background, border: theme.foreground });
      break;
    case 'thick':
      bar(theme.positive, 9);
      break;
    case 'thin':
      bar(theme.negative, 5);
      break;
    case 'hairline':
      bar(theme.muted, 1.5);
      break;
    case 'matched':
      bar(theme.matched, 1.5);
      break;
    case 'unmatched':
      bar(theme.unmatched, 1.5, [5, 4]);
      break;
  }
}
