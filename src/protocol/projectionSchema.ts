import { z } from 'zod';
import { metrics } from '../domain/embeddingMatrix.ts';

/** A report's embeddings in two dimensions: a file of its own beside the report, since it is as large as the data set. */

export const projectionSchemaUri = 'urn:attribute-lens:projection';
export const projectionVersion = 1;
export const projectionSuffix = '.projection.json';

const count = z.int().min(0);

/** Half a million numbers: checked by a loop, since a schema for each takes a second of the window's time. */
const numbers = columnOf((value) => Number.isFinite(value), 'numbers');
const counts = columnOf((value) => Number.isInteger(value) && (value as number) >= 0, 'whole numbers from 0');
const numbersOrNull = columnOf<number | null>((value) => value === null || Number.isFinite(value), 'numbers');

const coordinates = z.strictObject({ x: numbers, y: numbers });

const modelProjectionSchema = z.strictObject({
  /** As the report names it. */
  model: z.string(),
  sha256: z.string(),
  metric: z.enum(metrics),
  umap: coordinates,
  /** `explained`: share of the variance along each axis. */
  pca: coordinates.extend({ explained: z.tuple([z.number(), z.number()]) }),
  /** Of each point its `k` nearest, point by point, nearest first: numbers of points, and distances. */
  neighbours: z.strictObject({ k: count, index: counts, distance: numbers }),
});

export const projectionSchema = z.strictObject({
  schema: z.literal('attribute-lens.projection'),
  version: z.literal(projectionVersion),
  createdBy: z.strictObject({ name: z.literal('attribute-lens'), version: z.string() }),
  /** File name of the report. */
  report: z.string(),
  /** The report's data set digest: a projection of other data is not shown. */
  datasetDigest: z.string(),
  options: z.strictObject({
    maxPoints: count,
    neighbours: count,
    minDistance: z.number(),
    epochs: count,
    seed: count,
    libraries: z.record(z.string(), z.string()),
  }),
  /** Images that could have been points. */
  nImages: count,
  /** Further images of the report, whose embeddings were not found any more. */
  nMissing: count,
  points: z.strictObject({
    /** Relative to the data set's folder; one for each point, like everything that follows. */
    images: z.array(z.string()),
    /** Number in `identityNames`. */
    identities: counts,
    identityNames: z.array(z.string()),
  }),
  /** A character for each point: `+`, `-`, or `?` where it is not known. */
  attributes: z.array(z.strictObject({ name: z.string(), codes: z.string() })),
  /** Measured or annotated numbers; `null` where there is none. */
  numbers: z.array(z.strictObject({ name: z.string(), values: numbersOrNull })),
  models: z.array(modelProjectionSchema),
});

export type Projection = z.infer<typeof projectionSchema>;
export type ModelProjection = Projection['models'][number];

function columnOf<Value = number>(isValue: (value: unknown) => boolean, what: string) {
  return z.custom<Value[]>((list) => Array.isArray(list) && list.every(isValue), {
    error: `must be a list of ${what}`,
  });
}
