import { z } from 'zod';
import { type AlignmentOptions, alignmentModes } from '../domain/alignment.ts';
import { facePolicies } from '../domain/face.ts';
import { requestedProviders } from '../domain/provider.ts';
import { modelOverrideSchema } from './settings.ts';

/** What several kinds of jobs have in common. */

export const dataSource = {
  /** Folder of images or a CSV table. */
  data: z.string().min(1),
  /** Where annotations lie, if not with the images. */
  annotations: z.string().min(1).nullable(),
};

export const alignmentOptionsSchema = z.strictObject({
  mode: z.enum(alignmentModes),
  detector: z.string().min(1).nullable(),
  scoreThreshold: z.number().min(0).max(1).nullable(),
  retryPadded: z.boolean(),
  faces: z.enum(facePolicies),
}) satisfies z.ZodType<AlignmentOptions>;

export const embeddingOptions = {
  /** `path` absolute in each. */
  models: z.array(modelOverrideSchema),
  alignment: alignmentOptionsSchema,
  /** Swap channels as the paper's scripts did. */
  paperCompat: z.boolean(),
  provider: z.enum(requestedProviders),
  batchSize: z.int().min(1),
  halfPrecision: z.boolean(),
  storeFolder: z.string().min(1),
};

export const readyEmbeddingsSchema = z.strictObject({
  file: z.string().min(1),
  /** A CSV naming the image of each row; `null`: rows follow the annotation table. */
  list: z.string().min(1).nullable(),
});

/** How attributes are made and described. */
export const annotationOptions = {
  interEntropyBandwidth: z.number().positive(),
  combinations: z.array(z.string().min(1)),
  pairwiseValues: z.boolean(),
};
