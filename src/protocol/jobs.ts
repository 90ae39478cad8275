import { z } from 'zod';
import { metrics } from '../domain/embeddingMatrix.ts';
import type { AlignmentRecord } from '../domain/alignment.ts';
import type { FaceBox } from '../domain/face.ts';
import type { ModelProfile } from '../domain/preprocessing.ts';
import { requestedProviders } from '../domain/provider.ts';
import type { Provider } from '../domain/provider.ts';
import { type HardwareJobResult, hardwareJobSchema, installCudaJobSchema } from './hardwareJobs.ts';
import { pointRules } from './macroscaleSchema.ts';
import {
  alignmentOptionsSchema,
  annotationOptions,
  dataSource,
  embeddingOptions,
  readyEmbeddingsSchema,
} from './jobParts.ts';
import {
  invarianceJobSchema,
  type LatticePreview,
  latticePreviewJobSchema,
  validateEnergyJobSchema,
} from './microscaleJobs.ts';
import {
  checkJobSchema,
  compareJobSchema,
  cropsJobSchema,
  exportJobSchema,
  projectJobSchema,
  type ReportJobResult,
} from './reportJobs.ts';
import { modelOverrideSchema } from './settings.ts';

/** Jobs of the engine. All paths are absolute; settings are resolved before they cross a process. */

export const sampleJobSchema = z.strictObject({
  kind: z.literal('sample'),
  folder: z.string().min(1),
  identities: z.int().min(2),
  imagesPerIdentity: z.int().min(1),
  seed: z.int().min(0),
});

export const baselineJobSchema = z.strictObject({
  kind: z.literal('baseline'),
  ...dataSource,
  /** The `.onnx` to write. */
  out: z.string().min(1),
  /** Components at most. */
  components: z.int().min(1),
  seed: z.int().min(0),
});

export const embedJobSchema = z.strictObject({
  kind: z.literal('embed'),
  ...dataSource,
  ...embeddingOptions,
});

export const analyses = ['macroscale', 'verification'] as const;
export type AnalysisName = (typeof analyses)[number];

export const analyzeJobSchema = z.strictObject({
  kind: z.literal('analyze'),
  analyses: z.array(z.enum(analyses)).min(1),
  ...dataSource,
  ...embeddingOptions,
  /** Stands in for models. */
  embeddings: readyEmbeddingsSchema.nullable(),
  /** Measurements of images, faces and embeddings become attributes. */
  imageStatistics: z.boolean(),
  /** Identities with fewer usable images are left out; 1 leaves out none. */
  minImages: z.int().min(1),
  outlierFilter: z.boolean(),
  metric: z.enum(['auto', ...metrics]),
  maxIdentities: z.int().min(2),
  selection: z.enum(['random', 'first']),
  sameIdentity: z.enum(['exclude', 'include']),
  points: z.enum(pointRules),
  repeats: z.int().min(1),
  permutations: z.int().min(0),
  bootstraps: z.int().min(0),
  confounders: z.int().min(0),
  /** 0: no logistic regression. */
  discriminativeImages: z.int().min(0),
  ...annotationOptions,
  seed: z.int().min(0),
  /** The `*.attrlens.json` to write. */
  report: z.string().min(1),
});

/** The data set alone, from its annotations: no image and no model is opened. */
export const describeJobSchema = z.strictObject({
  kind: z.literal('describe'),
  ...dataSource,
  minImages: z.int().min(1),
  ...annotationOptions,
  seed: z.int().min(0),
  report: z.string().min(1),
});

/** A look at one model: what it is, whether it works, how fast. */
export const inspectJobSchema = z.strictObject({
  kind: z.literal('inspect'),
  model: modelOverrideSchema,
  provider: z.enum(requestedProviders),
});

/** Crops of a few images as the model will see them, beside the originals. */
export const previewJobSchema = z.strictObject({
  kind: z.literal('preview'),
  ...dataSource,
  /** Its input size and family decide the crop; `null`: 112 × 112. */
  model: modelOverrideSchema.nullable(),
  alignment: alignmentOptionsSchema,
  provider: z.enum(requestedProviders),
  storeFolder: z.string().min(1),
  nImages: z.int().min(1).max(500),
  seed: z.int().min(0),
});

export const jobSchema = z.discriminatedUnion('kind', [
  sampleJobSchema,
  baselineJobSchema,
  embedJobSchema,
  analyzeJobSchema,
  describeJobSchema,
  inspectJobSchema,
  previewJobSchema,
  invarianceJobSchema,
  latticePreviewJobSchema,
  validateEnergyJobSchema,
  projectJobSchema,
  compareJobSchema,
  exportJobSchema,
  checkJobSchema,
  cropsJobSchema,
  hardwareJobSchema,
  installCudaJobSchema,
]);

export type Job = z.infer<typeof jobSchema>;
export type JobKind = Job['kind'];
export type SampleJob = z.infer<typeof sampleJobSchema>;
export type BaselineJob = z.infer<typeof baselineJobSchema>;
export type EmbedJob = z.infer<typeof embedJobSchema>;
export type AnalyzeJob = z.infer<typeof analyzeJobSchema>;
export type DescribeJob = z.infer<typeof describeJobSchema>;
export type InspectJob = z.infer<typeof inspectJobSchema>;
export type PreviewJob = z.infer<typeof previewJobSchema>;

/** What a finished job left on disk, and its outcome in a few numbers. */
export type JobResult =
  | ReportJobResult
  | HardwareJobResult
  | { readonly kind: 'sample'; readonly folder: string; readonly nImages: number; readonly model: string }
  | {
      readonly kind: 'baseline';
      readonly model: string;
      readonly method: 'eigenfaces' | 'fisherfaces';
      readonly components: number;
      readonly nImages: number;
      readonly nIdentities: number;
    }
  | { readonly kind: 'embed'; readonly models: readonly EmbedSummary[] }
  | { readonly kind: 'analyze'; readonly report: string }
  | { readonly kind: 'describe'; readonly report: string }
  | { readonly kind: 'inspect'; readonly inspection: ModelInspection }
  | { readonly kind: 'preview'; readonly preview: AlignmentPreview }
  | { readonly kind: 'invariance'; readonly report: string }
  | { readonly kind: 'validateEnergy'; readonly report: string }
  | { readonly kind: 'latticePreview'; readonly preview: LatticePreview };

export interface EmbedSummary {
  readonly model: string;
  /** Rows in the data set that have an embedding now. */
  readonly nEmbedded: number;
  /** Of these, how many this run computed. */
  readonly nComputed: number;
  readonly nFailed: number;
  /** The store's folder for this model. */
  readonly store: string;
}

export interface ModelInspection {
  readonly name: string;
  readonly sha256: string;
  readonly nBytes: number;
  readonly profile: ModelProfile;
  readonly opset: number | null;
  readonly producer: string;
  readonly nParameters: number;
  readonly inputs: readonly TensorDescription[];
  readonly outputs: readonly TensorDescription[];
  /** How often each operator occurs, the most frequent first. */
  readonly operators: readonly { readonly name: string; readonly count: number }[];
  /** Of known weights; `null` where nothing is known. */
  readonly licenceNote: string | null;
  readonly notes: readonly string[];
  readonly selfTest: ModelSelfTest;
  readonly speed: readonly ModelSpeed[];
  /** Providers that did not run it, and why. */
  readonly refused: readonly { readonly provider: Provider; readonly reason: string }[];
}

export interface TensorDescription {
  readonly name: string;
  readonly elementType: string;
  readonly shape: readonly (number | string)[];
}

/** What drawn sample faces showed. */
export interface ModelSelfTest {
  readonly nFaces: number;
  readonly dim: number;
  readonly nNotFinite: number;
  /** All faces gave the same vector. */
  readonly isConstant: boolean;
  /** `null` where no vector is finite. */
  readonly norm: { readonly min: number; readonly mean: number; readonly max: number } | null;
  /** Mean distance of two images of one person, and of two people, by the model's metric; `null` without such pairs. */
  readonly meanWithin: number | null;
  readonly meanBetween: number | null;
  readonly passed: boolean;
  /** What is amiss, in words; empty where it passed. */
  readonly problems: readonly string[];
}

export interface ModelSpeed {
  readonly provider: Provider;
  readonly batchSize: number;
  readonly imagesPerSecond: number;
  /** Smallest cosine to the CPU; `null` for the CPU itself. */
  readonly agreement: number | null;
}

export interface AlignmentPreview {
  readonly dataset: string;
  readonly alignment: AlignmentRecord;
  /** Of the crop. */
  readonly width: number;
  readonly height: number;
  readonly nChecked: number;
  readonly nFailed: number;
  /** Failures first. */
  readonly images: readonly PreviewedImage[];
}

export interface PreviewedImage {
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
  /** The upright image, small, as a data URI; `null` where it cannot be decoded. */
  readonly original: string | null;
  /** Of the upright image at full size, which box and landmarks refer to. */
  readonly width: number;
  readonly height: number;
  readonly faces: readonly {
    readonly box: FaceBox | null;
    readonly landmarks: readonly number[] | null;
    readonly score: number | null;
    readonly chosen: boolean;
  }[];
  /** What the model will see, as a data URI; `null` where the image is left out. */
  readonly crop: string | null;
  /** Why it is left out; `null` where it is not. */
  readonly failure: string | null;
}
