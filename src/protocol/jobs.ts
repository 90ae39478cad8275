import { z } from 'zod';
import { metrics } from '../domain/embeddingMatrix.ts';
import { requestedProviders } from '../domain/provider.ts';
import { modelOverrideSchema } from './settings.ts';

/** Jobs of the engine. All paths are absolute; settings are resolved before they cross a process. */

const dataSource = {
  /** Folder of images or a CSV table. */
  data: z.string().min(1),
  /** Where annotations lie, if not with the images. */
  annotations: z.string().min(1).nullable(),
};

const embeddingOptions = {
  /** `path` absolute in each. */
  models: z.array(modelOverrideSchema),
  provider: z.enum(requestedProviders),
  batchSize: z.int().min(1),
  storeFolder: z.string().min(1),
};

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

export const readyEmbeddingsSchema = z.strictObject({
  file: z.string().min(1),
  /** A CSV naming the image of each row; `null`: rows follow the annotation table. */
  list: z.string().min(1).nullable(),
});

export const analyzeJobSchema = z.strictObject({
  kind: z.literal('analyze'),
  ...dataSource,
  ...embeddingOptions,
  /** Stands in for models. */
  embeddings: readyEmbeddingsSchema.nullable(),
  metric: z.enum(['auto', ...metrics]),
  maxIdentities: z.int().min(2),
  selection: z.enum(['random', 'first']),
  sameIdentity: z.enum(['exclude', 'include']),
  seed: z.int().min(0),
  /** The `*.attrlens.json` to write. */
  report: z.string().min(1),
});

export const jobSchema = z.discriminatedUnion('kind', [
  sampleJobSchema,
  baselineJobSchema,
  embedJobSchema,
  analyzeJobSchema,
]);

export type Job = z.infer<typeof jobSchema>;
export type JobKind = Job['kind'];
export type SampleJob = z.infer<typeof sampleJobSchema>;
export type BaselineJob = z.infer<typeof baselineJobSchema>;
export type EmbedJob = z.infer<typeof embedJobSchema>;
export type AnalyzeJob = z.infer<typeof analyzeJobSchema>;

/** What a finished job left on disk, and its outcome in a few numbers. */
export type JobResult =
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
  | { readonly kind: 'analyze'; readonly report: string };

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
