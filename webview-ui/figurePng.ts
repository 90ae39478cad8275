import { drawChart } from './figures/drawChart.ts';
import type { Figure } from './figures/figure.ts';

/** Beyond it browsers draw nothing. */
const largestSidePx = 32_000;

/** A figure as a picture, on white. @returns a PNG in base64, `ratio` pixels for one of the figure's. */
export async function figureAsPng({ width, height, draw }: Figure, ratio = 3): Promise<string> {
  const scale = Math.min(ratio, largestSidePx / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext('2d');
  if (!context) throw new Error(`A picture of ${canvas.width} × ${canvas.height} pixels could not be drawn.`);
  context.scale(scale, scale);
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  draw({
    context,
    chart: (specification, box) => {
      const own = new OffscreenCanvas(box.width, box.height);
      const release = drawChart(own, specification, scale);
      context.drawImage(own, box.left, box.top, box.width, box.height);
      release();
    },
  });
  return base64Of(await canvas.convertToBlob({ type: 'image/png' }));
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    });
    reader.addEventListener('error', () =>
      reject(reader.error ?? new Error('The picture could not be read.')),
    );
    reader.readAsDataURL(blob);
  });
}
