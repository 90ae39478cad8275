import { basename, join } from 'node:path';
import { type DatasetTable, identitiesFromNames, identityPerImage } from '../domain/datasetTable.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { noImages } from './annotatedDataset.ts';
import { baseOf, folderLayout } from './unannotatedFolder.ts';
import { isUtkFace, utkFaceAttributes } from './utkFace.ts';

/**
 * The data set of a folder of images alone; `files` are relative to it. UTKFace has its attributes in the
 * names of its images, and its folders are parts of it, not people. Throws `dataSetEmpty`.
 */
export function unannotatedDataset(
  folder: string,
  files: readonly string[],
  log: DiagnosticLog,
): DatasetTable {
  if (files.length === 0) throw noImages(folder, log);
  if (isUtkFace(files)) return utkFace(folder, files, log);
  const layout = folderLayout(files);
  const { kind, base, images } = layout;
  if (layout.kind === 'identityFolders') {
    layout.identities.forEach((name, row) => {
      if (name === undefined) log.add('identityUnknown', images[row]);
    });
  } else {
    log.add('identityFileMissing');
  }
  const identities =
    layout.kind === 'identityFolders'
      ? identitiesFromNames(layout.identities, images)
      : identityPerImage(images);
  return { ...bareTable(folder, base, images), kind, identities };
}

function utkFace(folder: string, files: readonly string[], log: DiagnosticLog): DatasetTable {
  const base = baseOf(files);
  const images = files.map((path) => (base === '' ? path : path.slice(base.length + 1)));
  log.add('identityFileMissing');
  return {
    ...bareTable(folder, base, images),
    kind: 'utkface',
    identities: identityPerImage(images),
    attributes: utkFaceAttributes(images, log),
    attributesFromImages: false,
  };
}

function bareTable(folder: string, base: string, images: readonly string[]) {
  return {
    name: basename(folder),
    root: base === '' ? folder : join(folder, base),
    images,
    attributes: [],
    attributesFromImages: true,
    landmarks: null,
    boxes: null,
    landmarkFrame: null,
    split: null,
    pairs: null,
    annotationFile: null,
    annotationRow: Int32Array.from(images, (_, row) => row),
    nAnnotationRows: images.length,
    diagnostics: [],
  } satisfies Omit<DatasetTable, 'kind' | 'identities'>;
}
