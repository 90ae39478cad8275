import {
  type Camera,
  panned,
  type Placement,
  placementOf,
  pointUnder,
  type Viewport,
  wholeCamera,
  zoomedAt,
} from './camera.ts';
import type { PointSet } from './pointSet.ts';

type Place = readonly [x: number, y: number];

/** A set of points through a camera: from places on the plot, in pixels, to points and back. */
export class PlotView {
  readonly points: PointSet;
  readonly #viewport: () => Viewport;
  #camera: Camera;

  constructor(points: PointSet, viewport: () => Viewport) {
    this.points = points;
    this.#viewport = viewport;
    this.#camera = wholeCamera(points.index.bounds);
  }

  get zoom(): number {
    return this.#camera.zoom;
  }

  get viewport(): Viewport {
    return this.#viewport();
  }

  get middle(): Place {
    const { width, height } = this.#viewport();
    return [width / 2, height / 2];
  }

  placement(): Placement {
    return placementOf(this.#camera, this.points.index.bounds, this.#viewport());
  }

  onScreen(point: number): Place {
    const { scale, left, top } = this.placement();
    return [this.points.x[point]! * scale + left, top - this.points.y[point]! * scale];
  }

  /** The point nearest to a place, at most `reachPx` away. */
  pointAt([sx, sy]: Place, reachPx: number): number | null {
    const place = this.placement();
    return this.points.index.nearest(...pointUnder(place, sx, sy), reachPx / place.scale);
  }

  /** Corners from the screen, x and y in turn, in the plane of the points. */
  inPlane(polygon: readonly number[]): number[] {
    const place = this.placement();
    return polygon.flatMap((_, i) => (i % 2 === 0 ? pointUnder(place, polygon[i]!, polygon[i + 1]!) : []));
  }

  /** The way back. */
  onPlot(polygon: readonly number[]): number[] {
    const { scale, left, top } = this.placement();
    return polygon.map((value, i) => (i % 2 === 0 ? value * scale + left : top - value * scale));
  }

  panBy(dx: number, dy: number): void {
    this.#camera = panned(this.#camera, this.points.index.bounds, this.placement(), dx, dy);
  }

  zoomBy(factor: number, at: Place): void {
    this.#camera = zoomedAt(this.#camera, this.points.index.bounds, this.#viewport(), factor, at);
  }

  reset(): void {
    this.#camera = wholeCamera(this.points.index.bounds);
  }
}
