import { basename } from 'node:path';
import { openDataset } from '../../datasets/openDataset.ts';
import { readReadyEmbeddings } from '../../datasets/readyEmbeddings.ts';
import { AppError } from '../../domain/appError.ts';
import { type DatasetTable, selectRows } from '../../domain/datasetTable.ts';
import { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { EmbeddingMatrix } from '../../domain/embeddingMatrix.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { VectorStore } from '../../embedding/vectorStore.ts';
import type { AnalyzeJob } from '../../protocol/jobs.ts';
import type { ModelInput, Report } from '../../protocol/report.ts';
import { datasetSource } from '../jobs/datasetReport.ts';
import { type OpenedImages, openImages } from '../jobs/openImages.ts';
import { asksForSubset, qualityRows } from '../jobs/qualityRows.ts';
import { type NumberColumn, storedNumbers } from './measuredNumbers.ts';
import type { VectorSource } from './rowMeasures.ts';
import { openStoredModel, storeKeys, type StorePlace } from './storedModel.ts';

/** What a report was made of, as far as it is still there: the same rows for every model. */
export interface ProjectionInput {
  readonly table: DatasetTable;
  readonly models: readonly { readonly input: ModelInput; readonly vectors: VectorSource }[];
  /** What was measured of the images, one for each row. */
  readonly numbers: readonly NumberColumn[];
  readonly close: () => void;
}

/**
 * Finds the embeddings that a report was computed from. Nothing is computed: images that the store lacks are left out,
 * and so are models that it has no image of.
 * @throws AppError embeddingsInvalid where nothing is left, and whatever opening the data set throws.
 */
export async function openProjectionInput(
  report: Report,
  job: AnalyzeJob,
  context: JobContext,
): Promise<ProjectionInput> {
  const found =
    job.embeddings === null
      ? await storedInput(report, job, context)
      : await readyInput(report, job, job.embeddings, context);
  try {
    return await withoutOthers(found, job, context);
  } catch (error) {
    found.close();
    throw error;
  }
}

/** The quality subset that the report is of, where it is of one. */
async function withoutOthers(
  input: ProjectionInput,
  job: AnalyzeJob,
  { signal }: JobContext,
): Promise<ProjectionInput> {
  if (!asksForSubset(job)) return input;
  const { input: first, vectors } = input.models[0]!;
  const embeddings = (): EmbeddingMatrix => ({
    rows: vectors.nRows,
    dim: vectors.dim,
    data: vectors.read(Array.from({ length: vectors.nRows }, (_, row) => row)),
  });
  const options = { ...job, metric: first.metric };
  const { rows } = await qualityRows(input.table, embeddings, options, signal, new DiagnosticLog());
  return {
    ...input,
    table: selectRows(input.table, rows),
    models: input.models.map((model) => ({ ...model, vectors: selectVectors(model.vectors, rows) })),
    numbers: input.numbers.map(({ name, values }) => ({
      name,
      values: Float64Array.from(rows, (row) => values[row]!),
    })),
  };
}

async function storedInput(report: Report, job: AnalyzeJob, context: JobContext): Promise<ProjectionInput> {
  const opened = await openImages(job, context, new DiagnosticLog());
  tellChanges(report, opened, context);
  const place: StorePlace = {
    storeFolder: job.storeFolder,
    libraries: report.inputs.libraries,
    log: context.log,
  };
  const models: StoredModel[] = [];
  const close = (): void => models.forEach(({ store }) => store.close());
  try {
    for (const [i, input] of report.inputs.models.entries()) {
      const store = await openStoredModel(input, job.models[i], job.paperCompat, place);
      const keys = store && input.alignment ? storeKeys(opened, input.alignment) : [];
      if (store && keys.some((key) => isStored(store, key))) models.push({ input, store, keys });
      else {
        store?.close();
        context.log('warning', `${input.name}: none of its embeddings is in ${job.storeFolder} any more.`);
      }
    }
    const rows = Int32Array.from(opened.keys.keys()).filter((row) =>
      models.every(({ store, keys }) => isStored(store, keys[row]!)),
    );
    if (models.length === 0 || rows.length === 0) throw nothingLeft(job.storeFolder, job.report);
    const keys = Array.from(rows, (row) => opened.keys[row]!);
    return {
      table: selectRows(opened.table, rows),
      models: models.map((model) => ({ input: model.input, vectors: storedVectors(model, rows) })),
      numbers: await storedNumbers(keys, report.inputs.models, place),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

interface StoredModel {
  readonly input: ModelInput;
  readonly store: VectorStore;
  /** Of each row of the data set. */
  readonly keys: readonly (string | null)[];
}

function isStored(store: VectorStore, key: string | null): boolean {
  return key !== null && store.state(key) === 'usable';
}

function storedVectors({ store, keys }: StoredModel, rows: Int32Array): VectorSource {
  const keysOf = (wanted: readonly number[]) => wanted.map((row) => keys[rows[row]!]!);
  return {
    nRows: rows.length,
    dim: store.description.dim,
    read: (wanted) => store.gather(keysOf(wanted)),
    readNorms: (wanted) => store.gatherNorms(keysOf(wanted)),
  };
}

async function readyInput(
  report: Report,
  job: AnalyzeJob,
  { file, list }: NonNullable<AnalyzeJob['embeddings']>,
  { signal, progress }: JobContext,
): Promise<ProjectionInput> {
  progress({ phase: 'scan', done: 0, total: 1, item: job.data });
  const { data, annotations } = job;
  const annotated = await openDataset({ data, annotations, signal, requireImages: false });
  const { table, matrix, sha256 } = await readReadyEmbeddings(file, list, annotated, signal);
  progress({ phase: 'scan', done: 1, total: 1, item: job.data });
  const input = report.inputs.models[0];
  if (input?.sha256 !== sha256) {
    throw new AppError(
      'embeddingsInvalid',
      `${basename(file)} is not what ${basename(job.report)} was computed from any more. Run the analysis again.`,
      { path: file },
    );
  }
  const { rows, dim, data: numbers } = matrix;
  const read = (wanted: readonly number[]): Float32Array => {
    const some = new Float32Array(wanted.length * dim);
    wanted.forEach((row, i) => some.set(numbers.subarray(row * dim, (row + 1) * dim), i * dim));
    return some;
  };
  const vectors: VectorSource = { nRows: rows, dim, read, readNorms: () => null };
  return { table, models: [{ input, vectors }], numbers: [], close: () => undefined };
}

function selectVectors(vectors: VectorSource, rows: Int32Array): VectorSource {
  const all = (wanted: readonly number[]) => wanted.map((row) => rows[row]!);
  return {
    nRows: rows.length,
    dim: vectors.dim,
    read: (wanted) => vectors.read(all(wanted)),
    readNorms: (wanted) => vectors.readNorms(all(wanted)),
  };
}

/** Annotations of now stand beside figures of then: whoever looks is told. */
function tellChanges(report: Report, { table, keys }: OpenedImages, { log }: JobContext): void {
  const { source } = report.inputs.dataset;
  if (source !== null && datasetSource(table, keys).digest !== source.digest) {
    log(
      'warning',
      `${table.name} is not what the report was computed from any more; the projection shows what is left of it.`,
    );
  }
}

function nothingLeft(storeFolder: string, report: string): AppError {
  return new AppError(
    'embeddingsInvalid',
    `The embeddings that ${basename(report)} was computed from are not in ${storeFolder} any more. Run the analysis again, then project.`,
    { storeFolder, report },
  );
}
