import type { Chart, Plugin } from 'chart.js';
import type { PointLabels } from './attributeScatter.ts';

const gapPx = 4;
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

function write({ ctx, width, height, scales: { x: xScale, y: yScale } }: Chart, options: PointLabels): void {
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

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface LabelledCircle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Of the name. */
  readonly width: number;
  readonly height: number;
}

/** For each circle the first place whose box is inside and meets no circle and no name before it, or none. */
export function placeLabels(
  circles: readonly LabelledCircle[],
  width: number,
  height: number,
): (Box | null)[] {
  const taken: Box[] = circles.map(({ x, y, radius }) =>
    boxAt(x - radius, y - radius, 2 * radius, 2 * radius),
  );
  return circles.map((circle) => {
    const { x, y, radius } = circle;
    const [w, h] = [circle.width, circle.height];
    const box = [
      boxAt(x + radius + gapPx, y - h / 2, w, h),
      boxAt(x - radius - gapPx - w, y - h / 2, w, h),
      boxAt(x - w / 2, y - radius - h, w, h),
      boxAt(x - w / 2, y + radius, w, h),
    ].find(
      (one) =>
        one.left >= 0 &&
        one.right <= width &&
        one.top >= 0 &&
        one.bottom <= height &&
        !taken.some((other) => overlap(one, other)),
    );
    if (box) taken.push(box);
    return box ?? null;
  });
}

function boxAt(left: number, top: number, width: number, height: number): Box {
  return { left, top, right: left + width, bottom: top + height };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
