import { basename, dirname, join, resolve } from 'node:path';
import { AppError, cancelledError } from '../domain/appError.ts';
import type { DatasetTable } from '../domain/datasetTable.ts';
import { DiagnosticLog } from '../domain/diagnostic.ts';
import type { AnnotationTable } from './annotationTable.ts';
import { annotatedDataset } from './annotatedDataset.ts';
import { readCelebaAttributes } from './celebaAttributes.ts';
import { withCelebaGeometry } from './celebaGeometry.ts';
import { readCelebaIdentities } from './celebaIdentities.ts';
import type { AnnotationSource } from './findAnnotations.ts';
import { readLfwAttributes } from './lfwAttributes.ts';
import { findLfwFiles, withLfwFiles } from './lfwFiles.ts';
import { type AnnotationPlace, isFile, locateAnnotations } from './locateAnnotations.ts';
import { withRfw } from './rfw.ts';
import { splitOfPaths } from './splitNames.ts';
import { readTable } from './tableReader.ts';
import { unannotatedDataset } from './unannotatedDataset.ts';
import { type FolderContents, walkFolder } from './walkFolder.ts';

export interface DatasetRequest {
  /** A folder of images, or an annotation file beside or above them. */
  readonly data: string;
  /** A folder that holds the annotations, or an annotation file; `null`: looked for in `data`. */
  readonly annotations: string | null;
  /**
   * False where ready embeddings stand in for a model: rows whose image is not on disk stay in the table,
   * under the name that the annotations give them. True by default.
   */
  readonly requireImages?: boolean;
  readonly signal: AbortSignal;
  /** Counts steps, not images: how many there are is not known before the end. */
  onProgress?(done: number, total: number, item: string): void;
}

/**
 * Opens a data set, whatever its layout. In this order:
 *
 * 1. `annotations`, if given: the file, or what `findAnnotations` finds in the folder.
 * 2. `data` is a file: a CSV or Parquet table, LFW's `lfw_attributes.txt`, or CelebA's `list_attr_celeba.txt`; images lie in its folder or below
 *    (for a file in `Anno/`, in the folder above or below).
 * 3. `data` is a folder with annotations in it or below, see `findAnnotations`, or one of CelebA's folders of
 *    images with the annotations around it, see `celebaSurroundings`.
 * 4. `data` is a folder of images alone: UTKFace, see `utkFaceAttributes`, else a folder for each person or a
 *    plain folder, see `folderLayout`. The latter have no attributes; `attributesFromImages` asks for computed
 *    ones.
 *
 * Then it adds what lies beside the images: CelebA's landmarks, boxes and split (`withCelebaGeometry`), RFW's
 * races and pairs (`withRfw`), LFW's pairs, people, lists of men and women and scores (`withLfwFiles`).
 *
 * Where the images of a table lie is found by their names, see `matchImages`. Trouble with single rows and
 * images becomes diagnostics. Throws `dataSetNotFound`, `dataSetEmpty`, `dataSetInvalid`,
 * `annotationsInvalid`, `usage` and `cancelled`.
 */
export async function openDataset(request: DatasetRequest): Promise<DatasetTable> {
  const { signal, requireImages = true } = request;
  const log = new DiagnosticLog();
  const step = (done: number, item: string) => {
    if (signal.aborted) throw cancelledError();
    request.onProgress?.(done, 3, item);
  };
  const data = resolve(request.data);
  const dataIsFile = await isFile(data, 'data set');
  if (dataIsFile && request.annotations !== null) {
    throw new AppError(
      'usage',
      `«${data}» is a table and «${request.annotations}» another one. Pass the folder of images as the data set.`,
      { data, annotations: request.annotations },
    );
  }
  const folder = dataIsFile ? folderOfImages(data) : data;
  step(0, folder);
  const contents = await walkFolder(folder, signal);
  for (const path of contents.ignored) log.add('fileIgnored', path);
  for (const note of contents.notes) log.add('dataSetNote', note);

  const given = dataIsFile ? data : request.annotations === null ? null : resolve(request.annotations);
  const { source, places } = await locateAnnotations(given, folder, contents, signal, log);
  const base =
    source === null
      ? unannotatedDataset(folder, contents.images, log)
      : await annotated(source, folder, contents, requireImages, step, signal, log);
  const table = await withBenchmarks(base, source, places, log);
  step(3, table.name);
  return { ...table, split: table.split ?? splitOfPaths(table.images), diagnostics: log.toArray() };
}

async function annotated(
  source: AnnotationSource,
  folder: string,
  contents: FolderContents,
  requireImages: boolean,
  step: (done: number, item: string) => void,
  signal: AbortSignal,
  log: DiagnosticLog,
): Promise<DatasetTable> {
  const { kind, celeba } = source;
  step(1, basename(source.file));
  const annotations = await readAnnotations(source, signal, log);
  const identityFile = celeba?.identities ?? null;
  step(2, basename(identityFile ?? source.file));
  const identities =
    identityFile === null ? null : await readCelebaIdentities(identityFile, annotations.images, signal, log);
  const files = contents.images;
  const table = annotatedDataset({ kind, folder, files, annotations, identities, requireImages }, log);
  return celeba === null ? table : withCelebaGeometry(table, celeba, signal, log);
}

/** What LFW and RFW keep beside their images. */
async function withBenchmarks(
  base: DatasetTable,
  source: AnnotationSource | null,
  places: readonly AnnotationPlace[],
  log: DiagnosticLog,
): Promise<DatasetTable> {
  if (base.kind === 'celeba' || base.kind === 'utkface') return base;
  const tables = places.flatMap((place) => place.tables.map((path) => join(place.folder, path)));
  const table = await withRfw(base, tables, log);
  if (table.kind === 'rfw') return table;
  for (const { folder, tables: own } of places) {
    const files = findLfwFiles(folder, own);
    if (files === null) continue;
    const isRead = source?.format === 'lfwText';
    return withLfwFiles(table, isRead ? { ...files, attributes: null } : files, log);
  }
  return table;
}

function readAnnotations(
  { format, file, more }: AnnotationSource,
  signal: AbortSignal,
  log: DiagnosticLog,
): Promise<AnnotationTable> {
  switch (format) {
    case 'celebaText':
      return readCelebaAttributes(file, log);
    case 'lfwText':
      return readLfwAttributes(file, log);
    case 'table':
      return readTable(file, more, signal, log);
  }
}

/** CelebA keeps its annotations in `Anno/` and its images in `Img/` beside it. */
function folderOfImages(file: string): string {
  const folder = dirname(file);
  return /^(anno|annotations)$/i.test(basename(folder)) ? join(folder, '..') : folder;
}
