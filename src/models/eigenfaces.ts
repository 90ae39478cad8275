import { setImmediate } from 'node:timers/promises';
import { AppError, cancelledError } from '../domain/appError.ts';
import { leadingEigenpairs } from '../numerics/leadingEigenpairs.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import { SeededRandom } from '../numerics/random.ts';
import { fisherDirections } from './fisherfaces.ts';

/** Side of the pictures that the baseline sees, pixels. */
export const eigenfacesSide = 64;
export const eigenfacesPixels = eigenfacesSide * eigenfacesSide;

/** Rec. 601 luma of red, green and blue. */
export const lumaWeights = [0.299, 0.587, 0.114] as const;

/** A picture is divided by its standard deviation, but by no less than one grey level: below is only noise. */
export const smallestDeviation = 1;

export interface EigenfacesTraining {
  /** nImages × 64 × 64 × 3, RGB. */
  readonly pixels: Uint8Array;
  readonly nImages: number;
  /** Who is in each image; `null` where nobody is known. */
  readonly identities: Int32Array | null;
  /** Principal components at most. */
  readonly components: number;
  readonly seed: number;
  readonly product: MatrixProduct;
  readonly signal: AbortSignal;
  onProgress?(done: number, total: number): void;
}

/** embedding = weights · x + offset, x being the standardised grey picture. */
export interface Eigenfaces {
  readonly method: 'eigenfaces' | 'fisherfaces';
  readonly dim: number;
  /** dim × 4096. */
  readonly weights: Float32Array;
  /** dim. */
  readonly offset: Float32Array;
  /** Principal components in use; equal to `dim` for eigenfaces. */
  readonly components: number;
  /** Share of the standardised pictures' variance that the components hold, 0..1. */
  readonly explainedVariance: number;
}

/**
 * Learns the classical baselines of face recognition. Each picture turns grey, loses its mean and is divided by
 * its standard deviation, so that exposure and contrast do not count. Then
 *
 * - *eigenfaces* (Turk and Pentland, «Eigenfaces for recognition», 1991): the leading principal components
 *   vⱼ, through the small n × n matrix X Xᵀ, whitened: yⱼ = vⱼᵀ(x − mean)/√λⱼ, λⱼ the variance along vⱼ;
 * - *fisherfaces* (Belhumeur, Hespanha and Kriegman, «Eigenfaces vs. Fisherfaces», 1997), where at least two
 *   identities have two images: at most n − (number of identities) components, and linear discriminants on top.
 *
 * Throws `AppError`: notEnoughIdentities for fewer than two images, dataSetInvalid where all pictures are the
 * same, cancelled before the next matrix product (256 images at most).
 */
export async function trainEigenfaces(training: EigenfacesTraining): Promise<Eigenfaces> {
  const { pixels, nImages: n, identities } = training;
  checkSizes(training);
  const product = cancellable(training.product, training.signal);
  const faces = new Float64Array(n * eigenfacesPixels);
  for (let i = 0; i < n; i++) standardise(pixels, i, faces);
  const mean = centre(faces, n);
  const nBlocks = Math.ceil(n / imagesAtOnce);
  const progress = (done: number) => training.onProgress?.(done, nBlocks + 2);
  const covariance = await innerProducts(faces, n, product, progress);
  let total = 0;
  for (let i = 0; i < n; i++) total += covariance[i * n + i]!;
  if (!(total > 1e-9)) {
    throw new AppError('dataSetInvalid', `All ${n} images look the same: there is nothing to learn.`, { n });
  }
  const wanted = Math.min(training.components, n - 1, fisherLimit(identities));
  const random = new SeededRandom(training.seed).fork('eigenfaces');
  const { values, vectors } = await leadingEigenpairs(covariance, n, wanted, random, product);
  progress(nBlocks + 1);
  const k = values.findLastIndex((value) => value > 1e-10 * values[0]!) + 1;
  const scores = vectors.slice(0, k * n);
  for (let i = 0; i < scores.length; i++) scores[i] = scores[i]! * Math.sqrt(n);
  // The whitened axis vⱼ/√λⱼ = Xᵀuⱼ/(λⱼ√n) is a mixture of the faces, with these shares (k × n).
  const shares = scores.map((score, i) => score / (n * values[Math.floor(i / n)]!));
  const fisher = identities && (await fisherDirections(scores, k, identities, product));
  const mixture = fisher
    ? await product.timesTransposed(fisher.directions, transposed(shares, k, n), fisher.dim, n, k)
    : shares;
  const dim = fisher ? fisher.dim : k;
  const weights = await mixFaces(mixture, faces, dim, n, product);
  progress(nBlocks + 2);
  return {
    method: fisher ? 'fisherfaces' : 'eigenfaces',
    dim,
    weights,
    offset: offsetOf(weights, mean, dim),
    components: k,
    explainedVariance: Math.min(1, values.subarray(0, k).reduce((sum, value) => sum + value, 0) / total),
  };
}

function checkSizes({ pixels, nImages, identities, components }: EigenfacesTraining): void {
  if (!(nImages >= 2)) {
    throw new AppError(
      'notEnoughIdentities',
      `The baseline needs at least 2 images to learn from; there ${nImages === 1 ? 'is 1' : `are ${nImages}`}.`,
      { nImages },
    );
  }
  const fits =
    pixels.length === nImages * eigenfacesPixels * 3 &&
    (identities === null || identities.length === nImages) &&
    components >= 1;
  if (!fits) {
    throw new AppError(
      'internal',
      `Training got ${pixels.length} pixel values and ${identities?.length ?? 'no'} identities for ${nImages} images, ${components} components.`,
    );
  }
}

/** Ends the training before its next product once `signal` says so; a turn of the event loop lets it say so. */
function cancellable(product: MatrixProduct, signal: AbortSignal): MatrixProduct {
  return {
    timesTransposed: async (...args) => {
      await setImmediate();
      if (signal.aborted) throw cancelledError();
      return product.timesTransposed(...args);
    },
  };
}

function standardise(pixels: Uint8Array, image: number, faces: Float64Array): void {
  const face = faces.subarray(image * eigenfacesPixels, (image + 1) * eigenfacesPixels);
  const [red, green, blue] = lumaWeights;
  let sum = 0;
  for (let i = 0; i < eigenfacesPixels; i++) {
    const at = 3 * (image * eigenfacesPixels + i);
    const grey = red * pixels[at]! + green * pixels[at + 1]! + blue * pixels[at + 2]!;
    face[i] = grey;
    sum += grey;
  }
  const mean = sum / eigenfacesPixels;
  let squares = 0;
  for (let i = 0; i < eigenfacesPixels; i++) squares += (face[i]! - mean) ** 2;
  const deviation = Math.max(Math.sqrt(squares / eigenfacesPixels), smallestDeviation);
  for (let i = 0; i < eigenfacesPixels; i++) face[i] = (face[i]! - mean) / deviation;
}

/** Takes the mean face from each of the `n` faces; returns it. */
function centre(faces: Float64Array, n: number): Float64Array {
  const mean = new Float64Array(eigenfacesPixels);
  for (let at = 0; at < faces.length; at++) {
    const pixel = at % eigenfacesPixels;
    mean[pixel] = mean[pixel]! + faces[at]! / n;
  }
  for (let at = 0; at < faces.length; at++) faces[at] = faces[at]! - mean[at % eigenfacesPixels]!;
  return mean;
}

const imagesAtOnce = 256;

/** X Xᵀ / n, n × n: blocks of rows up to the diagonal, and their mirror images. */
async function innerProducts(
  faces: Float64Array,
  n: number,
  product: MatrixProduct,
  progress: (done: number) => void,
): Promise<Float64Array> {
  const out = new Float64Array(n * n);
  for (let start = 0, done = 1; start < n; start += imagesAtOnce, done++) {
    const end = Math.min(n, start + imagesAtOnce);
    const rows = faces.subarray(start * eigenfacesPixels, end * eigenfacesPixels);
    const before = faces.subarray(0, end * eigenfacesPixels);
    const block = await product.timesTransposed(rows, before, end - start, end, eigenfacesPixels);
    for (let i = start; i < end; i++) {
      for (let j = 0; j <= i; j++) {
        const value = block[(i - start) * end + j]! / n;
        out[i * n + j] = value;
        out[j * n + i] = value;
      }
    }
    progress(done);
  }
  return out;
}

/** With more components than images beyond one of each identity, the scatter within identities is singular. */
function fisherLimit(identities: Int32Array | null): number {
  if (!identities) return Infinity;
  const counts = new Map<number, number>();
  for (const identity of identities) counts.set(identity, (counts.get(identity) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count >= 2);
  return repeated.length >= 2 ? identities.length - counts.size : Infinity;
}

const pixelsAtOnce = 512;

/** mixture (dim × n) · faces (n × 4096), in blocks of pixels so that the faces are never held twice. */
async function mixFaces(
  mixture: Float64Array,
  faces: Float64Array,
  dim: number,
  n: number,
  product: MatrixProduct,
): Promise<Float32Array> {
  const weights = new Float32Array(dim * eigenfacesPixels);
  const block = new Float64Array(pixelsAtOnce * n);
  for (let start = 0; start < eigenfacesPixels; start += pixelsAtOnce) {
    for (let i = 0; i < n; i++) {
      for (let p = 0; p < pixelsAtOnce; p++) block[p * n + i] = faces[i * eigenfacesPixels + start + p]!;
    }
    const part = await product.timesTransposed(mixture, block, dim, pixelsAtOnce, n);
    for (let row = 0; row < dim; row++) {
      weights.set(
        part.subarray(row * pixelsAtOnce, (row + 1) * pixelsAtOnce),
        row * eigenfacesPixels + start,
      );
    }
  }
  return weights;
}

/** −weights · mean, from the weights as rounded, so that the mean face falls on zero. */
function offsetOf(weights: Float32Array, mean: Float64Array, dim: number): Float32Array {
  return Float32Array.from({ length: dim }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < eigenfacesPixels; i++) sum += weights[row * eigenfacesPixels + i]! * mean[i]!;
    return -sum;
  });
}

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(matrix.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = matrix[i * columns + j]!;
  }
  return out;
}
