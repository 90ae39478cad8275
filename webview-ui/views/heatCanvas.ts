import type { HeatCell } from '../charts/heatCells.ts';
import type { Theme } from '../theme.ts';

/** Paints square cells, at the resolution of the screen. */
export function drawCells(
  canvas: HTMLCanvasElement,
  cells: readonly (readonly HeatCell[])[],
  cellPx: number,
  theme: Theme,
): void {
  const ratio = window.devicePixelRatio;
  const size = cells.length * cellPx;
  canvas.width = canvas.height = Math.round(size * ratio);
  canvas.style.width = canvas.style.height = `${size}px`;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(ratio, ratio);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, size, size);
  cells.forEach((row, i) => {
    row.forEach((cell, j) => paint(context, cell, j * cellPx, i * cellPx, cellPx, theme));
  });
}

/** Gaps of a pixel are the grid. */
function paint(
  context: CanvasRenderingContext2D,
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
  context.fillRect(left, top, size - 1, size - 1);
  context.globalAlpha = 1;
  if (mark === 'none') return;
  context.fillStyle = theme.foreground;
  context.fillRect(left + size / 2 - 3, top + size / 2 - 1, 5, 1);
}
