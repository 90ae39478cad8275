import { readFileSync } from 'node:fs';
import type { Affine } from '../../src/numerics/geometry/affine.ts';
import type { RgbImage } from '../../src/numerics/geometry/rgbImage.ts';
import { readRgbPng } from './png.ts';

interface GeometryCases {
  readonly similarities: readonly {
    readonly name: string;
    readonly from: readonly number[];
    readonly to: readonly number[];
    readonly matrix: Affine;
  }[];
  readonly warps: readonly {
    readonly name: string;
    readonly matrix: Affine;
    readonly width: number;
    readonly height: number;
    /** Ten numbers where the map aligns a face. */
    readonly landmarks?: readonly number[];
  }[];
  readonly resizes: readonly {
    readonly name: string;
    /** Width and height of the source's upper left part that is resized. */
    readonly crop: readonly [number, number];
    readonly width: number;
    readonly height: number;
  }[];
}

const folder = new URL('../fixtures/geometry/', import.meta.url);

/** See the folder's README. */
export const geometryCases = JSON.parse(readFileSync(new URL('cases.json', folder), 'utf8')) as GeometryCases;

export function geometryImage(name: string): RgbImage {
  return readRgbPng(new URL(`${name}.png`, folder));
}

/** An image whose colours are given at each place; values are rounded and clipped to 0..255. */
export function paint(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number],
): RgbImage {
  const pixels = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) pixels.set(colour(x, y), (y * width + x) * 3);
  return { pixels: new Uint8Array(pixels.buffer), width, height };
}

/** Largest and mean absolute difference, in grey levels. */
export function difference(a: Uint8Array, b: Uint8Array): { readonly max: number; readonly mean: number } {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} bytes cannot be compared.`);
  let [max, sum] = [0, 0];
  a.forEach((value, i) => {
    const distance = Math.abs(value - b[i]!);
    max = Math.max(max, distance);
    sum += distance;
  });
  return { max, mean: sum / a.length };
}
