import type { Chart, Plugin } from 'chart.js';
import { contextOf } from '../figures/drawing2d.ts';
import { lineHeightPx, rowsOf } from './labelRows.ts';
import type { ThresholdMarks } from './pairHistogram.ts';

const gapPx = 8;

/** Names stand over the plot, in rows of their own where they would overlap. */
export const thresholdMarksPlugin: Plugin = {
  id: 'thresholdMarks',
  afterDatasetsDraw(chart) {
    const options = chart.config.options?.plugins?.thresholdMarks;
    // Chart.js types every option as partial; whoever gives them gives all.
    if (options) draw(chart, options as ThresholdMarks);
  },
};

function draw(chart: Chart, options: ThresholdMarks): void {
  const { chartArea, scales } = chart;
  const { x: xScale } = scales;
  const ctx = contextOf(chart);
  if (!xScale) return;
  ctx.save();
  ctx.font = options.font;
  const marks = options.marks
    .map(({ x, text }) => ({ x: xScale.getPixelForValue(x), text, width: ctx.measureText(text).width }))
    .filter(({ x }) => x >= chartArea.left && x <= chartArea.right);
  const rows = rowsOf(
    marks.map(({ x, width }) => [x - width / 2 - gapPx / 2, x + width / 2 + gapPx / 2] as const),
  );
  ctx.lineWidth = 1;
  ctx.strokeStyle = options.colour;
  marks.forEach(({ x }, index) => {
    ctx.beginPath();
    ctx.setLineDash([2, 2]);
    ctx.moveTo(x, chartArea.top - (rows[index]! > 0 ? 0 : 2));
    ctx.lineTo(x, chartArea.bottom);
    ctx.stroke();
  });
  ctx.setLineDash([]);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = options.halo;
  ctx.fillStyle = options.textColour;
  marks.forEach(({ x, text, width }, index) => {
    const at = Math.min(Math.max(x, width / 2), chartArea.right - width / 2);
    const y = chartArea.top - 3 - rows[index]! * lineHeightPx;
    ctx.strokeText(text, at, y);
    ctx.fillText(text, at, y);
  });
  ctx.restore();
}
