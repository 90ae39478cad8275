import { BasicPlatform, type ChartConfiguration, type ChartType } from 'chart.js';
import { Chart } from '../charts/register.ts';

/**
 * Draws a chart at once on what looks like a canvas, as large as it is, without a page around it.
 * @returns what to call once the drawing is used: chart.js keeps, and at last clears, what it has drawn on.
 * @param ratio pixels of the canvas for one of the chart.
 */
export function drawChart<T extends ChartType, D>(
  canvas: object,
  { data, options, ...specification }: ChartConfiguration<T, D, string>,
  ratio: number,
): () => void {
  const chart = new Chart(
    canvas as ConstructorParameters<typeof Chart>[0],
    {
      ...specification,
      data: {
        ...data,
        // Lines of one style; a line that may have several is drawn point by point, not as a browser's own path.
        datasets: data.datasets.map((dataset) => Object.assign({ segment: {} }, dataset)),
      },
      options: Object.assign({}, options, {
        responsive: false,
        animation: false,
        events: [],
        devicePixelRatio: ratio,
      }),
      platform: BasicPlatform,
    } as unknown as ChartConfiguration,
  );
  return () => chart.destroy();
}
