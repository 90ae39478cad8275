import type { HeatCell } from '../charts/heatCells.ts';
import { paintCells } from '../charts/paintCells.ts';
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
  paintCells(context, cells, cellPx, theme);
}
