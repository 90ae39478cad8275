import type { PointSymbol } from '../projection/stampPoints.ts';
import type { Drawing2D } from './drawing2d.ts';

export type Place = readonly [x: number, y: number];

/**
 * Points that look alike, as one path however many they are. What is full is a line without a length under a round
 * pen, a third of a circle's text in a file.
 */
export function drawPoints(
  context: Drawing2D,
  { symbol, colour }: { readonly symbol: PointSymbol; readonly colour: string },
  radius: number,
  places: readonly Place[],
): void {
  context.save();
  context.strokeStyle = colour;
  context.beginPath();
  if (symbol === 'ring') {
    const width = ringWidth(radius);
    context.lineWidth = width;
    for (const [x, y] of places) {
      context.moveTo(x + radius - width / 2, y);
      context.arc(x, y, radius - width / 2, 0, 2 * Math.PI);
    }
  } else {
    context.lineWidth = 2 * (symbol === 'dot' ? radius / 2 : radius);
    context.lineCap = 'round';
    for (const [x, y] of places) {
      context.moveTo(x, y);
      context.lineTo(x + leastLength, y);
    }
  }
  context.stroke();
  context.restore();
}

function ringWidth(radius: number): number {
  return Math.max(0.6, 0.36 * radius);
}

/** Some readers draw no line without any; two decimals are written. */
const leastLength = 0.01;
