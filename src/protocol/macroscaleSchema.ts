import { z } from 'zod';
import { metrics } from '../domain/embeddingMatrix.ts';

const count = z.int().min(0);
const probability = z.number().min(0).max(1);
/** 95 %, of a bootstrap of identities. */
const interval = z.tuple([z.number(), z.number()]);

/** Which points the distances are of. */
export const pointRules = ['sample', 'oneImage', 'centroids', 'everyImage'] as const;
export type PointRule = (typeof pointRules)[number];

export const macroscaleRowSchema = z.strictObject({
  attribute: z.string(),
  modality: z.enum(['positive', 'negative']),
  /** Points of this modality, and the identities they are of. */
  nImages: count,
  nIdentities: count,
  nWithin: count,
  nCross: count,
  /** KS distance between within-modality and cross-modality distances. */
  ks: probability,
  /** From counts in bins `ks` is a lower bound, and this is the upper one; `null`: `ks` is exact. */
  ksUpper: probability.nullable(),
  /** The distance at which the two distribution functions are farthest apart, and both there. */
  location: z.number(),
  cdfWithin: probability,
  cdfCross: probability,
  /** +1: members of the modality lie closer to each other than to the other modality; −1: farther. */
  sign: z.union([z.literal(1), z.literal(-1)]),
  meanWithin: z.number(),
  meanCross: z.number(),
  /** As in the paper: as if pairs were independent, which they are not. */
  pNaive: probability,
  log10PNaive: z.number().max(0).nullable(),
  pMethod: z.enum(['exact', 'asymptotic']),
  /** (b + 1)/(m + 1) over m permutations of the modality; like the five below, `null` where none were made. */
  pPermutation: probability.nullable(),
  /** Benjamini-Hochberg, and Holm, over attributes × modalities × models. */
  pAdjusted: probability.nullable(),
  pHolm: probability.nullable(),
  /** 95 % quantile of KS among the permutations: a smaller distance is noise. */
  null95: probability.nullable(),
  /** n₁n₂/(n₁ + n₂) of independent samples whose KS has that quantile. */
  nEffective: z.number().positive().nullable(),
  /** KS times its sign. */
  ci: interval.nullable(),
  /** Probability that a within distance is smaller than a cross one, ties half; Cliff's delta is 2·auc − 1. `null`: not known to reports before version 3. */
  auc: probability.nullable(),
  aucCi: interval.nullable(),
  /** (meanCross − meanWithin) / standard deviation of cross; `null` where that is zero. */
  meanDifference: z.number().nullable(),
  meanDifferenceCi: interval.nullable(),
  /** KS times its sign over independent draws of the sample; `null` where one was made. */
  repeats: z
    .strictObject({
      n: z.int().min(2),
      mean: z.number(),
      sd: z.number().min(0),
      min: z.number(),
      max: z.number(),
    })
    .nullable(),
});

/** What the two modalities of an attribute give together. */
export const attributeAggregateSchema = z.strictObject({
  attribute: z.string(),
  ksMax: probability,
  ksMean: probability,
  /** Image counts times KS, summed: «weighted» in the paper. And divided by all images. */
  ksWeightedSum: z.number().min(0),
  ksWeightedMean: probability,
  /** 2·meanCross − meanWithin⁺ − meanWithin⁻ (Székely and Rizzo). */
  energyDistance: z.number(),
  pEnergy: probability.nullable(),
  pEnergyAdjusted: probability.nullable(),
  energyDistanceCi: interval.nullable(),
});

export const ksAggregates = ['ksMax', 'ksMean', 'ksWeightedSum', 'ksWeightedMean'] as const;
export type KsAggregate = (typeof ksAggregates)[number];
export const entropyMeasures = ['intraEntropy', 'interEntropy'] as const;
export type EntropyMeasure = (typeof entropyMeasures)[number];

/** Spearman's rank correlation over attributes; `null` with fewer than three of them or without variation. */
export const correlationSchema = z.strictObject({
  aggregate: z.enum(ksAggregates),
  against: z.enum(entropyMeasures),
  nAttributes: count,
  rho: z.number().min(-1).max(1).nullable(),
  p: probability.nullable(),
});

/** KS where both modalities have the same share of another attribute: images matched within its two strata. */
export const conditionalRowSchema = z.strictObject({
  attribute: z.string(),
  given: z.string(),
  modality: z.enum(['positive', 'negative']),
  nIdentities: count,
  nWithin: count,
  nCross: count,
  ks: probability,
  sign: z.union([z.literal(1), z.literal(-1)]),
  /** As many images, drawn without matching. */
  ksUnmatched: probability,
  signUnmatched: z.union([z.literal(1), z.literal(-1)]),
  permutations: count,
  pPermutation: probability.nullable(),
  null95: probability.nullable(),
});

/** Counts in equal bins from `min` to `max`; the last bin holds `max`. */
export const distributionSchema = z.strictObject({
  attribute: z.string(),
  min: z.number(),
  max: z.number(),
  withinPositive: z.array(count),
  withinNegative: z.array(count),
  cross: z.array(count),
});

export const macroscaleSchema = z.strictObject({
  model: z.string(),
  metric: z.enum(metrics),
  sampling: z.strictObject({
    points: z.enum(pointRules),
    selection: z.enum(['random', 'first']),
    maxIdentities: count,
    sameIdentity: z.enum(['exclude', 'include']),
    repeats: z.int().min(1),
    seed: count,
  }),
  inference: z.strictObject({
    permutations: count,
    bootstraps: count,
    /** Bins of the distances that permutations and replicates are counted in. */
    nBins: count,
    /** Where all points were too many: p-values and intervals are of this many at most, drawn by identity. */
    maxPoints: z.int().positive().nullable(),
  }),
  rows: z.array(macroscaleRowSchema),
  attributes: z.array(attributeAggregateSchema),
  correlations: z.array(correlationSchema),
  conditional: z.array(conditionalRowSchema),
  distributions: z.array(distributionSchema),
});

/** Signed KS of `modelA` less that of `modelB`, on the same images; the interval is of a paired bootstrap. */
export const modelComparisonSchema = z.strictObject({
  modelA: z.string(),
  modelB: z.string(),
  bootstraps: count,
  rows: z.array(
    z.strictObject({
      attribute: z.string(),
      modality: z.enum(['positive', 'negative']),
      nIdentities: count,
      difference: z.number(),
      ci: interval,
    }),
  ),
});

export type MacroscaleResult = z.infer<typeof macroscaleSchema>;
export type MacroscaleRow = z.infer<typeof macroscaleRowSchema>;
export type AttributeAggregate = z.infer<typeof attributeAggregateSchema>;
export type Correlation = z.infer<typeof correlationSchema>;
export type ConditionalRow = z.infer<typeof conditionalRowSchema>;
export type ModelComparison = z.infer<typeof modelComparisonSchema>;
export type Distribution = z.infer<typeof distributionSchema>;
