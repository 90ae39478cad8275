import type { Chart, Plugin } from 'chart.js';
import { contextOf } from '../figures/drawing2d.ts';
import { placeLabels } from './labelPlaces.ts';
import type { PointLabels } from './attributeScatter.ts';

const haloPx = 4;

/** Writes names beside points: right, left, above or below, wherever none stands yet; else not at all. */
export const pointLabelsPlugin: Plugin = {
  id: 'pointLabels',
  afterDatasetsDraw(chart) {
    const options = chart.config.options?.plugins?.pointLabels;
    // Chart.js types every option as partial; whoever gives them gives all.
    if (options) write(chart, options as PointLabels);
  },
};

function write(chart: Chart, options: PointLabels): void {
  const { width, height, scales } = chart;
  const { x: xScale, y: yScale } = scales;
  const ctx = contextOf(chart);
  if (!xScale || !yScale) return;
  ctx.save();
  ctx.font = options.font;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.lineJoin = 'round';
  ctx.lineWidth = haloPx;
  ctx.strokeStyle = options.halo;
  ctx.fillStyle = options.colour;
  const lineHeight = Number.parseFloat(options.font) * 1.2;
  const circles = options.labels.map(({ x, y, radius, text }) => ({
    x: xScale.getPixelForValue(x),
    y: yScale.getPixelForValue(y),
    radius,
    width: ctx.measureText(text).width,
    height: lineHeight,
  }));
  placeLabels(circles, width, height).forEach((box, index) => {
    if (!box) return;
    const middle = (box.top + box.bottom) / 2;
    ctx.strokeText(options.labels[index]!.text, box.left, middle);
    ctx.fillText(options.labels[index]!.text, box.left, middle);
  });
  ctx.restore();
}
