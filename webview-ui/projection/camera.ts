import type { Bounds } from './polygon.ts';

/** What of a plane is seen: the point in the middle, and how much larger than when all of it is seen. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  /** 1: everything is seen. */
  readonly zoom: number;
}

/** Where it is seen, in CSS pixels. */
export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** From the plane to the screen, whose y runs down: sx = x · scale + left, sy = top − y · scale. */
export interface Placement {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** Room around all points, in pixels. */
const marginPx = 16;
const zooms = [0.5, 4000] as const;

export function wholeCamera({ left, right, bottom, top }: Bounds): Camera {
  return { x: (left + right) / 2, y: (bottom + top) / 2, zoom: 1 };
}

/** One scale for both axes: distances keep their proportions. */
export function placementOf(camera: Camera, bounds: Bounds, { width, height }: Viewport): Placement {
  const room = (pixels: number) => Math.max(1, pixels - 2 * marginPx);
  const fitted = Math.min(
    room(width) / (bounds.right - bounds.left),
    room(height) / (bounds.top - bounds.bottom),
  );
  // Points in one place, or on one line, still have a scale.
  const scale = camera.zoom * (Number.isFinite(fitted) ? fitted : 1);
  return { scale, left: width / 2 - camera.x * scale, top: height / 2 + camera.y * scale };
}

/** The point of the plane under a place of the screen. */
export function pointUnder({ scale, left, top }: Placement, sx: number, sy: number): [x: number, y: number] {
  return [(sx - left) / scale, (top - sy) / scale];
}

/** Moved with the pointer, by pixels; something of the points' rectangle stays in the middle. */
export function panned(camera: Camera, bounds: Bounds, placement: Placement, dx: number, dy: number): Camera {
  return {
    x: clamp(camera.x - dx / placement.scale, bounds.left, bounds.right),
    y: clamp(camera.y + dy / placement.scale, bounds.bottom, bounds.top),
    zoom: camera.zoom,
  };
}

/** Larger by `factor`, so that what is under (sx, sy) stays there. */
export function zoomedAt(
  camera: Camera,
  bounds: Bounds,
  viewport: Viewport,
  factor: number,
  [sx, sy]: readonly [number, number],
): Camera {
  const before = placementOf(camera, bounds, viewport);
  const zoom = clamp(camera.zoom * factor, ...zooms);
  const [x, y] = pointUnder(before, sx, sy);
  const scale = (before.scale * zoom) / camera.zoom;
  return {
    x: clamp(x + (viewport.width / 2 - sx) / scale, bounds.left, bounds.right),
    y: clamp(y - (viewport.height / 2 - sy) / scale, bounds.bottom, bounds.top),
    zoom,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
