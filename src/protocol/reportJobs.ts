import { z } from 'zod';

/** Jobs that begin with a report. They find the data set and the models by `inputs.job` of the report. */

const report = z.string().min(1);
const storeFolder = z.string().min(1);

/** Two dimensions of the embeddings that the store holds: PCA and UMAP. Opens no model. */
export const projectJobSchema = z.strictObject({
  kind: z.literal('project'),
  report,
  /** The `*.projection.json` to write. */
  out: z.string().min(1),
  storeFolder,
  /** More images than these are thinned by seed. */
  maxPoints: z.int().min(10).max(50_000),
  neighbours: z.int().min(2).max(200),
  minDistance: z.number().min(0).max(1),
  seed: z.int().min(0),
});

/** Two reports, attribute by attribute; ends with a comparison, a `*.attrlens.json` too. */
export const compareJobSchema = z.strictObject({
  kind: z.literal('compare'),
  reports: z.tuple([report, report]),
  /** The comparison to write. */
  report,
});

/** Everything in a report as files: CSV, Parquet, figures, a LaTeX table, a page for a browser. */
export const exportJobSchema = z.strictObject({
  kind: z.literal('export'),
  report,
  /** Folder to write to; made where it is missing. */
  out: z.string().min(1),
});

/** Whether a report's inputs are still what they were. Opens no model. */
export const checkJobSchema = z.strictObject({ kind: z.literal('check'), report, storeFolder });

/** Images as one of the report's models saw them, small. Landmarks come from the data set or the store: no model is opened. */
export const cropsJobSchema = z.strictObject({
  kind: z.literal('crops'),
  report,
  /** As the report names it; `null`: whole images. */
  model: z.string().nullable(),
  images: z.array(z.string().min(1)).min(1),
  storeFolder,
});

export type ProjectJob = z.infer<typeof projectJobSchema>;
export type CompareJob = z.infer<typeof compareJobSchema>;
export type ExportJob = z.infer<typeof exportJobSchema>;
export type CheckJob = z.infer<typeof checkJobSchema>;
export type CropsJob = z.infer<typeof cropsJobSchema>;

export const freshnessStates = ['current', 'stale', 'unknown'] as const;

export interface Freshness {
  /** `unknown`: the report does not say what it was made of, or it cannot be found. */
  readonly state: (typeof freshnessStates)[number];
  /** A sentence for each change, or for what cannot be told. */
  readonly changes: readonly string[];
}

export interface Crop {
  readonly image: string;
  /** JPEG as a data URI, 112 pixels at most; `null` where there is none. */
  readonly uri: string | null;
}

export type ReportJobResult =
  | { readonly kind: 'project'; readonly projection: string }
  | { readonly kind: 'compare'; readonly report: string }
  | { readonly kind: 'export'; readonly folder: string; readonly files: readonly string[] }
  | { readonly kind: 'check'; readonly freshness: Freshness }
  | { readonly kind: 'crops'; readonly crops: readonly Crop[] };
