import type { AttributeColumn } from '../domain/attributeColumn.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';

/** An annotation file as read, before anyone looked which of its images are on disk. */
export interface AnnotationTable {
  /** Absolute path. */
  readonly file: string;
  /** Image of each valid row, each once, as the file writes it but with forward slashes. */
  readonly images: readonly string[];
  /** Number of each valid row among all data rows of the file, from 0. */
  readonly fileRows: Int32Array;
  /** All data rows of the file, also malformed and repeated ones. */
  readonly nFileRows: number;
  /** Who is on each image; `undefined` where the file does not say, `null` where it has no such column. */
  readonly identities: readonly (string | undefined)[] | null;
  /** 0 train, 1 validation, 2 test, −1 unknown for each image; `null` where the file does not part them. */
  readonly split: Int8Array | null;
  /** Whether the file has columns besides image and identity. */
  readonly hasAttributes: boolean;
  /** The attributes of the chosen rows (indices into `images`); rules and trouble go to the log. */
  attributes(rows: Int32Array, log: DiagnosticLog): AttributeColumn[];
}
