import type { AttributeColumn } from './attributeColumn.ts';
import type { Diagnostic } from './diagnostic.ts';

export type DatasetKind = 'celeba' | 'identityFolders' | 'table' | 'imageFolder';

/**
 * A data set: one row for each image that is annotated and, unless ready embeddings stand in, on disk. Rows are in the order of the
 * annotation table, or sorted by path where there is none, so that the order of files on disk never matters.
 */
export interface DatasetTable {
  readonly kind: DatasetKind;
  /** The folder's name. */
  readonly name: string;
  /** Absolute path of the folder that image paths are relative to. */
  readonly root: string;
  /** Relative paths with forward slashes. */
  readonly images: readonly string[];
  readonly identities: Identities;
  readonly attributes: readonly AttributeColumn[];
  /** True where no annotations exist, so that attributes are to be computed from the images. */
  readonly attributesFromImages: boolean;
  /**
   * Number of each row among the data rows of the annotation file (from 0, the header not counted), so that
   * ready embeddings, which follow that file, can be found. Where there is no such file: 0, 1, 2, …
   */
  readonly annotationRow: Int32Array;
  /** All data rows of the annotation file, also those left out here: not on disk, repeated or malformed. */
  readonly nAnnotationRows: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Identities {
  /** False where nothing says who is who; then every row is an identity of its own. */
  readonly known: boolean;
  /** Index into `names` for each row. */
  readonly index: Int32Array;
  readonly names: readonly string[];
}

/** Every image a person of its own. */
export function identityPerImage(images: readonly string[]): Identities {
  return { known: false, index: Int32Array.from(images, (_, row) => row), names: images };
}

/** Numbers names in order of first appearance; `undefined` makes the row an identity of its own. */
export function identitiesFromNames(
  names: readonly (string | undefined)[],
  images: readonly string[],
): Identities {
  const numbers = new Map<string, number>();
  const list: string[] = [];
  const index = new Int32Array(names.length);
  names.forEach((name, row) => {
    // A separator that no annotation can hold keeps nameless rows apart from real names.
    const key = name ?? `\u0000${images[row]}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = list.length;
      numbers.set(key, number);
      list.push(name ?? images[row]!);
    }
    index[row] = number;
  });
  return { known: names.some((name) => name !== undefined), index, names: list };
}

/** The same data set with only the given rows, in the given order; identity numbers are kept. */
export function selectRows(table: DatasetTable, rows: Int32Array): DatasetTable {
  return {
    ...table,
    images: Array.from(rows, (row) => table.images[row]!),
    identities: { ...table.identities, index: rows.map((row) => table.identities.index[row]!) },
    attributes: table.attributes.map((column) => ({
      ...column,
      values: Int8Array.from(rows, (row) => column.values[row]!),
    })),
    annotationRow: rows.map((row) => table.annotationRow[row]!),
  };
}
