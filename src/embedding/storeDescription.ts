import { createHash } from 'node:crypto';
import { AppError } from '../domain/appError.ts';
import { givesNorms, type ModelProfile } from '../domain/preprocessing.ts';
import type { ProviderRecord } from '../domain/provider.ts';

/** What the rows of one store are. Two stores never share rows unless all of this is equal. */
export interface StoreDescription {
  readonly kind: 'embeddings' | 'imageStatistics' | 'detections';
  /** Numbers in a row, without the norm. */
  readonly dim: number;
  /** Whether each embedding's norm was given apart (AdaFace; flip); then a row is `dim` + 1 numbers wide. */
  readonly hasNorms: boolean;
  /** Everything else that the numbers depend on; plain JSON values. */
  readonly parts: Readonly<Record<string, unknown>>;
}

/** Raised when the files' layout changes; part of the fingerprint, so an older store is left alone. */
export const storeFormatVersion = 1;

/** The parts of an open model that its embeddings depend on. */
export interface EmbedderIdentity {
  readonly sha256: string;
  readonly profile: ModelProfile;
  readonly dim: number;
  readonly provider: ProviderRecord;
  readonly precision: 'single' | 'half';
}

/**
 * The store of a model's embeddings. `alignment` says what happened to the image before it was resized
 * (`none` for whole images); `libraries` are the versions of those that compute pixels and vectors: a report
 * names the versions it was made with, so vectors of other versions must not slip in.
 */
export function embeddingStore(
  embedder: EmbedderIdentity,
  alignment: string,
  libraries: Readonly<Record<string, string>>,
): StoreDescription {
  const { preprocessing, embeddingOutput, normOutput, flip } = embedder.profile;
  return {
    kind: 'embeddings',
    dim: embedder.dim,
    hasNorms: givesNorms(embedder.profile),
    parts: {
      model: embedder.sha256,
      pixels: pixelsVersion,
      outputs: [embeddingOutput, normOutput],
      preprocessing,
      flip,
      alignment,
      provider: embedder.provider.ran,
      // Stores of single precision keep the name they had before there was another.
      ...(embedder.precision === 'half' ? { precision: 'half' } : {}),
      libraries,
    },
  };
}

/** Raised when decoding, resizing or aligning gives other pixels than before. */
const pixelsVersion = 1;

/** Raised when a formula of numerics/imageStatistics.ts changes. */
const statisticsVersion = 1;

/** The store of statistics of images shrunk to fit `width` × `height`; `names` in the order of a row. */
export function statisticsStore(
  width: number,
  height: number,
  names: readonly string[],
  libraries: Readonly<Record<string, string>>,
): StoreDescription {
  return {
    kind: 'imageStatistics',
    dim: names.length,
    hasNorms: false,
    parts: { width, height, names, version: statisticsVersion, libraries },
  };
}

/** The parts of an open face detector that its detections depend on. */
export interface DetectorIdentity {
  readonly sha256: string;
  readonly kind: string;
  readonly scoreThreshold: number;
  readonly provider: ProviderRecord;
}

/** Raised when a detector's pre- or postprocessing, or the layout of a row, changes. */
const detectionsVersion = 1;

/** The store of what a detector found; `dim` is the width of a row (`detectionDim`). */
export function detectionStore(
  detector: DetectorIdentity,
  retryPadded: boolean,
  dim: number,
  libraries: Readonly<Record<string, string>>,
): StoreDescription {
  const { sha256, kind, scoreThreshold, provider } = detector;
  return {
    kind: 'detections',
    dim,
    hasNorms: false,
    parts: {
      detector: sha256,
      kind,
      scoreThreshold,
      retryPadded,
      provider: provider.ran,
      version: detectionsVersion,
      libraries,
    },
  };
}

export function describedBy(description: StoreDescription): Readonly<Record<string, unknown>> {
  return { format: 'attribute-lens.store', version: storeFormatVersion, ...description };
}

/** SHA-256, as hex, of the canonical JSON of `parts`. */
export function storeFingerprint(parts: unknown): string {
  return createHash('sha256').update(canonicalJson(parts)).digest('hex');
}

/**
 * JSON with keys sorted by code unit and no white space, so that equal values have equal text.
 * Throws `internal` on anything that JSON would drop or change: undefined, functions, NaN and infinities.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  throw new AppError('internal', `A store cannot be described by a ${typeof value} that JSON does not keep.`);
}
