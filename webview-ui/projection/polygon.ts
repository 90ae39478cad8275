/** Corners of a closed polygon, x and y in turn. */
export type Polygon = readonly number[];

/**
 * Whether a point lies inside, by the even-odd rule: a ray to the right crosses the outline an odd number of times.
 * An edge holds its lower end but not its upper one, so that a ray through a corner counts it once, and a point on
 * the outline of two neighbouring polygons is in one of them.
 */
export function isInside(polygon: Polygon, x: number, y: number): boolean {
  return crossesOddly(edgesBetween(polygon, y, y), x, y);
}

/** Edges, each as the x and y of both its ends. */
export type Edges = Float64Array;

/** Those that a ray at any height from `low` to `high` may cross: of a lasso around thousands of points, a few. */
export function edgesBetween(polygon: Polygon, low: number, high: number): Edges {
  const edges: number[] = [];
  const n = polygon.length;
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    const [ay, by] = [polygon[i + 1]!, polygon[j + 1]!];
    if (Math.min(ay, by) <= high && Math.max(ay, by) > low) edges.push(polygon[i]!, ay, polygon[j]!, by);
  }
  return Float64Array.from(edges);
}

/** Whether a ray from (x, y) to the right crosses an odd number of edges, as far as they reach its height. */
export function crossesOddly(edges: Edges, x: number, y: number): boolean {
  let isOdd = false;
  for (let i = 0; i < edges.length; i += 4) {
    const ay = edges[i + 1]!;
    const by = edges[i + 3]!;
    if (ay > y === by > y) continue;
    const ax = edges[i]!;
    if (x < ax + ((y - ay) / (by - ay)) * (edges[i + 2]! - ax)) isOdd = !isOdd;
  }
  return isOdd;
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
