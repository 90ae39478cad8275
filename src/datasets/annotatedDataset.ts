import { basename, join } from 'node:path';
import { AppError } from '../domain/appError.ts';
import type { AttributeColumn } from '../domain/attributeColumn.ts';
import {
  type DatasetTable,
  type Identities,
  identitiesFromNames,
  identityPerImage,
} from '../domain/datasetTable.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import type { AnnotationTable } from './annotationTable.ts';
import { imageExtensions } from './imageFiles.ts';
import { type ImageMatch, matchImages } from './matchImages.ts';

export interface AnnotatedInput {
  readonly kind: 'celeba' | 'table' | 'lfw';
  /** The folder opened, absolute. */
  readonly folder: string;
  /** Images on disk, relative to it. */
  readonly files: readonly string[];
  readonly annotations: AnnotationTable;
  /** Of each image of the table, from CelebA's identity file; used where the table itself has none. */
  readonly identities: readonly (string | undefined)[] | null;
  readonly requireImages: boolean;
}

/**
 * Joins an annotation table with the images on disk. Rows keep the order of the table. CelebA's images are
 * taken from one folder only, `img_align_celeba` before all others: aligned images and photographs in the
 * wild bear the same names, and a mixture of them would be a confounder.
 *
 * Throws `dataSetEmpty` where there are no images at all and `dataSetNotFound` where none is in the table,
 * unless images are not required.
 */
export function annotatedDataset(input: AnnotatedInput, log: DiagnosticLog): DatasetTable {
  const { kind, folder, files, annotations, requireImages } = input;
  const match = matchImages(annotations.images, files, {
    severalFolders: kind !== 'celeba',
    prefers: (path) => kind === 'celeba' && /^img_align_celeba/i.test(basename(path)),
  });
  if (requireImages) {
    if (files.length === 0) throw noImages(folder, log);
    if (match.folders.length === 0) throw noneFound(folder, annotations, files.length);
    reportMissing(annotations.images, files, match, log);
  }
  reportMatch(match, log);

  const all = Int32Array.from(annotations.images, (_, row) => row);
  const rows = requireImages ? all.filter((row) => match.fileOf[row]! >= 0) : all;
  const base = match.folders.length === 1 ? match.folders[0]! : '';
  const images = Array.from(rows, (row) => {
    const file = match.fileOf[row]!;
    if (file < 0) return annotations.images[row]!;
    return base === '' ? files[file]! : files[file]!.slice(base.length + 1);
  });
  const attributes = withUniqueNames(annotations.attributes(rows, log), log);
  return {
    kind,
    name: basename(folder),
    root: base === '' ? folder : join(folder, base),
    images,
    identities: identitiesOf(input, rows, images, log),
    attributes,
    attributesFromImages: attributes.length === 0,
    landmarks: null,
    boxes: null,
    landmarkFrame: null,
    split: annotations.split && Int8Array.from(rows, (row) => annotations.split![row]!),
    pairs: null,
    annotationFile: annotations.file,
    annotationRow: rows.map((row) => annotations.fileRows[row]!),
    nAnnotationRows: annotations.nFileRows,
    diagnostics: log.toArray(),
  };
}

export function noImages(folder: string, log: DiagnosticLog): AppError {
  const ignored = log.toArray().find(({ code }) => code === 'fileIgnored');
  const example = ignored === undefined ? '' : ` (${ignored.count} ignored, such as «${ignored.items[0]!}»)`;
  return new AppError(
    'dataSetEmpty',
    `«${folder}» holds no images that can be read${example}. Pass a folder with ${imageExtensions.join(', ')} files in it or below.`,
    { path: folder },
  );
}

function noneFound(folder: string, { file, images }: AnnotationTable, nFiles: number): AppError {
  return new AppError(
    'dataSetNotFound',
    `None of the ${images.length} images that «${file}» names, such as «${images[0]!}», is among the ${nFiles} images in «${folder}». Pass the folder of these images as the data set, and the table as annotations.`,
    { path: folder, annotations: file },
  );
}

function reportMissing(
  names: readonly string[],
  files: readonly string[],
  { fileOf, folders }: ImageMatch,
  log: DiagnosticLog,
): void {
  const isMatched = new Uint8Array(files.length);
  fileOf.forEach((file, row) => {
    if (file < 0) log.add('imageNotFound', names[row]);
    else isMatched[file] = 1;
  });
  const folderSet = new Set(folders);
  files.forEach((path, file) => {
    if (isMatched[file] === 0 && liesIn(path, folderSet)) log.add('imageNotInTable', path);
  });
}

/** Images of other folders are other images of the same names, or no images of the data set at all. */
function liesIn(path: string, folders: ReadonlySet<string>): boolean {
  if (folders.has('')) return true;
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    if (folders.has(path.slice(0, at))) return true;
  }
  return false;
}

function reportMatch({ folders, otherFolders, nByStem, nDropped }: ImageMatch, log: DiagnosticLog): void {
  if (nByStem > 0) {
    log.add(
      'dataSetNote',
      `${nByStem} images have another extension on disk than in the table and were matched without it.`,
    );
  }
  if (nDropped > 0) {
    log.add(
      'dataSetNote',
      `The first ${nDropped} folders of the table's image names are not on disk and were dropped.`,
    );
  }
  if (otherFolders.length > 0) {
    const more = otherFolders.length > 1 ? ` and ${otherFolders.length - 1} more folders` : '';
    log.add(
      'dataSetNote',
      `«${folderName(otherFolders[0]!)}»${more} also holds images that the table names; those of «${folderName(folders[0]!)}» were taken.`,
    );
  }
}

function folderName(folder: string): string {
  return folder === '' ? '.' : folder;
}

function identitiesOf(
  { annotations, identities }: AnnotatedInput,
  rows: Int32Array,
  images: readonly string[],
  log: DiagnosticLog,
): Identities {
  const known = annotations.identities ?? identities;
  if (known === null) {
    log.add('identityFileMissing');
    return identityPerImage(images);
  }
  const names = Array.from(rows, (row) => known[row]);
  names.forEach((name, i) => {
    if (name === undefined) log.add('identityUnknown', images[i]);
  });
  return identitiesFromNames(names, images);
}

function withUniqueNames(columns: readonly AttributeColumn[], log: DiagnosticLog): AttributeColumn[] {
  const seen = new Set<string>();
  return columns.filter(({ name }) => {
    if (seen.has(name)) log.add('attributeIgnored', `${name}: another attribute has this name`);
    const isNew = !seen.has(name);
    seen.add(name);
    return isNew;
  });
}
