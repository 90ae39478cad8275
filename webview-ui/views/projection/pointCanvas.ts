import type { Colouring, GroupColour } from '../../projection/colouring.ts';
import type { Placement, Viewport } from '../../projection/camera.ts';
import type { PointSet } from '../../projection/pointSet.ts';
import { pointRadius } from '../../projection/pointSize.ts';
import { rampColours, type Rgb } from '../../projection/ramp.ts';
import {
  makeStamp,
  paintPoints,
  type Raster,
  rasterMargin,
  type Stamp,
  stampReach,
  wordOf,
} from '../../projection/stampPoints.ts';
import { element } from '../../dom.ts';
import type { Theme } from '../../theme.ts';

/** What is painted. */
export interface PointScene {
  readonly points: PointSet;
  readonly colouring: Colouring;
  /** Drawn in full over all others, which are then faint; `null`: all in full. */
  readonly selected: Int32Array | null;
  readonly theme: Theme;
  readonly placement: Placement;
  readonly viewport: Viewport;
  readonly zoom: number;
  /** Every how manyth point is drawn. */
  readonly stride: number;
}

export interface PointCanvas {
  readonly element: HTMLCanvasElement;
  /** Milliseconds that it took. */
  paint(scene: PointScene): number;
}

/** More pixels than two for one are not seen. */
const largestRatio = 2;

/** A canvas whose pixels are painted in memory (`stampPoints.ts`) and put there as one image. */
export function createPointCanvas(): PointCanvas {
  const canvas = element('canvas', { attributes: { 'aria-hidden': true } });
  // What is put there pixel by pixel would otherwise travel to the graphics card and back.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  let image: ImageData | null = null;
  let raster: Raster | null = null;
  let look: {
    readonly key: string;
    readonly theme: Theme;
    readonly full: Stamp[];
    readonly faint: Stamp[];
  } | null = null;
  let onTop: {
    readonly selected: Int32Array;
    readonly colouring: Colouring;
    readonly order: Uint32Array;
  } | null = null;

  return {
    element: canvas,
    paint(scene) {
      const start = performance.now();
      const ratio = Math.min(largestRatio, Math.max(1, window.devicePixelRatio));
      const target = rasterFor(scene.viewport, ratio);
      if (!context || !target) return 0;
      const { points, colouring, selected, stride } = scene;
      const { full, faint } = stampsFor(scene, target.width, ratio);
      const place = {
        x: points.x,
        y: points.y,
        groupOf: colouring.groupOf,
        scale: scene.placement.scale * ratio,
        left: scene.placement.left * ratio + rasterMargin,
        top: scene.placement.top * ratio + rasterMargin,
        stride,
      };
      target.pixels.fill(wordOf(cssColour(scene.theme.background, scene.theme)));
      paintPoints(target, { ...place, order: colouring.order, stamps: selected ? faint : full });
      if (selected) paintPoints(target, { ...place, order: orderOf(selected, colouring), stamps: full });
      context.putImageData(image!, -rasterMargin, -rasterMargin);
      return performance.now() - start;
    },
  };

  function rasterFor({ width, height }: Viewport, ratio: number): Raster | null {
    const [seenWidth, seenHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (seenWidth === 0 || seenHeight === 0) return null;
    if (canvas.width !== seenWidth || canvas.height !== seenHeight || !raster) {
      canvas.width = seenWidth;
      canvas.height = seenHeight;
      image = new ImageData(seenWidth + 2 * rasterMargin, seenHeight + 2 * rasterMargin);
      raster = { pixels: new Uint32Array(image.data.buffer), width: image.width, height: image.height };
    }
    return raster;
  }

  function stampsFor({ colouring, theme, points, zoom }: PointScene, rasterWidth: number, ratio: number) {
    // Sizes in eighths of a pixel, so that zooming does not make them anew in every frame.
    const radius = Math.min(stampReach - 1, Math.round(8 * ratio * pointRadius(points.x.length, zoom)) / 8);
    const key = `${rasterWidth} ${radius} ${colouring.groups.map(({ symbol, colour }) => symbol + colour.kind).join()}`;
    if (look?.key === key && look.theme === theme) return look;
    const background = cssColour(theme.background, theme);
    const colours = groupColours(colouring, theme);
    const stamps = (share: number) =>
      colouring.groups.map(({ symbol }, i) =>
        makeStamp(symbol, radius, mixed(background, colours[i]!, share), rasterWidth),
      );
    look = { key, theme, full: stamps(1), faint: stamps(faintShare[theme.kind]) };
    return look;
  }

  function orderOf(selected: Int32Array, colouring: Colouring): Uint32Array {
    if (onTop?.selected === selected && onTop.colouring === colouring) return onTop.order;
    const isSelected = new Uint8Array(colouring.order.length);
    for (const point of selected) isSelected[point] = 1;
    onTop = { selected, colouring, order: colouring.order.filter((point) => isSelected[point] === 1) };
    return onTop.order;
  }
}

/** How much of its colour a point keeps that is not selected. */
const faintShare = { light: 0.22, dark: 0.28, hcLight: 0.3, hcDark: 0.35 } as const;

/** Of each group, in the theme. */
export function groupColours({ groups }: Colouring, theme: Theme): readonly Rgb[] {
  const ramp = rampColours(theme);
  return groups.map(({ colour }) => groupColour(colour, theme, ramp));
}

function groupColour(colour: GroupColour, theme: Theme, ramp: readonly Rgb[]): Rgb {
  switch (colour.kind) {
    case 'ramp':
      return ramp[colour.step]!;
    case 'positive':
    case 'negative':
      return cssColour(theme[colour.kind], theme);
    case 'unknown':
      return cssColour(theme.noiseDot, theme);
    case 'plain':
      return cssColour(theme.matched, theme);
  }
}

/** A colour in any notation, over the theme's background where it lets that through. */
function cssColour(colour: string, { background }: Theme): Rgb {
  const key = `${background} ${colour}`;
  const seen = known.get(key);
  if (seen) return seen;
  const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!pixel) return [128, 128, 128];
  for (const layer of ['#808080', background, colour]) {
    pixel.fillStyle = layer;
    pixel.fillRect(0, 0, 1, 1);
  }
  const [r, g, b] = pixel.getImageData(0, 0, 1, 1).data;
  const rgb: Rgb = [r!, g!, b!];
  known.set(key, rgb);
  return rgb;
}

const known = new Map<string, Rgb>();

function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const one = (channel: 0 | 1 | 2) => Math.round(from[channel] + share * (to[channel] - from[channel]));
  return [one(0), one(1), one(2)];
}
