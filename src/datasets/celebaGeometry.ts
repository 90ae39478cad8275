import { basename, dirname, join } from 'node:path';
import type { DatasetTable } from '../domain/datasetTable.ts';
import type { DiagnosticLog } from '../domain/diagnostic.ts';
import { readAnnotationRows } from './annotationRows.ts';
import { type CelebaFiles, celebaImagesIn } from './celebaFiles.ts';
import { parseNumber } from './columnKind.ts';
import { ImageIndex } from './imageIndex.ts';

/** In the order of the alignment's template. CelebA's left is the left in the image, not the person's. */
const landmarkColumns = [
  'lefteye_x',
  'lefteye_y',
  'righteye_x',
  'righteye_y',
  'nose_x',
  'nose_y',
  'leftmouth_x',
  'leftmouth_y',
  'rightmouth_x',
  'rightmouth_y',
] as const;

const boxColumns = ['x_1', 'y_1', 'width', 'height'] as const;

/** Size of CelebA's aligned images, which their landmarks are given in. */
const alignedFrame = { width: 178, height: 218 } as const;

/**
 * Adds landmarks, boxes and the split of CelebA to its rows. Aligned images (in a folder
 * `img_align_celeba…`) get `list_landmarks_align_celeba`, in the frame of 178 × 218 pixels; images in the
 * wild (`img_celeba…`) get `list_landmarks_celeba` and `list_bbox_celeba`. In a folder of another name no
 * one can tell which of them is right, so none is used, and a note says so.
 *
 * Each table is a line with the number of images (text only), a line of column names, and a line `image x y …`
 * for each image; `list_eval_partition` is `image 0|1|2` (train, validation, test), with or without a header.
 */
export async function withCelebaGeometry(
  table: DatasetTable,
  files: CelebaFiles,
  signal: AbortSignal,
  log: DiagnosticLog,
): Promise<DatasetTable> {
  const { landmarks, alignedLandmarks, boxes, partition } = files;
  if (landmarks === null && alignedLandmarks === null && boxes === null && partition === null) return table;
  const reader = new CelebaReader(table.images, signal, log);
  const images = celebaImagesIn(join(table.root, dirname(table.images[0]!)));
  const split = partition === null ? null : await reader.split(partition);
  switch (images) {
    case 'aligned':
      return {
        ...table,
        split,
        landmarks: await reader.numbers(alignedLandmarks, landmarkColumns),
        landmarkFrame: alignedFrame,
      };
    case 'wild':
      return {
        ...table,
        split,
        landmarks: await reader.numbers(landmarks, landmarkColumns),
        boxes: await reader.numbers(boxes, boxColumns),
      };
    case null: {
      const unused = [landmarks, alignedLandmarks, boxes].filter((path) => path !== null);
      if (unused.length > 0) {
        log.add(
          'dataSetNote',
          `${unused.map((path) => `«${basename(path)}»`).join(', ')} not used: whether these images are the aligned ones is told by the name of their folder, img_align_celeba or img_celeba, and «${basename(table.root)}» is neither.`,
        );
      }
      return { ...table, split };
    }
  }
}

class CelebaReader {
  readonly #images: readonly string[];
  readonly #index: ImageIndex;
  readonly #signal: AbortSignal;
  readonly #log: DiagnosticLog;

  constructor(images: readonly string[], signal: AbortSignal, log: DiagnosticLog) {
    this.#images = images;
    this.#index = new ImageIndex(images);
    this.#signal = signal;
    this.#log = log;
  }

  /** Rows × columns, NaN where the file has no valid row; `null`, and a note, where it is no such table. */
  async numbers(path: string | null, columns: readonly string[]): Promise<Float32Array | null> {
    if (path === null) return null;
    const name = basename(path);
    const width = columns.length;
    const values = new Float32Array(this.#images.length * width).fill(NaN);
    const isRead = new Uint8Array(this.#images.length);
    const seen: { promised: number | null; header: Header | null; nRows: number } = {
      promised: null,
      header: null,
      nRows: 0,
    };
    await readAnnotationRows(path, this.#signal, (cells) => {
      if (seen.header === null) {
        if (cells.length === 1 && /^\d+$/.test(cells[0]!)) seen.promised = Number(cells[0]!);
        seen.header = headerOf(cells, columns);
        return;
      }
      seen.nRows++;
      const { cellOf, nCells } = seen.header;
      const image = cells[0]!;
      if (cells.length !== nCells) {
        this.#log.add('rowInvalid', `${name}: ${image}: ${cells.length - 1} values instead of ${nCells - 1}`);
        return;
      }
      const row = this.#rowOf(image, isRead, name);
      if (row < 0) return;
      for (let i = 0; i < width; i++) values[row * width + i] = parseNumber(cells[cellOf[i]!]!);
      const given = values.subarray(row * width, (row + 1) * width);
      if (!given.every(Number.isFinite) || (columns === boxColumns && !(given[2]! > 0 && given[3]! > 0))) {
        this.#log.add('valueInvalid', `${name}: ${image}: ${cells.slice(1).join(' ')}`);
        given.fill(NaN);
      }
    });
    if (seen.header === null) {
      this.#log.add(
        'dataSetNote',
        `«${name}» was not used: it has no line of the columns ${columns.join(', ')}.`,
      );
      return null;
    }
    const { promised, nRows } = seen;
    if (promised !== null && promised !== nRows) {
      this.#log.add('rowCountMismatch', `${name}: ${promised} rows promised, ${nRows} found`);
    }
    this.#reportAbsent(name, isRead);
    return values;
  }

  async split(path: string): Promise<Int8Array> {
    const name = basename(path);
    const split = new Int8Array(this.#images.length).fill(-1);
    const isRead = new Uint8Array(this.#images.length);
    let isFirst = true;
    await readAnnotationRows(path, this.#signal, (cells) => {
      const [image = '', part = ''] = cells;
      const isHeader = isFirst && part === 'partition';
      isFirst = false;
      if (isHeader) return;
      if (cells.length !== 2) {
        this.#log.add('rowInvalid', `${name}: ${image}: ${cells.length - 1} values instead of 1`);
        return;
      }
      const row = this.#rowOf(image, isRead, name);
      if (row < 0) return;
      if (part === '0' || part === '1' || part === '2') split[row] = Number(part);
      else this.#log.add('valueInvalid', `${name}: ${image}: «${part}»`);
    });
    this.#reportAbsent(name, isRead);
    return split;
  }

  /** −1 also for a second line of an image. */
  #rowOf(image: string, isRead: Uint8Array, file: string): number {
    const row = this.#index.rowOf(image);
    if (row < 0) return -1;
    if (isRead[row] === 1) {
      this.#log.add('imageRepeatedInTable', `${file}: ${image}`);
      return -1;
    }
    isRead[row] = 1;
    return row;
  }

  #reportAbsent(file: string, isRead: Uint8Array): void {
    const first = isRead.indexOf(0);
    if (first < 0) return;
    const nAbsent = isRead.reduce((count, read) => count + 1 - read, 0);
    this.#log.add(
      'dataSetNote',
      `«${file}» has no row for ${nAbsent} of the images, such as «${this.#images[first]!}».`,
    );
  }
}

interface Header {
  /** Cell of each column in a row. */
  readonly cellOf: readonly number[];
  readonly nCells: number;
}

/** `null` for another line. The header of a text table does not name the column of images. */
function headerOf(cells: readonly string[], columns: readonly string[]): Header | null {
  const names = cells.map((cell) => cell.toLowerCase());
  const shift = columns.includes(names[0]!) ? 1 : 0;
  const at = columns.map((column) => names.indexOf(column));
  if (at.includes(-1)) return null;
  return { cellOf: at.map((cell) => cell + shift), nCells: cells.length + shift };
}
