import { readFileSync } from 'node:fs';
import { readRgbPng } from './png.ts';

type Triple = readonly [number, number, number];

interface ExpectedImage {
  readonly mean_rgb: Triple;
  readonly mean_hsv: Triple;
}

interface ExpectedImages {
  readonly swatches: ExpectedImage & { readonly rgb_hsv_pairs: readonly (readonly [Triple, Triple])[] };
  readonly ramp: ExpectedImage;
  readonly noise: ExpectedImage & { readonly hsv_row0: readonly Triple[] };
  readonly random_colours: readonly (readonly [Triple, Triple])[];
}

const folder = new URL('../fixtures/images/', import.meta.url);

/** Means and single colours in OpenCV's 8-bit HSV. */
export const expectedImages = JSON.parse(
  readFileSync(new URL('expected.json', folder), 'utf8'),
) as ExpectedImages;

export function fixtureImage(name: 'swatches' | 'ramp' | 'noise') {
  return readRgbPng(new URL(`${name}.png`, folder));
}
