import type { Plugin } from 'chart.js';
import type { Theme } from '../theme.ts';

export interface GapLabel {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly colour: string;
}

const distancePx = 8;

/**
 * Writes each gap's number beside its line: the left gap's to the left, the right one's to the right, so that
 * two close gaps do not write over each other; and inside the chart where that side has no room.
 */
export function gapLabels(labels: readonly GapLabel[], theme: Theme): Plugin<'line'> {
  const sorted = [...labels].sort((a, b) => a.x - b.x);
  return {
    id: 'gapLabels',
    afterDatasetsDraw({ ctx, chartArea, scales: { x: xScale, y: yScale } }) {
      if (!xScale || !yScale) return;
      ctx.save();
      ctx.font = `600 ${theme.fontSizePx}px ${theme.fontFamily}`;
      ctx.textBaseline = 'middle';
      ctx.lineJoin = 'round';
      sorted.forEach((label, index) => {
        const x = xScale.getPixelForValue(label.x);
        const y = yScale.getPixelForValue(label.y);
        const width = ctx.measureText(label.text).width + distancePx;
        const wantsLeft = sorted.length > 1 && index === 0;
        const left = wantsLeft ? x - width > chartArea.left : x + width > chartArea.right;
        ctx.textAlign = left ? 'right' : 'left';
        const at = left ? x - distancePx : x + distancePx;
        // A halo of the background keeps the number readable where curves pass under it.
        ctx.strokeStyle = theme.background;
        ctx.lineWidth = 5;
        ctx.strokeText(label.text, at, y);
        ctx.fillStyle = label.colour;
        ctx.fillText(label.text, at, y);
      });
      ctx.restore();
    },
  };
}
