import { z } from 'zod';
import { definitionAnchors } from './definitions.ts';
import type { Comparison } from './comparisonSchema.ts';
import type { AlignmentPreview } from './jobs.ts';
import { entropyMeasures, ksAggregates } from './macroscaleSchema.ts';
import type { LatticePreview } from './microscaleJobs.ts';
import type { Projection } from './projectionSchema.ts';
import type { Report } from './report.ts';
import type { Freshness } from './reportJobs.ts';
import { maxThumbnails } from './thumbnailLimit.ts';

export { webviewProtocolVersion } from './webviewProtocolVersion.ts';

const ready = z.strictObject({ type: z.literal('ready'), version: z.int() });
const showLog = z.strictObject({ type: z.literal('showLog') });
const pageError = z.strictObject({ type: z.literal('pageError'), message: z.string() });
/** Open an image in the editor; `path` as the page was told it. The host opens only what it has named itself. */
const openImage = z.strictObject({ type: z.literal('openImage'), path: z.string().min(1) });

/** From the report page to the host. `ready` comes first, always. */
export const pageMessageSchema = z.discriminatedUnion('type', [
  ready,
  /** Open the report as text beside the page. */
  z.strictObject({ type: z.literal('openAsText') }),
  showLog,
  z.strictObject({ type: z.literal('copy'), text: z.string().max(10_000_000) }),
  pageError,
  /** Small pictures of images of the data set, named as in the report; answered by `thumbnails` with this id. */
  z.strictObject({
    type: z.literal('requestThumbnails'),
    id: z.int(),
    images: z.array(z.string().min(1)).min(1).max(maxThumbnails),
    /** As this model of the report saw them; `null`: whole. */
    model: z.string().nullable(),
  }),
  /** `path` is an image of the data set, named as in the report. */
  openImage,
  /** Show what a number means. */
  z.strictObject({ type: z.literal('openDefinition'), anchor: z.enum(definitionAnchors) }),
  /** Show the image's row in the annotation file, beside. */
  z.strictObject({ type: z.literal('openRow'), image: z.string().min(1) }),
  /** Asks where to, then writes a chart or a table. `encoding` is that of `content`. */
  z.strictObject({
    type: z.literal('saveFile'),
    name: z.string().min(1).max(200),
    encoding: z.enum(['utf8', 'base64']),
    content: z.string().max(100_000_000),
  }),
  /** Everything as one folder. */
  z.strictObject({ type: z.literal('exportReport') }),
  /** Answered by `projection`, at once; `start` computes it where there is none, or anew. */
  z.strictObject({ type: z.literal('requestProjection'), start: z.boolean() }),
  /** The same job once more. */
  z.strictObject({ type: z.literal('rerun') }),
  /** Asks for another report to compare with. */
  z.strictObject({ type: z.literal('compare') }),
]);
export type PageMessage = z.infer<typeof pageMessageSchema>;

/** From the host to the report page. */
export type HostMessage =
  | { readonly type: 'report'; readonly report: Report; readonly fileName: string }
  /** The file is no report, from a newer version, or gone; a sentence that says which. */
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'comparison'; readonly comparison: Comparison; readonly fileName: string }
  /** Whether the inputs are still what they were; comes when it is known. */
  | { readonly type: 'freshness'; readonly freshness: Freshness }
  /** `null`: there is none (yet). `running`: how far its job is, in words and percent. */
  | {
      readonly type: 'projection';
      readonly projection: Projection | null;
      readonly running: { readonly message: string; readonly percent: number } | null;
      /** Why there is none, where that can be said. */
      readonly failure: string | null;
    }
  | {
      readonly type: 'thumbnails';
      readonly id: number;
      readonly thumbnails: readonly Thumbnail[];
      /** Why there are none at all and what to do, as a sentence; left out where there are. */
      readonly failure?: string | null;
    }
  | VersionMismatch;

/** A picture that the page's policy lets through (a URI of the webview, or `data:`); `null` where there is none. */
export interface Thumbnail {
  readonly image: string;
  /** As in the request. */
  readonly model: string | null;
  readonly uri: string | null;
}

export interface VersionMismatch {
  readonly type: 'versionMismatch';
  readonly hostVersion: number;
}

/** From the alignment preview to the host. `path` of `openImage` is that of a previewed image. */
export const previewPageMessageSchema = z.discriminatedUnion('type', [ready, showLog, pageError, openImage]);
export type PreviewPageMessage = z.infer<typeof previewPageMessageSchema>;

/** From the host to the alignment preview. */
export type PreviewHostMessage =
  | { readonly type: 'preview'; readonly preview: AlignmentPreview }
  /** Why there is no preview, as a sentence. */
  | { readonly type: 'failed'; readonly message: string }
  | VersionMismatch;

/** What the alignment preview keeps over a reload. */
export interface PreviewPageState {
  readonly failuresOnly?: boolean;
}

/** From the lattice preview to the host. */
export const latticePageMessageSchema = z.discriminatedUnion('type', [ready, showLog, pageError]);
export type LatticePageMessage = z.infer<typeof latticePageMessageSchema>;

/** From the host to the lattice preview. */
export type LatticeHostMessage =
  { readonly type: 'lattice'; readonly preview: LatticePreview } | VersionMismatch;

export const pKinds = ['adjusted', 'permutation', 'holm', 'naive'] as const;
export type PKind = (typeof pKinds)[number];

/** KS of one modality, signed, or the larger of both. */
export const comparedMeasures = ['max', 'positive', 'negative'] as const;
export type ComparedMeasure = (typeof comparedMeasures)[number];

/** Which correlations the map of associations shows, and in which order. */
export const associationMeasures = ['phi', 'phiOfPeople'] as const;
export type AssociationMeasure = (typeof associationMeasures)[number];
export const associationOrders = ['similarity', 'name'] as const;
export type AssociationOrder = (typeof associationOrders)[number];

export const scores = ['balancedAccuracy', 'accuracy', 'auc'] as const;
export type Score = (typeof scores)[number];

export const projectionMethods = ['umap', 'pca'] as const;
export type ProjectionMethod = (typeof projectionMethods)[number];

/** What the report page keeps over a reload, in the webview's own state. */
export const pageStateSchema = z.object({
  model: z.string().optional(),
  attribute: z.string().optional(),
  filter: z.string().optional(),
  sort: z.object({ column: z.string(), descending: z.boolean() }).optional(),
  view: z.enum(['chart', 'table']).optional(),
  /** Whether a modality that spreads points left of zero. */
  signed: z.boolean().optional(),
  section: z.string().optional(),
  /** False accept rate whose threshold the modalities are judged by. */
  far: z.number().optional(),
  /** Order of the modalities' accept rates. */
  tarSort: z.object({ column: z.string(), descending: z.boolean() }).optional(),
  /** Which p the significance table shows. */
  pKind: z.enum(pKinds).optional(),
  pSort: z.object({ column: z.string(), descending: z.boolean() }).optional(),
  /** The two models that are compared. */
  modelX: z.string().optional(),
  modelY: z.string().optional(),
  /** What is compared of them. */
  measure: z.enum(comparedMeasures).optional(),
  differenceSort: z.object({ column: z.string(), descending: z.boolean() }).optional(),
  /** Order of the data set's attributes. */
  dataSort: z.object({ column: z.string(), descending: z.boolean() }).optional(),
  /** KS of an attribute against its entropy: which of each. */
  ksAggregate: z.enum(ksAggregates).optional(),
  entropy: z.enum(entropyMeasures).optional(),
  association: z.enum(associationMeasures).optional(),
  associationOrder: z.enum(associationOrders).optional(),
  /** The attribute whose association with `attribute` is looked at. */
  other: z.string().optional(),
  /** What a linear classifier is judged by. */
  score: z.enum(scores).optional(),
  scoreSort: z.object({ column: z.string(), descending: z.boolean() }).optional(),
  /** The rule by which points of a field got their neighbours. */
  neighbours: z.string().optional(),
  /** Attributes of a lattice are others than those of the data set. */
  latticeAttribute: z.string().optional(),
  latticeFilter: z.string().optional(),
  energySort: z.object({ column: z.string(), descending: z.boolean() }).optional(),
  /** Whether energies of all models stand side by side. */
  byModel: z.boolean().optional(),
  /** Whose fields are drawn. */
  fieldIdentity: z.string().optional(),
  /** The model that energies are compared with. */
  comparedModel: z.string().optional(),
  projectionMethod: z.enum(projectionMethods).optional(),
  /** What points are coloured by: `none`, `attribute:<name>` or `number:<name>`. */
  projectionColour: z.string().optional(),
  projectionView: z.enum(['chart', 'table']).optional(),
});
export type PageState = z.infer<typeof pageStateSchema>;
