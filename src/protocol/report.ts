import { z } from 'zod';
import { datasetKinds } from '../domain/datasetTable.ts';
import { diagnosticCodes, type DiagnosticCode } from '../domain/diagnostic.ts';
import { alignmentModes } from '../domain/alignment.ts';
import { metrics } from '../domain/embeddingMatrix.ts';
import { facePolicies } from '../domain/face.ts';
import { modelFamilies } from '../domain/preprocessing.ts';
import { providers, requestedProviders } from '../domain/provider.ts';
import { associationSchema, peopleSchema } from './datasetSchema.ts';
import { discriminativeSchema } from './discriminativeSchema.ts';
import { extremePairsSchema, faceExamplesSchema } from './exampleSchema.ts';
import { macroscaleSchema, modelComparisonSchema, pointRules } from './macroscaleSchema.ts';
import {
  energyValidationSchema,
  fieldAlignmentSchema,
  fieldDrawingSchema,
  latticeInputSchema,
  microscaleComparisonSchema,
  microscaleSchema,
  neighbourRule,
  retentionSchema,
} from './microscaleSchema.ts';
import { throughputSchema } from './throughputSchema.ts';
import { verificationSchema } from './verificationSchema.ts';

/** Steps of the quality subset, in the paper's order. */
export const subsetSteps = ['all', 'oneFace', 'minImages', 'outliers', 'minImagesAgain'] as const;

/** The report: the interface of the product. Extended from version to version, never renamed. */

export const reportSchemaUri = 'urn:attribute-lens:report';
export const reportVersion = 4;
export const reportSuffix = '.attrlens.json';

const count = z.int().min(0);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const probability = z.number().min(0).max(1);

const attributeRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('binary') }),
  z.strictObject({ kind: z.literal('oneVsRest'), column: z.string(), value: z.string() }),
  z.strictObject({ kind: z.literal('medianSplit'), column: z.string(), median: z.number() }),
  z.strictObject({ kind: z.literal('threshold'), column: z.string(), threshold: z.number() }),
  z.strictObject({ kind: z.literal('circularSplit'), column: z.string(), centre: z.number() }),
  z.strictObject({
    kind: z.literal('pairwise'),
    column: z.string(),
    positive: z.string(),
    negative: z.string(),
  }),
  z.strictObject({ kind: z.literal('combination'), expression: z.string() }),
]);

export const preprocessingSchema = z.strictObject({
  width: z.int().positive(),
  height: z.int().positive(),
  layout: z.enum(['NCHW', 'NHWC']),
  channels: z.enum(['RGB', 'BGR']),
  normalisation: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('affine'), mean: z.number(), scale: z.number() }),
    z.strictObject({ kind: z.literal('prewhiten') }),
    z.strictObject({ kind: z.literal('none') }),
  ]),
});

const datasetInputSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(datasetKinds),
  /** Folder of the images, relative to the report's folder, with forward slashes. */
  root: z.string(),
  /** SHA-256 over rows: image path and content, identity, attribute values. */
  digest,
  /** The table of attributes, relative like `root`; `null` where there is none. */
  annotationFile: z.string().nullable(),
  /** The data set as it was found, before anything was left out; what staleness is told by. `null`: not known. */
  source: z.strictObject({ nImages: count, digest }).nullable(),
  nImages: count,
  nIdentities: count,
  /** False: each image counted as a person of its own. */
  identitiesKnown: z.boolean(),
  attributes: z.array(z.strictObject({ name: z.string(), rule: attributeRuleSchema })),
  /** What the quality subset left after each step; empty where none was asked for. */
  subset: z.array(z.strictObject({ step: z.enum(subsetSteps), nImages: count, nIdentities: count })),
});

const providerSchema = z.strictObject({
  requested: z.enum(requestedProviders),
  ran: z.enum(providers),
  /** Share of the graph's nodes that a profile saw on `ran`. */
  nodeShare: probability,
  /** Their share of the time that the profile gives to all nodes; `null`: not kept before version 4. */
  nodeTimeShare: probability.nullable(),
  /** Smallest cosine to the CPU's results for a probe; `null` where the CPU itself ran. */
  agreement: z.number().nullable(),
  /** Providers tried before, and why each did not run. */
  refused: z.array(z.strictObject({ provider: z.enum(providers), reason: z.string() })),
});

const productSchema = z.strictObject({
  ran: z.enum(providers),
  /** From the CPU's, among the products of a probe; `null` where the CPU ran them. */
  largestDifference: z.number().min(0).nullable(),
  /** Why another provider did not run them; `null` where none was tried. */
  refused: z.string().nullable(),
});

/** What of each image the model was shown. */
export const alignmentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('landmarks'), source: z.enum(['table', 'celebaAligned']) }),
  z.strictObject({
    kind: z.literal('detected'),
    detector: z.string(),
    sha256: digest,
    family: z.enum(['scrfd', 'yunet']),
    scoreThreshold: probability,
    retryPadded: z.boolean(),
    faces: z.enum(facePolicies),
    provider: providerSchema,
  }),
]);

const modelInputSchema = z.strictObject({
  name: z.string(),
  /** The model or embedding file, relative to the report's folder, with forward slashes; `null`: not known. */
  file: z.string().nullable(),
  /** The model file's, or the embedding file's. */
  sha256: digest,
  /** `embeddings`: ready vectors that stood in for a model. */
  family: z.enum([...modelFamilies, 'embeddings']),
  why: z.string(),
  preprocessing: preprocessingSchema.nullable(),
  /** `null` for ready embeddings. */
  alignment: alignmentSchema.nullable(),
  /** The embedding of the mirrored image was added. */
  flip: z.boolean(),
  dim: count,
  metric: z.enum(metrics),
  batchSize: count,
  /** Of the numbers the model ran with. */
  precision: z.enum(['single', 'half']),
  provider: providerSchema.nullable(),
});

const attributeResultSchema = z.strictObject({
  attribute: z.string(),
  nPositive: count,
  nNegative: count,
  nUnknown: count,
  /** Mean of −1 and 1 over the images where it is known; `null` where it never is. */
  globalAverage: z.number().min(-1).max(1).nullable(),
  /** Mean over identities of the Shannon entropy of the values in an identity, nats. */
  intraEntropy: z.number().min(0).nullable(),
  /** Entropy of the density of identity means on 101 points, nats; its bandwidth is among the options. */
  interEntropy: z.number().min(0).nullable(),
});

const diagnosticSchema = z.strictObject({
  code: z.enum(diagnosticCodes as readonly [DiagnosticCode, ...DiagnosticCode[]]),
  message: z.string(),
  count: z.int().positive(),
  items: z.array(z.string()).max(100),
});

export const reportSchema = z.strictObject({
  $schema: z.string().optional(),
  schema: z.literal('attribute-lens.report'),
  version: z.literal(reportVersion),
  createdBy: z.strictObject({ name: z.literal('attribute-lens'), version: z.string() }),
  inputs: z.strictObject({
    dataset: datasetInputSchema,
    models: z.array(modelInputSchema),
    /** `null` where invariance was not measured. */
    lattice: latticeInputSchema.nullable(),
    options: z.strictObject({
      metric: z.enum(['auto', ...metrics]),
      maxIdentities: count,
      selection: z.enum(['random', 'first']),
      sameIdentity: z.enum(['exclude', 'include']),
      points: z.enum(pointRules),
      repeats: z.int().min(1),
      permutations: count,
      bootstraps: count,
      confounders: count,
      discriminativeImages: count,
      interEntropyBandwidth: z.number().positive(),
      combinations: z.array(z.string()),
      pairwiseValues: z.boolean(),
      neighbours: z.array(neighbourRule),
      alignment: z.enum(alignmentModes),
      faces: z.enum(facePolicies),
      minImages: count,
      outlierFilter: z.boolean(),
      paperCompat: z.boolean(),
    }),
    seed: count,
    /** Where matrix products of the analyses ran, in both precisions; `null`: not known, or none were needed. */
    products: z.strictObject({ double: productSchema, single: productSchema }).nullable(),
    /**
     * The job that wrote the report, so that it can be run again: its paths relative to the report's folder,
     * without the report's own and the store's. Checked as a job when it is run. `null`: not known.
     */
    job: z.looseObject({ kind: z.string() }).nullable(),
    libraries: z.record(z.string(), z.string()),
  }),
  results: z.strictObject({
    attributes: z.array(attributeResultSchema),
    /** `null` where nobody is known. */
    people: peopleSchema.nullable(),
    associations: z.array(associationSchema),
    macroscale: z.array(macroscaleSchema),
    comparisons: z.array(modelComparisonSchema),
    discriminative: z.array(discriminativeSchema),
    verification: z.array(verificationSchema),
    faces: z.array(faceExamplesSchema),
    extremes: z.array(extremePairsSchema),
    microscale: z.array(microscaleSchema),
    microscaleComparisons: z.array(microscaleComparisonSchema),
    fieldAlignments: z.array(fieldAlignmentSchema),
    retentions: z.array(retentionSchema),
    fieldDrawings: z.array(fieldDrawingSchema),
    energyValidations: z.array(energyValidationSchema),
  }),
  diagnostics: z.array(diagnosticSchema),
  /** The only part in which two runs with the same inputs and seed may differ. */
  times: z.strictObject({
    started: z.iso.datetime(),
    finished: z.iso.datetime(),
    phases: z.array(z.strictObject({ phase: z.string(), ms: z.number().min(0) })),
    /** Of each model that embedded anything in this run, over all of it. */
    throughput: z.array(
      throughputSchema.extend({
        model: z.string(),
        /** What ran it. */
        provider: z.enum(providers),
      }),
    ),
  }),
});

export type Report = z.infer<typeof reportSchema>;
export type DatasetInput = Report['inputs']['dataset'];
export type ModelInput = Report['inputs']['models'][number];
export type ProviderRecord = NonNullable<ModelInput['provider']>;
export type AttributeResult = Report['results']['attributes'][number];
export type VerificationResult = z.infer<typeof verificationSchema>;
export type { ExtremePairs, FaceExamples } from './exampleSchema.ts';
export type { Association, People } from './datasetSchema.ts';
export type { DiscriminativeResult, DiscriminativeRow } from './discriminativeSchema.ts';
export type {
  AttributeAggregate,
  ConditionalRow,
  Correlation,
  Distribution,
  MacroscaleResult,
  MacroscaleRow,
  ModelComparison,
} from './macroscaleSchema.ts';
export type {
  EnergyValidation,
  FieldAlignment,
  FieldDrawing,
  LatticeInput,
  MicroscaleComparison,
  MicroscaleResult,
  MicroscaleRow,
  Retention,
} from './microscaleSchema.ts';
