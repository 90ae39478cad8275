import { basename } from 'node:path';
import type { QualityStepCount } from '../../analyses/qualitySubset.ts';
import { openDataset } from '../../datasets/openDataset.ts';
import { type ReadyEmbeddings, readReadyEmbeddings } from '../../datasets/readyEmbeddings.ts';
import { type DatasetTable, selectRows } from '../../domain/datasetTable.ts';
import type { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { EmbeddingMatrix, Metric } from '../../domain/embeddingMatrix.ts';
import type { JobContext, Throughput } from '../../domain/progress.ts';
import type { AnalyzeJob } from '../../protocol/jobs.ts';
import type { DatasetInput, ModelInput } from '../../protocol/report.ts';
import { withComputedAttributes } from './computedAttributes.ts';
import { type EmbeddedImages, type EmbeddedModel, embedModels } from './embedModels.ts';
import { datasetSource } from './datasetReport.ts';
import { checkExpressions, checkMadeAttributes, withMadeAttributes } from './madeAttributes.ts';
import { faceAttributes, normAttribute, withAttributes } from './measuredAttributes.ts';
import { countIdentities, keepRows, type OpenedImages, openImages } from './openImages.ts';
import { modelInput, readyModelInput, uniqueNames } from './modelInput.ts';
import { asksForSubset, qualityRows } from './qualityRows.ts';

/** What analyses work on: the same rows for every model. */
export interface AnalysisInput {
  readonly table: DatasetTable;
  /** Content of each row's image, or `null` where ready embeddings stand in for images. */
  readonly keys: readonly (string | null)[];
  readonly models: readonly AnalysisModel[];
  /** What the quality subset left after each step; empty where none was asked for. */
  readonly subset: readonly QualityStepCount[];
  /** The data set before anything was left out. */
  readonly source: DatasetInput['source'];
  readonly close: () => void;
}

export interface AnalysisModel {
  readonly input: ModelInput;
  readonly throughput: Throughput | null;
  /** Reads the matrix when it is needed: one model's is in memory at a time. */
  readonly embeddings: () => EmbeddingMatrix;
}

/** Opens the data set and embeds it, or reads the embeddings that stand in for a model. */
export async function openAnalysisInput(
  job: AnalyzeJob,
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<AnalysisInput> {
  checkExpressions(job);
  return job.embeddings === null
    ? embedInput(job, libraries, context, diagnostics)
    : readInput(job, job.embeddings, context, diagnostics);
}

async function embedInput(
  job: AnalyzeJob,
  libraries: Readonly<Record<string, string>>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<AnalysisInput> {
  const opened = await openImages(job, context, diagnostics);
  checkMadeAttributes(opened.table, job);
  const measured = await withComputedAttributes(opened, job, libraries, context, diagnostics);
  const embedded = await embedModels(measured, job, libraries, context, diagnostics);
  try {
    const { images, subset } = await qualityImages(measured, embedded, job, context, diagnostics);
    const names = uniqueNames(embedded.models.map(({ model }) => model.name));
    const table = job.imageStatistics ? withMeasures(images, embedded, names) : images.table;
    return {
      table: withMadeAttributes(table, job, diagnostics),
      keys: images.keys,
      models: embedded.models.map((model, i) => ({
        input: modelInput(names[i]!, model, job.models[i]!.path, job),
        throughput: model.throughput,
        embeddings: () => gather(model, images),
      })),
      subset,
      source: datasetSource(opened.table, opened.keys),
      close: embedded.close,
    };
  } catch (error) {
    embedded.close();
    throw error;
  }
}

function withMeasures(
  images: OpenedImages,
  { models, faces }: EmbeddedImages,
  names: readonly string[],
): DatasetTable {
  const norms = models.flatMap((embedded, i) => {
    const name = models.length === 1 ? 'embeddingNorm' : `embeddingNorm of ${names[i]!}`;
    const own = embedded.store.gatherNorms(images.table.images.map((image) => embedded.keys.get(image)!));
    return normAttribute(name, gather(embedded, images), own);
  });
  const ofFaces = faces.size > 0 ? faceAttributes(images.table, faces) : [];
  return withAttributes(images.table, [...ofFaces, ...norms]);
}

function gather({ model, store, keys }: EmbeddedModel, { table }: OpenedImages): EmbeddingMatrix {
  const data = store.gather(table.images.map((name) => keys.get(name)!));
  return { rows: table.images.length, dim: model.dim, data };
}

/** The paper's quality subset, where it is asked for. Images without a single face are gone already. */
async function qualityImages(
  opened: OpenedImages,
  { images, models }: EmbeddedImages,
  job: AnalyzeJob,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<{ readonly images: OpenedImages; readonly subset: readonly QualityStepCount[] }> {
  const [first] = models;
  if (!asksForSubset(job) || first === undefined) return { images, subset: [] };
  // Outliers are told by the first model.
  const metric = job.metric === 'auto' ? first.model.profile.metric : job.metric;
  const { rows, steps } = await qualityRows(
    images.table,
    () => gather(first, images),
    { ...job, metric },
    context.signal,
    diagnostics,
  );
  const isAligned = models.some(({ alignment }) => alignment.kind === 'detected');
  const all = {
    step: 'all',
    nImages: opened.keys.length,
    nIdentities: countIdentities(opened.table),
  } as const;
  const [embedded, ...later] = steps;
  const faces = isAligned && embedded ? [{ ...embedded, step: 'oneFace' as const }] : [];
  return { images: keepRows(images, rows, job.data), subset: [all, ...faces, ...later] };
}

async function readInput(
  job: AnalyzeJob,
  { file, list }: NonNullable<AnalyzeJob['embeddings']>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<AnalysisInput> {
  context.progress({ phase: 'scan', done: 0, total: 1, item: job.data });
  const annotated = await openDataset({
    data: job.data,
    annotations: job.annotations,
    signal: context.signal,
    requireImages: false,
  });
  diagnostics.addAll(annotated.diagnostics);
  const ready = await readReadyEmbeddings(file, list, annotated, context.signal);
  diagnostics.addAll(ready.diagnostics);
  context.progress({ phase: 'scan', done: 1, total: 1, item: job.data });
  const name = basename(file).replace(/\.(npy|parquet)$/i, '');
  const input = readyModelInput(name, ready, ready.matrix.dim, file, job);
  const { table, matrix, subset } = await qualityEmbeddings(ready, input.metric, job, context, diagnostics);
  return {
    table: withMadeAttributes(table, job, diagnostics),
    keys: table.images.map(() => null),
    models: [{ input, throughput: null, embeddings: () => matrix }],
    subset,
    source: datasetSource(
      annotated,
      annotated.images.map(() => null),
    ),
    close: () => undefined,
  };
}

/** The quality subset of ready embeddings; faces in their images are unknown. */
async function qualityEmbeddings(
  { table, matrix }: ReadyEmbeddings,
  metric: Metric,
  job: AnalyzeJob,
  { signal }: JobContext,
  diagnostics: DiagnosticLog,
): Promise<{
  readonly table: DatasetTable;
  readonly matrix: EmbeddingMatrix;
  readonly subset: readonly QualityStepCount[];
}> {
  if (!asksForSubset(job)) return { table, matrix, subset: [] };
  const { rows, steps } = await qualityRows(table, () => matrix, { ...job, metric }, signal, diagnostics);
  const data = new Float32Array(rows.length * matrix.dim);
  rows.forEach((row, i) => {
    data.set(matrix.data.subarray(row * matrix.dim, (row + 1) * matrix.dim), i * matrix.dim);
  });
  return {
    table: selectRows(table, rows),
    matrix: { rows: rows.length, dim: matrix.dim, data },
    subset: steps,
  };
}
