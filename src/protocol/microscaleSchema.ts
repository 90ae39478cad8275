import { z } from 'zod';
import { metrics } from '../domain/embeddingMatrix.ts';
import { latticeAttributes } from '../domain/latticeAttribute.ts';

const count = z.int().min(0);
const probability = z.number().min(0).max(1);
/** 95 %, of a bootstrap of identities. */
const interval = z.tuple([z.number(), z.number()]);
const energy = z.number().min(0).max(2);

/** How the points of a field got their neighbours: `knn:10`, `ball:0.5`, `inverse`, `all`. */
export const neighbourRule = z
  .string()
  .regex(/^(knn:[1-9]\d*|ball:(?!0*\.?0*$)\d*\.?\d+|inverse|all)$/, 'knn:10, ball:0.5, inverse or all');

/** Where the stencils come from. */
export const latticeInputSchema = z.discriminatedUnion('kind', [
  /** Made of the images themselves. */
  z.strictObject({
    kind: z.literal('augmented'),
    attributes: z.array(
      z.strictObject({ name: z.enum(latticeAttributes), unit: z.string(), step: z.number() }),
    ),
    /** For each identity, and images that they were drawn from. */
    pointsPerIdentity: count,
    nImages: count,
  }),
  /** A table of curves, of images or of ready embeddings. */
  z.strictObject({
    kind: z.literal('table'),
    file: z.string(),
    attributes: z.array(z.string()),
    nCurves: count,
    /** Left out: a step is missing. */
    nIncomplete: count,
  }),
  /** Three files of ready embeddings: start, base, end. */
  z.strictObject({ kind: z.literal('stencils'), files: z.array(z.string()) }),
]);

export const microscaleRowSchema = z.strictObject({
  attribute: z.string(),
  /** `null`: mean over identities, each counting once. */
  identity: z.string().nullable(),
  nIdentities: count,
  /** Curves whose energy is in the mean. */
  nCurves: count,
  /** Left out: start and end have the same embedding. */
  nStill: count,
  /** Left out: no neighbour within the ball. */
  nIsolated: count,
  /** 0: all neighbours move alike; 1: no common direction. `null`: see `reason`. */
  energy: energy.nullable(),
  /** For the ball, with the point itself among its neighbours, as in the paper's code. */
  energyWithSelf: energy.nullable(),
  ci: interval.nullable(),
  /** Mean distance from start to end. */
  stepLength: z.number().min(0),
  stepLengthCi: interval.nullable(),
  /** stepLength over the mean distance of two images of one person, and of two people; `null` where unknown. */
  stepOverWithin: z.number().min(0).nullable(),
  stepOverBetween: z.number().min(0).nullable(),
  /** False where no curve moves: an attribute that does nothing has no energy. */
  moves: z.boolean(),
  reason: z.string().nullable(),
});

export const microscaleSchema = z.strictObject({
  model: z.string(),
  metric: z.enum(metrics),
  neighbours: neighbourRule,
  precision: z.enum(['double', 'single']),
  bootstraps: count,
  seed: count,
  meanWithin: z.number().nullable(),
  meanBetween: z.number().nullable(),
  rows: z.array(microscaleRowSchema),
  /** Mann-Whitney over the energies of identities. */
  tests: z.array(
    z.strictObject({
      a: z.string(),
      b: z.string(),
      nA: count,
      nB: count,
      u: z.number(),
      p: probability,
      pAdjusted: probability,
      pHolm: probability,
    }),
  ),
});

/** Mean over base points of 1 − cos between the vectors of two attributes there, mean over identities. */
export const fieldAlignmentSchema = z.strictObject({
  model: z.string(),
  attributes: z.array(z.string()),
  /** Row by row; `null` where no base point has both. */
  values: z.array(z.array(energy.nullable())),
  nCurves: z.array(z.array(count)),
});

/** Mean distance of step i to step j of a segment. */
export const retentionSchema = z.strictObject({
  model: z.string(),
  attribute: z.string(),
  steps: z.array(z.string()),
  nCurves: count,
  distances: z.array(z.array(z.number().min(0))),
  /** Share of segments whose step i lies farther from step j than the verification threshold. */
  beyond: z.array(z.array(probability)).nullable(),
  threshold: z.number().nullable(),
});

/** A field in two dimensions: the plane of the base points' two leading principal components. */
export const fieldDrawingSchema = z.strictObject({
  model: z.string(),
  attribute: z.string(),
  identity: z.string(),
  energy: energy.nullable(),
  /** Share of the base points' variance in the plane. */
  explained: probability,
  /** x, y, and the direction's components in the plane, for each point. */
  arrows: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
});

/** Energy of `modelA` less that of `modelB`, on the same identities; paired bootstrap. */
export const microscaleComparisonSchema = z.strictObject({
  modelA: z.string(),
  modelB: z.string(),
  neighbours: neighbourRule,
  rows: z.array(
    z.strictObject({ attribute: z.string(), nIdentities: count, difference: z.number(), ci: interval }),
  ),
});

/** The metric on fields whose energy is known. */
export const energyValidationSchema = z.strictObject({
  field: z.enum([
    'vonMisesFisher',
    'aligned',
    'clustered',
    'halfMixed',
    'random',
    'linearInvariant',
    'linearAligned',
  ]),
  dim: z.int().positive(),
  kappa: z.number().nullable(),
  nCurves: count,
  nDraws: count,
  neighbours: neighbourRule,
  /** `null`: the field does not move, and has no energy. */
  measured: energy.nullable(),
  standardError: z.number().nullable(),
  analytic: energy.nullable(),
  z: z.number().nullable(),
});

export type LatticeInput = z.infer<typeof latticeInputSchema>;
export type MicroscaleResult = z.infer<typeof microscaleSchema>;
export type MicroscaleRow = z.infer<typeof microscaleRowSchema>;
export type FieldAlignment = z.infer<typeof fieldAlignmentSchema>;
export type Retention = z.infer<typeof retentionSchema>;
export type FieldDrawing = z.infer<typeof fieldDrawingSchema>;
export type MicroscaleComparison = z.infer<typeof microscaleComparisonSchema>;
export type EnergyValidation = z.infer<typeof energyValidationSchema>;
