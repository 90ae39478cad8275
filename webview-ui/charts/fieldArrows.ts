import type { FieldDrawing } from '../../src/protocol/microscaleSchema.ts';

/** A point, and the path of its arrow, in a square of 100 × 100 whose y runs down; whole of it lies inside. */
export interface FieldArrow {
  readonly x: number;
  readonly y: number;
  readonly tipX: number;
  readonly tipY: number;
}

/** Side of the square, and what is kept free of points: the longest arrow fits. */
export const fieldSize = 100;
const longest = 20;
const margin = longest + 3;

/**
 * Where points and arrows of drawings lie that are looked at side by side. Points fill each square, both axes alike;
 * arrows have one scale over all of them, in which the longest is a fifth of a side. Numbers that are none are left out.
 */
export function fieldArrows(drawings: readonly Pick<FieldDrawing, 'arrows'>[]): readonly FieldArrow[][] {
  const finite = drawings.map(({ arrows }) => arrows.filter((arrow) => arrow.every(Number.isFinite)));
  const length = Math.max(0, ...finite.flat().map(([, , dx, dy]) => Math.hypot(dx, dy)));
  const arrowScale = length > 0 ? longest / length : 0;
  return finite.map((arrows) => {
    const xs = arrows.map(([x]) => x);
    const ys = arrows.map(([, y]) => y);
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const span = Math.max(right - left, high - low);
    const scale = span > 0 ? (fieldSize - 2 * margin) / span : 0;
    return arrows.map(([pointX, pointY, dx, dy]) => {
      const x = fieldSize / 2 + (pointX - (left + right) / 2) * scale;
      const y = fieldSize / 2 - (pointY - (low + high) / 2) * scale;
      return { x, y, tipX: x + dx * arrowScale, tipY: y - dy * arrowScale };
    });
  });
}

/** The two barbs of an arrow's head, as a path; nothing where it is too short to have one. */
export function arrowHead(arrow: FieldArrow): string {
  const barbs = arrowBarbs(arrow);
  if (!barbs) return '';
  const place = ({ x, y }: Barb) => `${rounded(x)} ${rounded(y)}`;
  return `M${place(barbs[0])}L${rounded(arrow.tipX)} ${rounded(arrow.tipY)}L${place(barbs[1])}`;
}

interface Barb {
  readonly x: number;
  readonly y: number;
}

/** Where the barbs of an arrow's head end; `null` where it is too short to have one. */
export function arrowBarbs({ x, y, tipX, tipY }: FieldArrow): readonly [Barb, Barb] | null {
  const length = Math.hypot(tipX - x, tipY - y);
  if (!(length > 1)) return null;
  const barb = Math.min(4, length / 2);
  const angle = Math.atan2(tipY - y, tipX - x);
  const end = (turn: number) => ({
    x: tipX - barb * Math.cos(angle + turn),
    y: tipY - barb * Math.sin(angle + turn),
  });
  return [end(barbAngle), end(-barbAngle)];
}

export function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const barbAngle = Math.PI / 7;
