import type { AttributeColumn } from './attributeColumn.ts';
import type { Diagnostic } from './diagnostic.ts';

export const datasetKinds = [
  'celeba',
  'identityFolders',
  'table',
  'imageFolder',
  'lfw',
  'rfw',
  'utkface',
] as const;

export type DatasetKind = (typeof datasetKinds)[number];

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
   * Rows × 10: left eye, right eye, nose, left and right corner of the mouth, as seen in the image, x before
   * y; NaN where a row has none; `null` where the data set has none at all.
   */
  readonly landmarks: Float32Array | null;
  /** Rows × 4: x and y of the upper left corner, width, height of the face; NaN and `null` as above. */
  readonly boxes: Float32Array | null;
  /**
   * Size of the image that landmarks and boxes are measured in: an image of another size, such as CelebA at
   * half size, needs them scaled. `null`: pixels of the image on disk.
   */
  readonly landmarkFrame: { readonly width: number; readonly height: number } | null;
  /** 0 train, 1 validation, 2 test, −1 unknown for each row; `null` where nothing parts the data set. */
  readonly split: Int8Array | null;
  /** Pairs that come with the data set, such as LFW's `pairs.txt`. */
  readonly pairs: VerificationPairs | null;
  /**
   * Number of each row among the data rows of the annotation file (from 0, the header not counted), so that
   * ready embeddings, which follow that file, can be found. Where there is no such file: 0, 1, 2, …
   */
  readonly annotationRow: Int32Array;
  /** Absolute path of the file whose rows are about the images; `null` where there is none. */
  readonly annotationFile: string | null;
  /** All data rows of the annotation file, also those left out here: not on disk, repeated or malformed. */
  readonly nAnnotationRows: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Pairs of images to be told apart, in the order of their file; the four arrays have one entry for each. */
export interface VerificationPairs {
  /** Row numbers of the table. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 1 the same person, 0 two people. */
  readonly same: Uint8Array;
  /** Fold of the cross-validation, from 0. */
  readonly fold: Uint8Array;
  /** Further pairs of the file, of which an image is not in the table. */
  readonly nMissing: number;
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

/**
 * The same data set with only the given rows, each at most once, in the given order; identity numbers are
 * kept. Pairs follow their rows; those that lose one are dropped and counted in `nMissing`.
 */
export function selectRows(table: DatasetTable, rows: Int32Array): DatasetTable {
  const { identities, landmarks, boxes, split, pairs } = table;
  return {
    ...table,
    images: Array.from(rows, (row) => table.images[row]!),
    identities: { ...identities, index: rows.map((row) => identities.index[row]!) },
    attributes: table.attributes.map((column) => ({ ...column, values: pickBytes(column.values, rows) })),
    landmarks: landmarks && pickGroups(landmarks, 10, rows),
    boxes: boxes && pickGroups(boxes, 4, rows),
    split: split && pickBytes(split, rows),
    pairs: pairs && selectPairs(pairs, rows, table.images.length),
    annotationRow: rows.map((row) => table.annotationRow[row]!),
  };
}

/** A loop: `Int8Array.from` with a function takes twenty times as long. */
function pickBytes(values: Int8Array, rows: Int32Array): Int8Array {
  const picked = new Int8Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]!]!;
  return picked;
}

function pickGroups(values: Float32Array, size: number, rows: Int32Array): Float32Array {
  const picked = new Float32Array(rows.length * size);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * size;
    for (let k = 0; k < size; k++) picked[i * size + k] = values[from + k]!;
  }
  return picked;
}

function selectPairs(pairs: VerificationPairs, rows: Int32Array, nRows: number): VerificationPairs {
  const newRow = new Int32Array(nRows).fill(-1);
  for (let i = 0; i < rows.length; i++) newRow[rows[i]!] = i;
  const kept = Int32Array.from(pairs.left.keys()).filter(
    (pair) => newRow[pairs.left[pair]!]! >= 0 && newRow[pairs.right[pair]!]! >= 0,
  );
  return {
    left: kept.map((pair) => newRow[pairs.left[pair]!]!),
    right: kept.map((pair) => newRow[pairs.right[pair]!]!),
    same: Uint8Array.from(kept, (pair) => pairs.same[pair]!),
    fold: Uint8Array.from(kept, (pair) => pairs.fold[pair]!),
    nMissing: pairs.nMissing + pairs.left.length - kept.length,
  };
}
