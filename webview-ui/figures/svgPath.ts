import { number } from './svgText.ts';

/** [a b c d e f] of a canvas: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** First `b`, then `a`. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[2] * b[1],
    a[1] * b[0] + a[3] * b[1],
    a[0] * b[2] + a[2] * b[3],
    a[1] * b[2] + a[3] * b[3],
    a[0] * b[4] + a[2] * b[5] + a[4],
    a[1] * b[4] + a[3] * b[5] + a[5],
  ];
}

export function apply([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** How much longer lengths are; the same in every direction, since drawings only move, turn and scale. */
export function scaleOf([a, b]: Matrix): number {
  return Math.hypot(a, b);
}

/** Radians, clockwise on a screen. */
export function turnOf([a, b]: Matrix): number {
  return Math.atan2(b, a);
}

/** A path as a canvas builds it, point by point in the transform of the moment, as SVG's path data. */
export class SvgPath {
  /** The whole path where it is one circle. */
  circle: readonly [x: number, y: number, radius: number] | null = null;
  #data = '';
  #at: readonly [number, number] | null = null;
  #start: readonly [number, number] | null = null;

  get data(): string {
    return this.#data;
  }

  moveTo(matrix: Matrix, x: number, y: number): void {
    this.#moveTo(apply(matrix, x, y));
  }

  lineTo(matrix: Matrix, x: number, y: number): void {
    this.#lineTo(apply(matrix, x, y));
  }

  curveTo(matrix: Matrix, command: 'C' | 'Q', points: readonly (readonly [number, number])[]): void {
    const mapped = points.map(([x, y]) => apply(matrix, x, y));
    if (!this.#at) this.#moveTo(mapped[0]!);
    this.#add(command + mapped.map(pair).join(' '), mapped.at(-1)!);
  }

  arc(matrix: Matrix, x: number, y: number, radius: number, start: number, sweep: number): void {
    const centre = apply(matrix, x, y);
    const r = radius * scaleOf(matrix);
    const on = (angle: number): readonly [number, number] => {
      const turned = angle + turnOf(matrix);
      return [centre[0] + r * Math.cos(turned), centre[1] + r * Math.sin(turned)];
    };
    const isFull = Math.abs(sweep) >= 2 * Math.PI - 1e-9;
    const isFirst = this.#data === '';
    if (!this.#at) this.#moveTo(on(start));
    else if (pair(this.#at) !== pair(on(start))) this.#lineTo(on(start));
    // SVG draws no arc whose ends are one point, so that a circle is two.
    const parts = isFull ? [sweep / 2, sweep] : [sweep];
    for (const to of parts) {
      const isLong = !isFull && Math.abs(sweep) > Math.PI;
      const end = on(start + to);
      this.#add(`A${number(r)} ${number(r)} 0 ${Number(isLong)} ${Number(sweep > 0)} ${pair(end)}`, end);
    }
    this.circle = isFull && isFirst ? [centre[0], centre[1], r] : null;
  }

  rect(matrix: Matrix, x: number, y: number, width: number, height: number): void {
    this.#moveTo(apply(matrix, x, y));
    this.#lineTo(apply(matrix, x + width, y));
    this.#lineTo(apply(matrix, x + width, y + height));
    this.#lineTo(apply(matrix, x, y + height));
    this.close();
  }

  close(): void {
    if (!this.#at) return;
    this.#data += 'Z';
    this.#at = this.#start;
  }

  #moveTo(point: readonly [number, number]): void {
    this.#start = point;
    this.#add(`M${pair(point)}`, point);
  }

  #lineTo(point: readonly [number, number]): void {
    if (this.#at) this.#add(`L${pair(point)}`, point);
    else this.#moveTo(point);
  }

  #add(data: string, end: readonly [number, number]): void {
    this.circle = null;
    this.#data += data;
    this.#at = end;
  }
}

function pair([x, y]: readonly [number, number]): string {
  return `${number(x)} ${number(y)}`;
}
