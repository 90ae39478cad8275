import type { Drawing2D } from '../figures/drawing2d.ts';
import type { Theme } from '../theme.ts';
import type { HeatCell } from './heatCells.ts';

/** Paints square cells from the upper left corner; gaps of a pixel are the grid. */
export function paintCells(
  context: Drawing2D,
  cells: readonly (readonly HeatCell[])[],
  cellPx: number,
  theme: Theme,
): void {
  cells.forEach((row, i) =>
    row.forEach((cell, j) => paint(context, cell, j * cellPx, i * cellPx, cellPx, theme)),
  );
}

function paint(
  context: Drawing2D,
  { colour, alpha, mark }: HeatCell,
  left: number,
  top: number,
  size: number,
  theme: Theme,
): void {
  context.fillStyle = colour;
  if (mark === 'unknown') {
    context.fillRect(left + size / 2 - 1, top + size / 2 - 1, 2, 2);
    return;
  }
  context.globalAlpha = alpha;
  if (alpha > 0) context.fillRect(left, top, size - 1, size - 1);
  context.globalAlpha = 1;
  if (mark === 'none') return;
  context.fillStyle = theme.foreground;
  context.fillRect(left + size / 2 - 3, top + size / 2 - 1, 5, 1);
}
