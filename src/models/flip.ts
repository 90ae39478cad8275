import { AppError } from '../domain/appError.ts';

/** Images (rows × height × width × 3 bytes), each turned left to right. */
export function mirrorImages(pixels: Uint8Array, width: number): Uint8Array {
  const mirrored = new Uint8Array(pixels.length);
  const nLines = pixels.length / (3 * width);
  for (let line = 0; line < nLines; line++) {
    const start = 3 * width * line;
    for (let x = 0; x < width; x++) {
      const from = start + 3 * x;
      const to = start + 3 * (width - 1 - x);
      mirrored[to] = pixels[from]!;
      mirrored[to + 1] = pixels[from + 1]!;
      mirrored[to + 2] = pixels[from + 2]!;
    }
  }
  return mirrored;
}

export interface RawEmbeddings {
  /** rows × dim, not divided by their norms. */
  readonly embeddings: Float32Array;
  /** Where the model gives them apart. */
  readonly norms: Float32Array | null;
  readonly dim: number;
}

/**
 * Embeddings with flip test-time augmentation: e(image) + e(mirror), added raw, so that the view that the model is
 * surer of counts more (AdaFace's `pre_norm_vector_add`); then divided by the norm where `toUnit`, because the model
 * does so. The norm is always given then: |e(image) + e(mirror)| / 2, that of one image where both agree, and less
 * where they do not.
 *
 * Throws `AppError` settingInvalid where the norms that the model gives are not those of the vectors: then these
 * are not raw, and nothing here can make them so.
 */
export function sumOfMirrored<T extends RawEmbeddings>(image: T, mirror: T, toUnit: boolean): T {
  const { dim } = image;
  checkRaw(image);
  checkRaw(mirror);
  const rows = image.embeddings.length / dim;
  const embeddings = new Float32Array(image.embeddings.length);
  const norms = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let i = row * dim; i < (row + 1) * dim; i++)
      squares += (image.embeddings[i]! + mirror.embeddings[i]!) ** 2;
    const length = Math.sqrt(squares);
    // Opposite views leave nothing to divide: such a row stays zero, which is unusable.
    const divisor = toUnit && length !== 0 ? length : 1;
    for (let i = row * dim; i < (row + 1) * dim; i++)
      embeddings[i] = (image.embeddings[i]! + mirror.embeddings[i]!) / divisor;
    norms[row] = length / 2;
  }
  return { ...image, embeddings, norms };
}

function checkRaw({ embeddings, norms, dim }: RawEmbeddings): void {
  if (norms === null) return;
  for (const [row, norm] of norms.entries()) {
    const length = Math.hypot(...embeddings.subarray(row * dim, (row + 1) * dim));
    if (!(Math.abs(length - norm) > 0.01 * norm + 1e-3)) continue;
    throw new AppError(
      'settingInvalid',
      `The setting «flip» needs raw embeddings, but the model gives vectors of length ${length.toPrecision(4)} with the norm ${norm.toPrecision(4)}, and its graph does not show where it divides them. Set «flip» to false, or export the model without that division.`,
      { setting: 'flip', length, norm },
    );
  }
}
