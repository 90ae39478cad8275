import { stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { AppError, cancelledError, messageOf } from '../domain/appError.ts';
import type { DatasetTable } from '../domain/datasetTable.ts';
import { DiagnosticLog } from '../domain/diagnostic.ts';
import type { AnnotationTable } from './annotationTable.ts';
import { annotatedDataset } from './annotatedDataset.ts';
import { readCelebaAttributes } from './celebaAttributes.ts';
import { celebaSurroundings } from './celebaFiles.ts';
import { withCelebaGeometry } from './celebaGeometry.ts';
import { readCelebaIdentities } from './celebaIdentities.ts';
import { type AnnotationSource, annotationsOfFile, findAnnotations } from './findAnnotations.ts';
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
 * 2. `data` is a file: a CSV table, or CelebA's `list_attr_celeba.txt`; images lie in its folder or below
 *    (for a file in `Anno/`, in the folder above or below).
 * 3. `data` is a folder with annotations in it or below, see `findAnnotations`, or one of CelebA's folders of
 *    images with the annotations around it, see `celebaSurroundings`.
 * 4. `data` is a folder of images alone: a folder for each person or a plain folder, see `folderLayout`.
 *    Such a data set has no attributes; `attributesFromImages` asks for computed ones.
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
  const source = await (given === null
    ? lookedFor(folder, contents, log)
    : givenAnnotations(given, folder, contents, signal));
  if (source === null) {
    const table = unannotatedDataset(folder, contents.images, log);
    step(3, table.name);
    return table;
  }
  for (const note of source.notes) log.add('dataSetNote', note);
  step(1, basename(source.file));
  const annotations = await readAnnotations(source, signal, log);
  const { celeba } = source;
  step(2, basename(celeba?.identities ?? source.file));
  const identities =
    celeba?.identities === undefined || celeba.identities === null
      ? null
      : await readCelebaIdentities(celeba.identities, annotations.images, signal, log);
  const joined = annotatedDataset(
    { kind: source.kind, folder, files: contents.images, annotations, identities, requireImages },
    log,
  );
  const located = celeba === null ? joined : await withCelebaGeometry(joined, celeba, signal, log);
  const table = { ...located, diagnostics: log.toArray() };
  step(3, table.name);
  return table;
}

/** In the folder, else around a folder of CelebA's images. */
async function lookedFor(
  folder: string,
  { tables, images }: FolderContents,
  log: DiagnosticLog,
): Promise<AnnotationSource | null> {
  const source = await findAnnotations(folder, tables, images);
  if (source !== null) return source;
  const around = await celebaSurroundings(folder);
  if (around === null) return null;
  const found = await findAnnotations(around.folder, around.tables, images);
  if (found !== null) {
    const where = relative(folder, found.file).replaceAll('\\', '/');
    log.add('dataSetNote', `The annotations were found outside the folder, in «${where}».`);
  }
  return found;
}

async function givenAnnotations(
  path: string,
  folder: string,
  contents: FolderContents,
  signal: AbortSignal,
): Promise<AnnotationSource> {
  if (await isFile(path, 'annotations')) {
    const beside = dirname(path);
    const tables = beside === folder ? contents.tables : (await walkFolder(beside, signal)).tables;
    const source = annotationsOfFile(path, beside, tables);
    if (source.celeba?.identities !== null) return source;
    return annotationsOfFile(path, folder, contents.tables);
  }
  const { tables } = path === folder ? contents : await walkFolder(path, signal);
  const source = await findAnnotations(path, tables, contents.images);
  if (source !== null) return source;
  const found = tables.length === 0 ? 'no .txt, .csv or .tsv file' : tables.slice(0, 10).join(', ');
  throw new AppError(
    'annotationsInvalid',
    `«${path}» holds no annotations of these images: it holds ${found}. Pass the folder of list_attr_celeba.txt, or a CSV file with a column of images.`,
    { path },
  );
}

function readAnnotations(
  source: AnnotationSource,
  signal: AbortSignal,
  log: DiagnosticLog,
): Promise<AnnotationTable> {
  switch (source.format) {
    case 'celebaText':
      return readCelebaAttributes(source.file, log);
    case 'csv':
      return readTable(source.file, signal, log);
  }
}

/** CelebA keeps its annotations in `Anno/` and its images in `Img/` beside it. */
function folderOfImages(file: string): string {
  const folder = dirname(file);
  return /^(anno|annotations)$/i.test(basename(folder)) ? join(folder, '..') : folder;
}

async function isFile(path: string, what: string): Promise<boolean> {
  try {
    return !(await stat(path)).isDirectory();
  } catch (error) {
    throw new AppError(
      'dataSetNotFound',
      `The ${what} «${path}» was not found: ${messageOf(error)}. Pass an existing folder or file.`,
      { path },
      error,
    );
  }
}
