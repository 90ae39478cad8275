import type { Metric } from './embeddingMatrix.ts';

export type ModelFamily =
  'arcface' | 'adaface' | 'facenet' | 'sphereface-r' | 'sface' | 'mobilefacenet' | 'eigenfaces' | 'generic';

export const modelFamilies = [
  'arcface',
  'adaface',
  'facenet',
  'sphereface-r',
  'sface',
  'mobilefacenet',
  'eigenfaces',
  'generic',
] as const satisfies readonly ModelFamily[];

export type Layout = 'NCHW' | 'NHWC';
export type ChannelOrder = 'RGB' | 'BGR';

/**
 * What happens to pixels before the model's own graph sees them: a decoded image is resized to
 * `width` × `height`, its channels put in `channels` order, and each value x becomes (x − mean) · scale.
 * A wrong channel order or scale is a confounder, so each is explicit and stands in the report.
 */
export interface Preprocessing {
  readonly width: number;
  readonly height: number;
  readonly layout: Layout;
  readonly channels: ChannelOrder;
  readonly normalisation: Normalisation;
}

export type Normalisation =
  /** (x − mean) · scale, x in 0..255. */
  | { readonly kind: 'affine'; readonly mean: number; readonly scale: number }
  /** Per image: (x − mean of the image) / max(std of the image, 1/√N), N values; FaceNet's «prewhiten». */
  | { readonly kind: 'prewhiten' }
  /** 0..255 as decoded; the graph normalises itself or wants it so. */
  | { readonly kind: 'none' };

/** What a user sets about a model; anything left out is taken from the graph. */
export interface ModelOverride {
  readonly path: string;
  readonly name?: string | undefined;
  readonly family?: ModelFamily | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly layout?: Layout | undefined;
  readonly channels?: ChannelOrder | undefined;
  readonly mean?: number | undefined;
  readonly scale?: number | undefined;
  readonly metric?: Metric | undefined;
  readonly output?: string | undefined;
  /** Add the embedding of the mirrored image before anything is normalised. */
  readonly flip?: boolean | undefined;
}

/** A model as inspection and overrides define it. */
export interface ModelProfile {
  readonly family: ModelFamily;
  /** Why this family, in a sentence. */
  readonly why: string;
  readonly preprocessing: Preprocessing;
  readonly metric: Metric;
  /** Name of the graph output that holds the embedding. */
  readonly embeddingOutput: string;
  /** Name of the output with the embedding's norm, where the model has one (AdaFace). */
  readonly normOutput: string | null;
  /** Width of the embedding, where the graph declares it. */
  readonly dim: number | null;
  /** A fixed batch size of the graph, or `null` where it is free. */
  readonly fixedBatch: number | null;
  /** Dynamically quantised: a row depends on its batch-mates, so the batch must be one. */
  readonly quantised: boolean;
  /** The embedding of the mirrored image is added, before anything is normalised. */
  readonly flip: boolean;
}

/** Whether a norm comes with each embedding: the model's own output, or half the length of the sum with the mirror. */
export function givesNorms({ normOutput, flip }: Pick<ModelProfile, 'normOutput' | 'flip'>): boolean {
  return normOutput !== null || flip;
}

/** All that happens to an image, in words. */
export function describeModelInput({ preprocessing, flip }: ModelProfile): string {
  const text = describePreprocessing(preprocessing);
  return flip ? `${text}, added to its mirror image before anything is normalised` : text;
}

export function describePreprocessing(p: Preprocessing): string {
  return `resized to ${p.width} × ${p.height}, ${p.channels}, ${p.layout}, ${describeNormalisation(p.normalisation)}`;
}

function describeNormalisation(normalisation: Normalisation): string {
  switch (normalisation.kind) {
    case 'affine':
      return `(x − ${normalisation.mean}) · ${Number(normalisation.scale.toPrecision(6))}`;
    case 'prewhiten':
      return '(x − image mean) / image std';
    case 'none':
      return '0 to 255, the graph normalises itself';
  }
}
