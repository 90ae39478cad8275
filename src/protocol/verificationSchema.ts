import { z } from 'zod';
import { metrics } from '../domain/embeddingMatrix.ts';
import { pairExampleSchema } from './exampleSchema.ts';

const count = z.int().min(0);
const probability = z.number().min(0).max(1);
const interval = z.tuple([probability, probability]);
const limits = z.tuple([z.number(), z.number()]);

/** How well a model tells people apart: matched pairs (one person) against unmatched ones (two). */
export const verificationSchema = z.strictObject({
  model: z.string(),
  metric: z.enum(metrics),
  sampling: z.strictObject({
    /** `protocol`: the data set's list of pairs; `dataSet`: all its pairs, or `maxPairs` of each kind by seed. */
    pairs: z.enum(['protocol', 'dataSet']),
    maxPairs: count,
    seed: count,
    nMatchedPossible: count,
    nUnmatchedPossible: count,
  }),
  /** With a usable embedding. */
  nImages: count,
  nIdentities: count,
  nMatched: count,
  nUnmatched: count,
  /** Whether the means are over all pairs there are, or over the evaluated ones. */
  meansOver: z.enum(['allPairs', 'evaluatedPairs']),
  meanWithin: z.number(),
  /** 95 %, as all intervals here for people drawn, whom pairs share; `null`: not computed, or nothing varies. */
  meanWithinCi: limits.nullable(),
  /** Mean over identities of their own means. */
  meanWithinOverIdentities: z.number(),
  meanBetween: z.number(),
  meanBetweenCi: limits.nullable(),
  /** meanWithin / meanBetween; `null` where all distances are zero. */
  ratio: z.number().nullable(),
  ratioCi: limits.nullable(),
  ratioOverIdentities: z.number().nullable(),
  auc: probability,
  aucCi: interval.nullable(),
  /** Error rate where false accepts and false rejects are equally frequent, and the threshold there. */
  eer: probability,
  eerCi: interval.nullable(),
  eerThreshold: z.number(),
  lowestBalancedError: probability,
  tar: z.array(
    z.strictObject({
      far: probability,
      /** Largest share of matched pairs accepted at a threshold with at most this FAR. */
      tar: probability,
      /** `null` where no distance can be accepted. */
      threshold: z.number().nullable(),
      farReached: probability,
      /** 95 %, at this threshold: Wilson's with `nEffective` pairs, because pairs share people. */
      ci: interval,
      /** 95 %, Wilson's as if pairs were independent. */
      ciIndependent: interval,
      nEffective: z.number().positive(),
      /** Whether there are at least 1/FAR unmatched pairs. */
      enoughPairs: z.boolean(),
    }),
  ),
  /** Error with equal priors by kernel density: half the overlap of both densities. */
  bayesError: probability,
  overlap: probability,
  bandwidth: z.number().positive(),
  /** Of the folds in `lfw`. */
  accuracy: probability.optional(),
  lfw: z
    .strictObject({
      nFolds: count,
      accuracy: probability,
      standardError: z.number().min(0),
      /** Each with the threshold that is best on the others. */
      folds: z.array(
        z.strictObject({ fold: count, threshold: z.number(), accuracy: probability, nPairs: count }),
      ),
    })
    .nullable(),
  /** Counts in equal bins from `min` to `max`; the last bin holds `max`. */
  histograms: z.strictObject({
    min: z.number(),
    max: z.number(),
    matched: z.array(count),
    unmatched: z.array(count),
  }),
  /** Thinned; by rising threshold, `null` at the point that accepts nothing. */
  roc: z.array(z.strictObject({ far: probability, tar: probability, threshold: z.number().nullable() })),
  /** Pairs of which both images show the modality, at the thresholds in `tar`. */
  modalities: z.array(
    z.strictObject({
      attribute: z.string(),
      modality: z.enum(['positive', 'negative']),
      nMatched: count,
      nUnmatched: count,
      nIdentities: count,
      rates: z.array(
        z.strictObject({
          far: probability,
          threshold: z.number(),
          tar: probability.nullable(),
          tarCi: interval.nullable(),
          /** Share of the modality's own unmatched pairs that are accepted. */
          fmr: probability.nullable(),
          fmrCi: interval.nullable(),
        }),
      ),
    }),
  ),
  worstMatched: z.array(pairExampleSchema),
  worstUnmatched: z.array(pairExampleSchema),
});
