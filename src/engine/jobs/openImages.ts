import { join } from 'node:path';
import { openDataset } from '../../datasets/openDataset.ts';
import { AppError } from '../../domain/appError.ts';
import { type DatasetTable, selectRows } from '../../domain/datasetTable.ts';
import type { DiagnosticLog } from '../../domain/diagnostic.ts';
import type { JobContext } from '../../domain/progress.ts';
import { digestImages } from '../../embedding/contentIndex.ts';
import type { ImageFailure, ImageRef } from '../../embedding/pipeline.ts';

/** A data set whose rows all have a readable file, and the content of each. */
export interface OpenedImages {
  readonly table: DatasetTable;
  /** SHA-256 of each row's file, hex. */
  readonly keys: readonly string[];
}

export interface ImageSource {
  readonly data: string;
  readonly annotations: string | null;
  readonly storeFolder: string;
  readonly filesInFlight?: number;
}

/**
 * Finds out what the data is, reads its annotations and hashes its images. What is left out goes to `diagnostics`.
 * @throws AppError dataSetEmpty where no image is left, and whatever the readers throw.
 */
export async function openImages(
  source: ImageSource,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<OpenedImages> {
  const { signal } = context;
  context.progress({ phase: 'scan', done: 0, total: 1, item: source.data });
  const table = await openDataset({ data: source.data, annotations: source.annotations, signal });
  diagnostics.addAll(table.diagnostics);
  context.log(
    'info',
    `${table.name}: ${table.kind}, ${table.images.length} images, ${table.attributes.length} attributes.`,
  );
  return digestedImages(table, source, context, diagnostics);
}

/** The rows whose file can be read, with the content of each; see `openImages`. */
export async function digestedImages(
  table: DatasetTable,
  source: Pick<ImageSource, 'data' | 'storeFolder' | 'filesInFlight'>,
  context: JobContext,
  diagnostics: DiagnosticLog,
): Promise<OpenedImages> {
  const { signal } = context;
  const digests = await digestImages({
    root: table.root,
    images: table.images,
    cacheFolder: join(source.storeFolder, 'content'),
    signal,
    ...(source.filesInFlight === undefined ? {} : { filesInFlight: source.filesInFlight }),
    onProgress: (done, total, item) => context.progress({ phase: 'scan', done, total, item }),
  });
  const readable: number[] = [];
  const seen = new Set<string>();
  digests.forEach((digest, row) => {
    if (digest === null) {
      diagnostics.add('imageUnreadable', table.images[row]);
      return;
    }
    if (seen.has(digest)) diagnostics.add('imageDuplicate', table.images[row]);
    seen.add(digest);
    readable.push(row);
  });
  return keepRows(
    { table, keys: digests.map((digest) => digest ?? '') },
    Int32Array.from(readable),
    source.data,
  );
}

/** Only the given rows; never none. */
export function keepRows({ table, keys }: OpenedImages, rows: Int32Array, data: string): OpenedImages {
  if (rows.length === 0) {
    throw new AppError('dataSetEmpty', `No image of ${data} can be used. The log names each and why.`, {
      data,
    });
  }
  if (rows.length === table.images.length) return { table, keys };
  return { table: selectRows(table, rows), keys: Array.from(rows, (row) => keys[row]!) };
}

/** What the pipeline reads of each row. */
export function imageRefs({ table, keys }: OpenedImages): readonly ImageRef[] {
  return table.images.map((name, row) => ({ path: join(table.root, name), key: keys[row]!, name }));
}

/** Counts and names failed images, and logs why each failed. */
export function reportFailures(
  failures: readonly ImageFailure[],
  diagnostics: DiagnosticLog,
  log: JobContext['log'],
): void {
  const codes = {
    unreadable: 'imageUnreadable',
    tooSmall: 'imageTooSmall',
    noLandmarks: 'landmarksMissing',
    embeddingInvalid: 'embeddingInvalid',
  } as const;
  for (const { name, reason, detail } of failures) {
    diagnostics.add(codes[reason], name);
    log('warning', `${name}: ${detail}`);
  }
}

/** Rows whose content is not among the failed. */
export function rowsWithout(images: OpenedImages, failures: readonly ImageFailure[]): Int32Array {
  const failed = new Set(failures.map(({ key }) => key));
  return Int32Array.from(images.keys.keys()).filter((row) => !failed.has(images.keys[row]!));
}

/** People that have a row; each row one where nobody is known. */
export function countIdentities(table: DatasetTable): number {
  return new Set(table.identities.index).size;
}
