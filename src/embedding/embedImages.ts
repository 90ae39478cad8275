import { AppError } from '../domain/appError.ts';
import type { ModelProfile } from '../domain/preprocessing.ts';
import type { DecodedItem } from './decodeAhead.ts';
import { type FillOutcome, type FillRequest, fillStore, type ImageRef } from './pipeline.ts';
import type { StoreRow } from './vectorStore.ts';

/** What the pipeline needs of an open model. */
export interface BatchEmbedder {
  readonly profile: Pick<ModelProfile, 'preprocessing'>;
  readonly dim: number;
  readonly batchSize: number;
  /** Of batchSize × height × width × 3 bytes, always whole. */
  run(
    pixels: Uint8Array,
  ): Promise<{ readonly embeddings: Float32Array; readonly norms: Float32Array | null }>;
}

export type EmbedOutcome = FillOutcome;

export type EmbedRequest<R extends ImageRef = ImageRef> = Omit<
  FillRequest<Uint8Array, R>,
  'batchSize' | 'compute'
> & {
  readonly embedder: BatchEmbedder;
  /** Told of decoded pixels that are not read again: their memory may hold the next image. */
  readonly release?: (pixels: Uint8Array) => void;
};

/**
 * Embeds the images that the store lacks; see `fillStore`. `decode` gives RGB bytes of the model's size.
 * A batch that is not full is padded with black, so that every run has the same shape and no embedding depends on
 * how many images came with it. An embedding that is zero or not finite is stored as unusable.
 */
export function embedImages<R extends ImageRef>(request: EmbedRequest<R>): Promise<EmbedOutcome> {
  const { embedder } = request;
  const { width, height } = embedder.profile.preprocessing;
  const imageBytes = width * height * 3;
  const pixels = new Uint8Array(embedder.batchSize * imageBytes);
  return fillStore<Uint8Array, R>({
    ...request,
    batchSize: embedder.batchSize,
    async compute(batch) {
      fillPixels(pixels, batch, imageBytes);
      if (request.release) for (const { decoded } of batch) request.release(decoded);
      const { embeddings, norms } = await embedder.run(pixels);
      checkOutputs(embedder, embeddings, norms);
      return batch.map(({ ref }, i) =>
        rowOf(ref.key, embeddings.slice(i * embedder.dim, (i + 1) * embedder.dim), norms ? norms[i]! : null),
      );
    },
  });
}

function fillPixels(pixels: Uint8Array, batch: readonly DecodedItem<Uint8Array>[], imageBytes: number): void {
  batch.forEach(({ ref, decoded }, i) => {
    if (decoded.length !== imageBytes)
      throw new AppError(
        'internal',
        `${ref.name} was decoded to ${decoded.length} bytes, not ${imageBytes}.`,
      );
    pixels.set(decoded, i * imageBytes);
  });
  pixels.fill(0, batch.length * imageBytes);
}

function checkOutputs(
  { batchSize, dim }: BatchEmbedder,
  embeddings: Float32Array,
  norms: Float32Array | null,
): void {
  if (embeddings.length === batchSize * dim && (norms === null || norms.length === batchSize)) return;
  throw new AppError(
    'modelFailed',
    `The model gave ${embeddings.length} numbers for ${batchSize} images, not ${batchSize} × ${dim}.`,
    { numbers: embeddings.length, batchSize, dim },
  );
}

function rowOf(key: string, vector: Float32Array, norm: number | null): StoreRow {
  const usable = vector.every(Number.isFinite) && vector.some((x) => x !== 0);
  return { key, vector, norm, usable: usable && (norm === null || Number.isFinite(norm)) };
}
