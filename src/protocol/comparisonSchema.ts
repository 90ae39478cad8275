import { z } from 'zod';
import { neighbourRule } from './microscaleSchema.ts';
import { reportSchema } from './report.ts';

/** Two reports side by side; a `*.attrlens.json` like them, told apart by `schema`. */

export const comparisonSchemaUri = 'urn:attribute-lens:comparison';
export const comparisonVersion = 1;

const count = z.int().min(0);
const interval = z.tuple([z.number(), z.number()]);

/** A value on both sides. */
const measured = z.strictObject({
  value: z.number(),
  ci: interval.nullable(),
  /** People, curves or pairs it rests on. */
  n: count,
});

const comparedSchema = {
  attribute: z.string(),
  /** `null` where a side lacks it. */
  before: measured.nullable(),
  after: measured.nullable(),
  /** After minus before; `null` where a side lacks it. */
  difference: z.number().nullable(),
  /**
   * 95 %, from the intervals of both sides (MOVER: Zou and Donner 2008), as if they were independent: wider than
   * need be where the two rise and fall together, as on the same people. `null` where a side has no interval.
   */
  differenceCi: interval.nullable(),
};

/** One model of each side; its name on either. */
const pairSchema = z.strictObject({
  before: z.string(),
  after: z.string(),
  metricsAgree: z.boolean(),
  macroscale: z.array(z.strictObject({ ...comparedSchema, modality: z.enum(['positive', 'negative']) })),
  /** Pearson and Spearman of KS over the rows that both sides have; `null` for fewer than three. */
  macroscaleCorrelation: z.strictObject({ pearson: z.number(), spearman: z.number(), n: count }).nullable(),
  /** The rule of the energies on each side; `null` where a side has none. */
  neighbours: z.tuple([neighbourRule, neighbourRule]).nullable(),
  microscale: z.array(z.strictObject(comparedSchema)),
  /** `attribute` is the measure: `auc`, `eer`, `tar@0.001`, `accuracy`, `meanWithin`, `meanBetween`. */
  verification: z.array(z.strictObject(comparedSchema)),
});

export const comparisonSchema = z.strictObject({
  $schema: z.string().optional(),
  schema: z.literal('attribute-lens.comparison'),
  version: z.literal(comparisonVersion),
  createdBy: z.strictObject({ name: z.literal('attribute-lens'), version: z.string() }),
  sides: z.tuple([sideSchema(), sideSchema()]),
  /** What differs between the inputs: a dotted name, and the value on each side as text. */
  changes: z.array(z.strictObject({ input: z.string(), before: z.string(), after: z.string() })),
  /** Every model of the first report with every model of the second; models of one content first. */
  pairs: z.array(pairSchema),
  /** Sentences on what could not be compared and why. */
  notes: z.array(z.string()),
});

export type Comparison = z.infer<typeof comparisonSchema>;
export type ComparisonPair = Comparison['pairs'][number];
export type ComparedRow = ComparisonPair['microscale'][number];
export type ComparedModality = ComparisonPair['macroscale'][number];

function sideSchema() {
  return z.strictObject({
    /** Relative to the comparison's folder. */
    file: z.string(),
    inputs: reportSchema.shape.inputs,
    finished: z.iso.datetime(),
  });
}
