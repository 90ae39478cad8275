/** Corners of a closed polygon, x and y in turn. */
export type Polygon = readonly number[];

/**
 * Whether a point lies inside, by the even-odd rule: a ray to the right crosses the outline an odd number of times.
 * An edge holds its lower end but not its upper one, so that a ray through a corner counts it once, and a point on
 * the outline of two neighbouring polygons is in one of them.
 */
export function isInside(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  const n = polygon.length;
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    const [ax, ay, bx, by] = [polygon[i]!, polygon[i + 1]!, polygon[j]!, polygon[j + 1]!];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** The smallest upright rectangle that holds all corners; `NaN` of none. */
export function boundsOfPolygon(polygon: Polygon): Bounds {
  const xs = polygon.filter((_, i) => i % 2 === 0);
  const ys = polygon.filter((_, i) => i % 2 === 1);
  return {
    left: least(xs),
    right: -least(xs.map((x) => -x)),
    bottom: least(ys),
    top: -least(ys.map((y) => -y)),
  };
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), values.length > 0 ? Infinity : Number.NaN);
}

/** The polygon of two opposite corners. */
export function rectangle(ax: number, ay: number, bx: number, by: number): Polygon {
  return [ax, ay, bx, ay, bx, by, ax, by];
}
