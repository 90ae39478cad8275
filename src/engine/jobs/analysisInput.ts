import { basename } from 'node:path';
import { openDataset } from '../../datasets/openDataset.ts';
import { readReadyEmbeddings } from '../../datasets/readyEmbeddings.ts';
import type { DatasetTable } from '../../domain/datasetTable.ts';
import type { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { EmbeddingMatrix } from '../../domain/embeddingMatrix.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { AnalyzeJob } from '../../protocol/jobs.ts';
import type { ModelInput } from '../../protocol/report.ts';
import { withComputedAttributes } from './computedAttributes.ts';
import { type EmbeddedModel, embedModels } from './embedModels.ts';
import { openImages } from './openImages.ts';

/** What analyses work on: the same rows for every model. */
export interface AnalysisInput {
  readonly table: DatasetTable;
  /** Content of each row's image, or `null` where ready embeddings stand in for images. */
  readonly keys: readonly (string | null)[];
  readonly models: readonly AnalysisModel[];
  readonly close: () => void;
}

export interface AnalysisModel {
  readonly input: ModelInput;
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
  const measured = await withComputedAttributes(opened, job, libraries, context, diagnostics);
  const { images, models, close } = await embedModels(measured, job, libraries, context, diagnostics);
  const names = uniqueNames(models.map(({ model }) => model.name));
  return {
    table: images.table,
    keys: images.keys,
    models: models.map((embedded, i) => ({
      input: modelInput(names[i]!, embedded, job),
      embeddings: () => ({
        rows: images.keys.length,
        dim: embedded.model.dim,
        data: embedded.store.gather(images.keys),
      }),
    })),
    close,
  };
}

function modelInput(name: string, { model }: EmbeddedModel, job: AnalyzeJob): ModelInput {
  const { sha256, dim, batchSize, provider, profile } = model;
  return {
    name,
    sha256,
    family: profile.family,
    why: profile.why,
    preprocessing: profile.preprocessing,
    dim,
    metric: job.metric === 'auto' ? profile.metric : job.metric,
    batchSize,
    provider: { ...provider, refused: [...provider.refused] },
  };
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
  const ready = await readReadyEmbeddings(file, list, annotated);
  diagnostics.addAll(ready.diagnostics);
  context.progress({ phase: 'scan', done: 1, total: 1, item: job.data });
  const input: ModelInput = {
    name: basename(file).replace(/\.npy$/i, ''),
    sha256: ready.sha256,
    family: 'embeddings',
    why: 'Ready embeddings, used as they are.',
    preprocessing: null,
    dim: ready.matrix.dim,
    metric: job.metric === 'auto' ? 'cosine' : job.metric,
    batchSize: 0,
    provider: null,
  };
  return {
    table: ready.table,
    keys: ready.table.images.map(() => null),
    models: [{ input, embeddings: () => ready.matrix }],
    close: () => undefined,
  };
}

/** Two models of one name are told apart, since results refer to them by name. */
export function uniqueNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let n = 2; used.has(unique); n++) unique = `${name} (${n})`;
    used.add(unique);
    return unique;
  });
}
