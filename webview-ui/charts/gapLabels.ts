import type { Chart, Plugin } from 'chart.js';
import { contextOf } from '../figures/drawing2d.ts';
import type { GapLabels } from './distanceCdf.ts';

const distancePx = 8;
/** A halo of the background keeps a number readable where curves pass under it. */
const haloPx = 5;

/**
 * Writes each gap's number beside its line: the left gap's to the left, the right one's to the right, so that
 * two close gaps do not write over each other; and inside the chart where that side has no room.
 */
export const gapLabelsPlugin: Plugin = {
  id: 'gapLabels',
  afterDatasetsDraw(chart) {
    const labels = chart.config.options?.plugins?.gapLabels;
    // Chart.js types every option as partial; `distanceCdf` gives all of them.
    if (labels) write(chart, labels as GapLabels);
  },
};

function write(chart: Chart, labels: GapLabels): void {
  const { chartArea, scales } = chart;
  const { x: xScale, y: yScale } = scales;
  const ctx = contextOf(chart);
  if (!xScale || !yScale) return;
  const gaps = [...labels.gaps].sort((a, b) => a.x - b.x);
  ctx.save();
  ctx.font = labels.font;
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = haloPx;
  ctx.strokeStyle = labels.halo;
  gaps.forEach((gap, index) => {
    const x = xScale.getPixelForValue(gap.x);
    const y = yScale.getPixelForValue(gap.y);
    const width = ctx.measureText(gap.text).width + distancePx;
    const wantsLeft = gaps.length > 1 && index === 0;
    const left = wantsLeft ? x - width > chartArea.left : x + width > chartArea.right;
    const at = left ? x - distancePx : x + distancePx;
    ctx.textAlign = left ? 'right' : 'left';
    ctx.strokeText(gap.text, at, y);
    ctx.fillStyle = gap.colour;
    ctx.fillText(gap.text, at, y);
  });
  ctx.restore();
}
