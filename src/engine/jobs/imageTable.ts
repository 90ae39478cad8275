import { basename } from 'node:path';
import type { CurveTable } from '../../domain/curveTable.ts';
import type { DatasetTable } from '../../domain/datasetTable.ts';

/** A data set of listed images, or of points that stand for them, with identities and nothing else. */
export function imageTable(
  root: string,
  images: readonly string[],
  identityOf: Int32Array,
  identityNames: readonly string[],
): DatasetTable {
  return {
    kind: 'table',
    name: basename(root),
    root,
    images,
    identities: { known: true, index: identityOf, names: identityNames },
    attributes: [],
    attributesFromImages: false,
    landmarks: null,
    boxes: null,
    landmarkFrame: null,
    split: null,
    pairs: null,
    annotationFile: null,
    annotationRow: Int32Array.from(images.keys()),
    nAnnotationRows: images.length,
    diagnostics: [],
  };
}

/** The images that curves are made of, as a data set. */
export function curveImageTable(
  { identities, firstPoint }: CurveTable,
  root: string,
  images: readonly string[],
): DatasetTable {
  const identityOf = new Int32Array(images.length);
  identities.forEach((_, i) => identityOf.fill(i, firstPoint[i], firstPoint[i + 1]));
  return imageTable(root, images, identityOf, identities);
}
