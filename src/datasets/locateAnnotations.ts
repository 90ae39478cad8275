import { readdir, stat } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { AppError, messageOf } from '../domain/appError.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { celebaSurroundings } from './celebaFiles.ts';
import { type AnnotationSource, annotationsOfFile, findAnnotations } from './findAnnotations.ts';
import { byCodeUnits } from './imageFiles.ts';
import { imageStem } from './imageIndex.ts';
import { findLfwFiles } from './lfwFiles.ts';
import { type FolderContents, walkFolder } from './walkFolder.ts';

/** A folder and the files in it that may be annotations, by relative path. */
export interface AnnotationPlace {
  readonly folder: string;
  readonly tables: readonly string[];
}

export interface LocatedAnnotations {
  readonly source: AnnotationSource | null;
  /** Where files that come beside a table are looked for, best first. */
  readonly places: readonly AnnotationPlace[];
}

/**
 * Finds the annotations of the images in `folder`: in the file or folder `given`, else in `folder` itself,
 * else, for a folder of CelebA's images, around it. LFW's files are looked for in the folder above too, since
 * its images are often opened by themselves.
 *
 * Throws `annotationsInvalid` where the given folder holds no annotations, and `dataSetInvalid`.
 */
export async function locateAnnotations(
  given: string | null,
  folder: string,
  contents: FolderContents,
  signal: AbortSignal,
  log: DiagnosticLog,
): Promise<LocatedAnnotations> {
  const own = { folder, tables: contents.tables };
  if (given !== null) {
    const isTable = await isFile(given, 'annotations');
    const place = await placeOf(isTable ? dirname(given) : given, own, signal);
    const source = isTable
      ? sourceOfFile(given, place, own)
      : await sourceInFolder(place, contents.images, signal, log);
    return { source, places: place === own ? [own] : [place, own] };
  }
  const source = await findAnnotations(folder, contents.tables, contents.images, signal, log);
  if (source !== null) return { source, places: [own] };
  const around = await celebaSurroundings(folder);
  if (around !== null) {
    const found = await findAnnotations(around.folder, around.tables, contents.images, signal, log);
    if (found !== null) noteOutside(folder, found.file, log);
    return { source: found, places: [own, around] };
  }
  const above = await lfwAbove(own, contents.images);
  if (above !== null) noteOutside(folder, above.folder, log);
  return { source: null, places: above === null ? [own] : [own, above] };
}

export async function isFile(path: string, what: string): Promise<boolean> {
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

async function placeOf(folder: string, own: AnnotationPlace, signal: AbortSignal): Promise<AnnotationPlace> {
  if (folder === own.folder) return own;
  return { folder, tables: (await walkFolder(folder, signal)).tables };
}

/** CelebA's identities may lie with the images where the given table stands alone. */
function sourceOfFile(file: string, place: AnnotationPlace, own: AnnotationPlace): AnnotationSource {
  const source = annotationsOfFile(file, place.folder, place.tables);
  if (source.celeba?.identities !== null) return source;
  return annotationsOfFile(file, own.folder, own.tables);
}

async function sourceInFolder(
  { folder, tables }: AnnotationPlace,
  images: readonly string[],
  signal: AbortSignal,
  log: DiagnosticLog,
): Promise<AnnotationSource | null> {
  const source = await findAnnotations(folder, tables, images, signal, log);
  if (source !== null || findLfwFiles(folder, tables) !== null) return source;
  const found = tables.length === 0 ? 'no .txt, .csv, .tsv or .parquet file' : tables.slice(0, 10).join(', ');
  throw new AppError(
    'annotationsInvalid',
    `«${folder}» holds no annotations of these images: it holds ${found}. Pass the folder of list_attr_celeba.txt, or a CSV file with a column of images.`,
    { path: folder },
  );
}

async function lfwAbove(
  { folder, tables }: AnnotationPlace,
  images: readonly string[],
): Promise<AnnotationPlace | null> {
  const isLfw = (image: string) => {
    const [file, person] = image.split('/').reverse();
    return person !== undefined && imageStem(file!).replace(/_\d{4}$/, '') === person;
  };
  if (findLfwFiles(folder, tables) !== null || !images.some(isLfw)) return null;
  const above = dirname(folder);
  const names = await readdir(above).catch(() => []);
  const found = { folder: above, tables: names.sort(byCodeUnits) };
  return findLfwFiles(above, found.tables) === null ? null : found;
}

/** Relative: a report must not depend on where the data set lies. */
function noteOutside(folder: string, path: string, log: DiagnosticLog): void {
  const where = relative(folder, path).replaceAll('\\', '/');
  log.add('dataSetNote', `Annotations were found outside the folder, in «${where}».`);
}
