import { z } from 'zod';

const count = z.int().min(0);
const probability = z.number().min(0).max(1);

/** Means over folds of what a logistic regression says of images that it was not fitted to. */
const schemeSchema = z.strictObject({
  accuracy: probability,
  /** Mean recall of both modalities. */
  balancedAccuracy: probability,
  auc: probability,
  /** Standard deviation of the balanced accuracy over folds, divided by their number. */
  sd: z.number().min(0),
});

/** How well a linear classifier reads an attribute off the embedding. */
export const discriminativeSchema = z.strictObject({
  model: z.string(),
  /** `unitNorm`: rows divided by their length, for cosine. */
  inputs: z.enum(['unitNorm', 'raw']),
  nFolds: count,
  /** Inverse strength of the L2 penalty, as in scikit-learn. */
  c: z.number().positive(),
  maxImages: count,
  seed: count,
  rows: z.array(
    z.strictObject({
      attribute: z.string(),
      nImages: count,
      nIdentities: count,
      nPositive: count,
      /** Share of the more frequent modality: the accuracy of who always guesses it. */
      majority: probability,
      /** Folds of images, as in the paper: the same people in training and test. `null`: not possible. */
      stratified: schemeSchema.nullable(),
      /** No person in both: the honest one. */
      byIdentity: schemeSchema.nullable(),
      /** Balanced accuracy of the first less that of the second: people recognised, not attributes. */
      leakage: z.number().nullable(),
    }),
  ),
});

export type DiscriminativeResult = z.infer<typeof discriminativeSchema>;
export type DiscriminativeRow = DiscriminativeResult['rows'][number];
