import { basename, join } from 'node:path';
import { type DatasetTable, identitiesFromNames, identityPerImage } from '../domain/datasetTable.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { noImages } from './annotatedDataset.ts';
import { folderLayout } from './unannotatedFolder.ts';

/** The data set of a folder of images alone; `files` are relative to it. Throws `dataSetEmpty`. */
export function unannotatedDataset(
  folder: string,
  files: readonly string[],
  log: DiagnosticLog,
): DatasetTable {
  if (files.length === 0) throw noImages(folder, log);
  const layout = folderLayout(files);
  const { kind, base, images } = layout;
  if (layout.kind === 'identityFolders') {
    layout.identities.forEach((name, row) => {
      if (name === undefined) log.add('identityUnknown', images[row]);
    });
  } else {
    log.add('identityFileMissing');
  }
  return {
    kind,
    name: basename(folder),
    root: base === '' ? folder : join(folder, base),
    images,
    identities:
      layout.kind === 'identityFolders'
        ? identitiesFromNames(layout.identities, images)
        : identityPerImage(images),
    attributes: [],
    attributesFromImages: true,
    landmarks: null,
    boxes: null,
    landmarkFrame: null,
    split: null,
    pairs: null,
    annotationRow: Int32Array.from(images, (_, row) => row),
    nAnnotationRows: images.length,
    diagnostics: log.toArray(),
  };
}
