/** Radius in CSS pixels: smaller where there are many, larger where one looks closer. */
export function pointRadius(nPoints: number, zoom: number): number {
  const whole = 2 + 2.5 * Math.min(1, Math.max(0, 1 - Math.log10(Math.max(1, nPoints) / 500) / 2));
  return Math.min(7, whole * Math.max(1, zoom) ** 0.3);
}

/** A frame at 60 Hz, less what the browser needs itself. */
const budgetMs = 10;

/** Every how manyth point is drawn while the map moves, so that it keeps up, by what the last frame of all took. */
export function strideFor(paintedMs: number): number {
  return paintedMs > budgetMs ? Math.min(16, Math.ceil(paintedMs / budgetMs)) : 1;
}
