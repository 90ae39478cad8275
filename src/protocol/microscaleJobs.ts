import { z } from 'zod';
import { type LatticeAttribute, latticeAttributes } from '../domain/latticeAttribute.ts';
import { metrics } from '../domain/embeddingMatrix.ts';
import { dataSource, embeddingOptions } from './jobParts.ts';
import { neighbourRule } from './microscaleSchema.ts';
import { latticeStepsSchema } from './microscaleSettings.ts';

const augmentedLatticeSchema = z.strictObject({
  kind: z.literal('augmented'),
  attributes: z.array(z.enum(latticeAttributes)).min(1),
  /** Those not named have the default step. */
  steps: latticeStepsSchema,
  pointsPerIdentity: z.int().min(2),
  maxIdentities: z.int().min(1),
  /** Folder to write the crops to, for a look; `null`: they are never on disk. */
  writeImages: z.string().min(1).nullable(),
});

/** Where curves come from. */
export const latticeSourceSchema = z.discriminatedUnion('kind', [
  augmentedLatticeSchema,
  /** A step table, of images beside it or of ready embeddings; `data` of the job is not used. */
  z.strictObject({ kind: z.literal('table'), file: z.string().min(1) }),
  /** Ready embeddings, row i of each being one curve of one attribute of one identity. */
  z.strictObject({
    kind: z.literal('stencils'),
    start: z.string().min(1),
    base: z.string().min(1),
    end: z.string().min(1),
  }),
]);

/** The microscale of one or more models; ends with a report. */
export const invarianceJobSchema = z.strictObject({
  kind: z.literal('invariance'),
  ...dataSource,
  ...embeddingOptions,
  lattice: latticeSourceSchema,
  metric: z.enum(['auto', ...metrics]),
  neighbours: z.array(neighbourRule).min(1),
  bootstraps: z.int().min(0),
  /** Distance at which a model takes two images for one person; `null`: from the data, where identities are known. */
  threshold: z.number().positive().nullable(),
  seed: z.int().min(0),
  /** The `*.attrlens.json` to write. */
  report: z.string().min(1),
});

/** Crops along the segments of a few lattice points, as the model will see them. */
export const latticePreviewJobSchema = z.strictObject({
  kind: z.literal('latticePreview'),
  ...dataSource,
  model: embeddingOptions.models.element.nullable(),
  alignment: embeddingOptions.alignment,
  provider: embeddingOptions.provider,
  storeFolder: embeddingOptions.storeFolder,
  lattice: augmentedLatticeSchema,
  nPoints: z.int().min(1).max(50),
  seed: z.int().min(0),
});

/** The metric on fields whose energy is known. */
export const validateEnergyJobSchema = z.strictObject({
  kind: z.literal('validateEnergy'),
  seed: z.int().min(0),
  report: z.string().min(1),
});

export type LatticeSource = z.infer<typeof latticeSourceSchema>;
export type AugmentedLattice = z.infer<typeof augmentedLatticeSchema>;
export type InvarianceJob = z.infer<typeof invarianceJobSchema>;
export type LatticePreviewJob = z.infer<typeof latticePreviewJobSchema>;
export type ValidateEnergyJob = z.infer<typeof validateEnergyJobSchema>;

export interface LatticePreview {
  readonly dataset: string;
  /** Of the crop. */
  readonly width: number;
  readonly height: number;
  readonly nFailed: number;
  readonly attributes: readonly {
    readonly name: LatticeAttribute;
    readonly unit: string;
    readonly step: number;
    readonly description: string;
    readonly rows: readonly {
      readonly image: string;
      /** Three values of the attribute, and the crops there as data URIs. */
      readonly values: readonly number[];
      readonly crops: readonly string[];
    }[];
  }[];
}
