import { type Bounds, boundsOfPolygon, crossesOddly, edgesBetween, type Polygon } from './polygon.ts';

/** Points of a plane, found by place. */
export interface PointIndex {
  readonly bounds: Bounds;
  /** The closest point not farther than `radius`; of equals the first; `null` where there is none. */
  nearest(x: number, y: number, radius: number): number | null;
  /** Numbers of the points inside, ascending. */
  inside(polygon: Polygon): Int32Array;
}

/** About so many points a cell, were they spread evenly. */
const pointsPerCell = 4;

/** A grid of equal cells over the points, each with the list of its own (counting sort). */
export function indexPoints(x: Float64Array, y: Float64Array): PointIndex {
  const bounds = boundsOf(x, y);
  const perSide = Math.max(1, Math.floor(Math.sqrt(x.length / pointsPerCell)));
  const [width, height] = [bounds.right - bounds.left, bounds.top - bounds.bottom];
  const column = (at: number) => cellOf((at - bounds.left) / width, perSide);
  const row = (at: number) => cellOf((at - bounds.bottom) / height, perSide);
  const starts = new Int32Array(perSide * perSide + 1);
  const cells = new Int32Array(x.length);
  for (let i = 0; i < x.length; i++) {
    cells[i] = row(y[i]!) * perSide + column(x[i]!);
    starts[cells[i]! + 1]!++;
  }
  for (let cell = 0; cell < perSide * perSide; cell++) starts[cell + 1]! += starts[cell]!;
  const order = new Int32Array(x.length);
  const next = starts.slice();
  for (let i = 0; i < x.length; i++) order[next[cells[i]!]!++] = i;

  /** Calls `visit` with the points of all cells of a row that touch the area, row by row. */
  function scanRows(area: Bounds, visit: (points: Int32Array) => void): void {
    const [first, last] = [column(area.left), column(area.right)];
    for (let r = row(area.bottom); r <= row(area.top); r++) {
      visit(order.subarray(starts[r * perSide + first], starts[r * perSide + last + 1]));
    }
  }

  return {
    bounds,
    nearest(atX, atY, radius) {
      let found: number | null = null;
      let least = radius * radius;
      const area = { left: atX - radius, right: atX + radius, bottom: atY - radius, top: atY + radius };
      scanRows(area, (points) => {
        for (const point of points) {
          const square = (x[point]! - atX) ** 2 + (y[point]! - atY) ** 2;
          if (square < least || (square === least && (found === null || point < found))) {
            found = point;
            least = square;
          }
        }
      });
      return found;
    },
    inside(polygon) {
      if (polygon.length < 6) return new Int32Array(0);
      const found = new Int32Array(x.length);
      let nFound = 0;
      scanRows(boundsOfPolygon(polygon), (points) => {
        // A lasso has hundreds of edges, of which one row of the grid meets a few.
        const edges = edgesBetween(polygon, ...heightsOf(points, y));
        for (const point of points) if (crossesOddly(edges, x[point]!, y[point]!)) found[nFound++] = point;
      });
      return found.slice(0, nFound).sort();
    },
  };
}

function cellOf(share: number, perSide: number): number {
  // Not a number where all points have one coordinate: all are in the first cell.
  return share > 0 ? Math.min(perSide - 1, Math.floor(share * perSide)) : 0;
}

/** The lowest and the highest. */
function heightsOf(points: Int32Array, y: Float64Array): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const point of points) {
    low = Math.min(low, y[point]!);
    high = Math.max(high, y[point]!);
  }
  return [low, high];
}

function boundsOf(x: Float64Array, y: Float64Array): Bounds {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    left = Math.min(left, x[i]!);
    right = Math.max(right, x[i]!);
    bottom = Math.min(bottom, y[i]!);
    top = Math.max(top, y[i]!);
  }
  return x.length > 0 ? { left, right, bottom, top } : { left: 0, right: 0, bottom: 0, top: 0 };
}
