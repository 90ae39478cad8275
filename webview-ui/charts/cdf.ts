import type { Distribution } from '../../src/protocol/report.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Curve = 'withinPositive' | 'withinNegative' | 'cross';

/**
 * The distribution function at every edge of the histogram's bins, from 0 at `min` to 1 at `max`; between
 * two edges it is a straight line. Empty where nothing was counted.
 */
export function cdfPoints(distribution: Distribution, curve: Curve): Point[] {
  const counts = distribution[curve];
  const total = counts.reduce((sum, n) => sum + n, 0);
  if (!(total > 0)) return [];
  const { min, max } = distribution;
  const width = (max - min) / counts.length;
  let cumulated = 0;
  const edges = counts.map((n, bin) => {
    cumulated += n;
    return { x: bin === counts.length - 1 ? max : min + (bin + 1) * width, y: cumulated / total };
  });
  return [{ x: min, y: 0 }, ...edges];
}

/** The part of the axis in which the curves rise; outside it each is flat within a thousandth. */
export function risingRange(
  curves: readonly (readonly Point[])[],
): readonly [min: number, max: number] | null {
  const ends = curves.flatMap((points) => {
    const right = points.findIndex(({ y }) => y >= 1 - flat);
    if (right < 0) return [];
    const left = points.findLastIndex(({ y }) => y <= flat);
    return [points[Math.max(0, left)]!.x, points[right]!.x];
  });
  return ends.length > 0 ? [Math.min(...ends), Math.max(...ends)] : null;
}

const flat = 0.001;

/** Height of a curve at `x`: 0 left of it, 1 right of it. */
export function heightAt(points: readonly Point[], x: number): number | null {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  if (x <= first.x) return first.y;
  if (x >= last.x) return last.y;
  const right = points.findIndex((point) => point.x >= x);
  const a = points[right - 1]!;
  const b = points[right]!;
  return a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x);
}
