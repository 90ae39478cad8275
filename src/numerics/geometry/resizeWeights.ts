/** Bits after the point of a weight: 32 less 8 of the pixel, a sign, and a bit for sums beyond 255 (Pillow's choice). */
export const weightBits = 22;

/** What each pixel of a resized line is made of. */
export interface ResizeWeights {
  /** Of each pixel, the first source pixel that counts. */
  readonly first: Int32Array;
  /** How many count, from there. */
  readonly count: Int32Array;
  /** Weights of pixel i from `i · maxCount`, with `weightBits` bits after the point. */
  readonly taps: Int32Array;
  readonly maxCount: number;
}

/**
 * Weights of Pillow's BICUBIC (`precompute_coeffs` and `normalize_coeffs_8bpc`): Keys' cubic with a = −0.5, widened
 * by the scale when shrinking so that it antialiases. Centres of pixels are at halves; at a border the weights that
 * are left sum to one again. Tables are kept for the sizes used last.
 */
export function resizeWeights(nIn: number, nOut: number): ResizeWeights {
  const key = `${nIn}:${nOut}`;
  const known = tables.get(key) ?? computeWeights(nIn, nOut);
  // A map goes through its keys as they were set: the first is the one unused for longest.
  tables.delete(key);
  tables.set(key, known);
  if (tables.size > maxTables) tables.delete(tables.keys().next().value!);
  return known;
}

/** A data set of photographs has many sizes; a table is some 30 kB. */
const maxTables = 64;
const tables = new Map<string, ResizeWeights>();
const kernelRadius = 2;

function computeWeights(nIn: number, nOut: number): ResizeWeights {
  const scale = nIn / nOut;
  const widening = Math.max(1, scale);
  const support = kernelRadius * widening;
  const maxCount = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(nOut);
  const count = new Int32Array(nOut);
  const taps = new Int32Array(nOut * maxCount);
  const weights = new Float64Array(maxCount);
  for (let i = 0; i < nOut; i++) {
    const centre = (i + 0.5) * scale;
    const begin = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(nIn, Math.trunc(centre + support + 0.5));
    let sum = 0;
    for (let j = begin; j < end; j++) {
      const weight = cubic((j - centre + 0.5) * (1 / widening));
      weights[j - begin] = weight;
      sum += weight;
    }
    first[i] = begin;
    count[i] = end - begin;
    for (let k = 0; k < end - begin; k++) taps[i * maxCount + k] = toFixedPoint(weights[k]! / sum);
  }
  return { first, count, taps, maxCount };
}

/** R. Keys, «Cubic convolution interpolation for digital image processing», IEEE TASSP 29 (1981), a = −0.5. */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * -0.5;
  return 0;
}

/** Rounds half away from zero. */
function toFixedPoint(weight: number): number {
  return Math.trunc(weight * (1 << weightBits) + (weight < 0 ? -0.5 : 0.5));
}
