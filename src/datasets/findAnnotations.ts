import { basename, dirname, join } from 'node:path';
import { AppError, isAppError } from '../domain/appError.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { celebaAttributeFile, type CelebaFiles, findCelebaFiles } from './celebaFiles.ts';
import { byCodeUnits, normalisePath, stemOf } from './imageFiles.ts';
import { imageStem } from './imageIndex.ts';
import { readTableHead } from './parquetText.ts';
import { arePartsOfOne } from './splitNames.ts';
import { findTableColumns } from './tableColumns.ts';

/** An annotation file and how to read it. */
export interface AnnotationSource {
  readonly kind: 'celeba' | 'table' | 'lfw';
  readonly format: 'celebaText' | 'lfwText' | 'table';
  /** Absolute path. */
  readonly file: string;
  /** Further files that the same table goes on in, absolute. */
  readonly more: readonly string[];
  /** What comes with CelebA's attributes; `null` for any other table. */
  readonly celeba: CelebaFiles | null;
}

const tableFile = /\.(csv|tsv|parquet)$/i;
const lfwAttributeFile = /^lfw_attributes\.txt$/i;

/** Folders in folders in which a table is looked for. */
const maxTableDepth = 3;

/**
 * Finds the annotations among the `tables` of `folder` (relative paths), in this order:
 *
 * 1. `list_attr*.txt` or `.csv`, CelebA's table, the least deep; of several in one folder
 *    `list_attr_celeba.txt`, then `list_attr_celeba.csv`, then the first in the order of code units.
 * 2. The least deep `.csv`, `.tsv` or `.parquet` with a column of images and one of attributes; else the least
 *    deep with columns of images and identities. Where images are on disk, one of the first images must be.
 *    Several whose names differ by train, val and test alone are one table (FairFace).
 * 3. `lfw_attributes.txt`, the least deep, where an image of LFW's names is on disk, or none at all.
 *
 * Tables that look like annotations and are not used are noted in the log.
 *
 * Several that are equally good are no choice to make here: `dataSetInvalid` names them.
 */
export async function findAnnotations(
  folder: string,
  tables: readonly string[],
  images: readonly string[],
  signal: AbortSignal,
  log: DiagnosticLog,
): Promise<AnnotationSource | null> {
  const celeba = findCeleba(folder, tables, log);
  if (celeba !== null) return celeba;
  const usable: { path: string; hasAttributes: boolean }[] = [];
  const stems = new Set(images.map((path) => stemOf(basename(path))));
  for (const path of tables) {
    if (!tableFile.test(path) || depthOf(path) > maxTableDepth) continue;
    const found = await inspectTable(join(folder, path), stems, signal);
    if (found.kind === 'usable') usable.push({ path, hasAttributes: found.hasAttributes });
    else if (found.why !== null) {
      log.add('dataSetNote', `«${path}» was not used as annotations: ${found.why}`);
    }
  }
  const withAttributes = usable.filter(({ hasAttributes }) => hasAttributes);
  const best = leastDeep((withAttributes.length > 0 ? withAttributes : usable).map(({ path }) => path));
  if (best.length === 0) return findLfw(folder, tables, images);
  if (best.length > 1 && !arePartsOfOne(best)) throw ambiguous(folder, best);
  const others = usable.filter(({ path }) => !best.includes(path));
  for (const { path } of others) log.add('dataSetNote', notUsed(path, best[0]!));
  if (best.length > 1) log.add('dataSetNote', asOne(best));
  return {
    kind: 'table',
    format: 'table',
    file: join(folder, best[0]!),
    more: best.slice(1).map((path) => join(folder, path)),
    celeba: null,
  };
}

/** The annotations a single file holds; `tables` of `folder` are where CelebA's further tables may lie. */
export function annotationsOfFile(file: string, folder: string, tables: readonly string[]): AnnotationSource {
  const name = basename(file);
  const isText = /\.txt$/i.test(name);
  if (!isText && !tableFile.test(name)) {
    throw new AppError(
      'dataSetInvalid',
      `«${file}» is no table that can be read. Pass a folder, a CSV, TSV or Parquet file, or a list_attr_celeba.txt.`,
      { path: file },
    );
  }
  const rest = { file, more: [] };
  if (lfwAttributeFile.test(name)) return { ...rest, kind: 'lfw', format: 'lfwText', celeba: null };
  if (!isText && !celebaAttributeFile.test(name)) {
    return { ...rest, kind: 'table', format: 'table', celeba: null };
  }
  const celeba = findCelebaFiles(folder, tables, dirname(file));
  return { ...rest, kind: 'celeba', format: isText ? 'celebaText' : 'table', celeba };
}

function findCeleba(folder: string, tables: readonly string[], log: DiagnosticLog): AnnotationSource | null {
  const candidates = leastDeep(tables.filter((path) => celebaAttributeFile.test(basename(path))));
  if (candidates.length === 0) return null;
  if (new Set(candidates.map((path) => dirname(path))).size > 1) throw ambiguous(folder, candidates);
  const rank = (path: string) => {
    const at = ['list_attr_celeba.txt', 'list_attr_celeba.csv'].indexOf(basename(path).toLowerCase());
    return at < 0 ? 2 : at;
  };
  const [chosen, ...others] = candidates.sort((a, b) => rank(a) - rank(b) || byCodeUnits(a, b)) as [
    string,
    ...string[],
  ];
  for (const path of others) log.add('dataSetNote', notUsed(path, chosen));
  return annotationsOfFile(join(folder, chosen), folder, tables);
}

function findLfw(
  folder: string,
  tables: readonly string[],
  images: readonly string[],
): AnnotationSource | null {
  const [path] = leastDeep(tables.filter((table) => lfwAttributeFile.test(basename(table))));
  const isLfw = images.length === 0 || images.some((image) => /_\d{4}$/.test(imageStem(image)));
  if (path === undefined || !isLfw) return null;
  return annotationsOfFile(join(folder, path), folder, tables);
}

type Inspection =
  | { readonly kind: 'usable'; readonly hasAttributes: boolean }
  /** `why` is null for a table that does not look like annotations at all. */
  | { readonly kind: 'unusable'; readonly why: string | null };

async function inspectTable(
  file: string,
  stemsOnDisk: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Inspection> {
  let head;
  try {
    head = await readTableHead(file, signal);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { kind: 'unusable', why: error.message };
  }
  const [header = [], ...rows] = head;
  const columns = findTableColumns(header, rows);
  if (columns === null) return { kind: 'unusable', why: null };
  const hasAttributes = columns.attributes.length > 0;
  if (!hasAttributes && columns.identity === null && columns.weakIdentity === null) {
    return { kind: 'unusable', why: null };
  }
  const isOnDisk = (row: readonly string[]) =>
    stemsOnDisk.has(stemOf(basename(normalisePath(row[columns.image] ?? ''))));
  if (stemsOnDisk.size > 0 && !rows.some(isOnDisk)) {
    return { kind: 'unusable', why: `none of its first ${rows.length} images is on disk.` };
  }
  return { kind: 'usable', hasAttributes };
}

function leastDeep(paths: readonly string[]): string[] {
  const least = Math.min(...paths.map(depthOf));
  return paths.filter((path) => depthOf(path) === least);
}

function depthOf(path: string): number {
  return path.split('/').length - 1;
}

function notUsed(path: string, chosen: string): string {
  return `«${path}» was not used as annotations: «${chosen}» comes first.`;
}

function asOne(paths: readonly string[]): string {
  return `${paths.map((path) => `«${path}»`).join(', ')} were read as one table.`;
}

function ambiguous(folder: string, paths: readonly string[]): AppError {
  const list = paths.map((path) => `«${path}»`).join(', ');
  return new AppError(
    'dataSetInvalid',
    `«${folder}» holds ${paths.length} tables that may be its annotations: ${list}. Pass one of them as annotations.`,
    { path: folder, found: paths.join(', ') },
  );
}
