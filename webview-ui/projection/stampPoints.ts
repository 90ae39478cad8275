import type { Rgb } from './ramp.ts';

/**
 * Points painted by hand into the pixels of an image: each kind of point is drawn once, with smooth edges, and copied
 * from there. A canvas takes tens of milliseconds for 50,000 shapes, whoever rasterises them; this takes a few.
 */

export type PointSymbol = 'disc' | 'ring' | 'dot';

/** Pixels as `ImageData` has them, read as whole words: one word is alpha, blue, green, red from the top. */
export interface Raster {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
}

/** One kind of point, for rasters of one width. */
export interface Stamp {
  readonly word: number;
  /** Offsets from the middle that are wholly covered. */
  readonly solid: Int32Array;
  /** Those at the edge, and how much of each is covered, 1..255. */
  readonly edge: Int32Array;
  readonly coverage: Uint8Array;
}

/** No stamp reaches farther from its middle, in pixels. */
export const stampReach = 16;
/** Room that a raster has around what is seen of it, so that a point whose middle is not seen may still be. */
export const rasterMargin = 2 * stampReach;

/** @param radius in pixels of the raster, at most `stampReach` − 1. A dot is half as large. */
export function makeStamp(symbol: PointSymbol, radius: number, colour: Rgb, rasterWidth: number): Stamp {
  const outer = symbol === 'dot' ? Math.max(0.75, radius / 2) : radius;
  const inner = symbol === 'ring' ? outer - Math.max(1, outer * 0.42) : 0;
  const reach = Math.ceil(outer);
  const [solid, edge, coverage]: [number[], number[], number[]] = [[], [], []];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const distance = Math.hypot(x, y);
      const covered = within(outer - distance) * (inner > 0 ? within(distance - inner) : 1);
      if (covered === 0) continue;
      if (covered === 1) solid.push(y * rasterWidth + x);
      else {
        edge.push(y * rasterWidth + x);
        coverage.push(Math.max(1, Math.round(covered * 255)));
      }
    }
  }
  return {
    word: wordOf(colour),
    solid: Int32Array.from(solid),
    edge: Int32Array.from(edge),
    coverage: Uint8Array.from(coverage),
  };
}

/** How much of a pixel lies on the inner side of an edge that runs `distance` beyond its middle. */
function within(distance: number): number {
  return Math.min(1, Math.max(0, distance + 0.5));
}

export function wordOf([r, g, b]: Rgb): number {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/** Colour of a word. */
export function colourOf(word: number): Rgb {
  return [word & 255, (word >>> 8) & 255, (word >>> 16) & 255];
}

/** What is painted, and where: sx = x · scale + left, sy = top − y · scale, in pixels of the raster. */
export interface Painting {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Which points, the last on top. */
  readonly order: Uint32Array;
  /** Every how manyth of them. */
  readonly stride: number;
  /** Of each point, its stamp. */
  readonly groupOf: Uint8Array;
  readonly stamps: readonly Stamp[];
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** Paints what lies so far inside the raster's border that no stamp reaches over it. */
export function paintPoints({ pixels, width, height }: Raster, painting: Painting): void {
  const { x, y, order, stride, groupOf, stamps, scale, left, top } = painting;
  const [right, bottom] = [width - stampReach, height - stampReach];
  for (let k = 0; k < order.length; k += stride) {
    const point = order[k]!;
    const sx = Math.round(x[point]! * scale + left);
    const sy = Math.round(top - y[point]! * scale);
    if (!(sx >= stampReach && sx < right && sy >= stampReach && sy < bottom)) continue;
    const { word, solid, edge, coverage } = stamps[groupOf[point]!]!;
    const middle = sy * width + sx;
    for (let i = 0; i < solid.length; i++) pixels[middle + solid[i]!] = word;
    for (let i = 0; i < edge.length; i++) {
      const at = middle + edge[i]!;
      pixels[at] = blend(pixels[at]!, word, coverage[i]!);
    }
  }
}

/** `share` of 256 of the upper colour over the lower; red and blue at once, since each has room for its product. */
function blend(lower: number, upper: number, share: number): number {
  const rest = 256 - share;
  const redBlue = (Math.imul(upper & 0xff00ff, share) + Math.imul(lower & 0xff00ff, rest)) >>> 8;
  const green = (Math.imul(upper & 0xff00, share) + Math.imul(lower & 0xff00, rest)) >>> 8;
  return (0xff000000 | (redBlue & 0xff00ff) | (green & 0xff00)) >>> 0;
}
