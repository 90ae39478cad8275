/** Radius in CSS pixels: smaller where there are many, larger where one looks closer. */
export function pointRadius(nPoints: number, zoom: number): number {
  const whole = 2 + 2.5 * Math.min(1, Math.max(0, 1 - Math.log10(Math.max(1, nPoints) / 500) / 2));
  return Math.min(7, whole * Math.max(1, zoom) ** 0.3);
}
