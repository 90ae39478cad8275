import { distanceBlocksBytes } from './wasm/distanceBlocksBytes.ts';
import { instantiate, type WasmMemory } from './wasm/instantiate.ts';

interface Kernel {
  readonly memory: WasmMemory;
  cosine(products: number, columns: number, rows: number, first: number, step: number, out: number): number;
  euclidean(
    products: number,
    columns: number,
    rows: number,
    first: number,
    step: number,
    out: number,
    rowSquares: number,
    columnSquares: number,
  ): number;
  squaredLength(from: number, dim: number): number;
  scale(from: number, dim: number, factor: number, out: number): void;
}

/** Which distances of a block are wanted: all, or those above the diagonal. */
export type BlockPart = 'all' | 'above';

/**
 * Turns blocks of products xy into distances with SIMD: 1 − xy of points of unit length, or the root of
 * |x|² + |y|² − 2xy, rounded to 40 bits as `distanceOfSquare` does, to the last bit. A distance is safe where the
 * square is neither so small that it has lost its digits nor impossible: 0.01·s ≤ square ≤ 2·s, s = |x|² + |y|².
 */
export class DistanceBlocks {
  /** Where the products are put, row by row; as many as were asked for, or more. */
  readonly products: Float64Array;
  readonly #kernel: Kernel;
  readonly #distances: Float64Array;
  readonly #rowSquares: Float64Array;
  readonly #columnSquares: Float64Array;

  /** For blocks of at most so many products. */
  constructor(most: number) {
    const kernel = instantiate(distanceBlocksBytes, 32 * most) as Kernel;
    const { buffer } = kernel.memory;
    this.#kernel = kernel;
    this.products = new Float64Array(buffer, 0, most);
    this.#distances = new Float64Array(buffer, 8 * most, most);
    this.#rowSquares = new Float64Array(buffer, 16 * most, most);
    this.#columnSquares = new Float64Array(buffer, 24 * most, most);
  }

  /** Writes the distances to out[k…], row by row without gaps; how many of them are safe. */
  cosine(rows: number, columns: number, part: BlockPart, out: Float64Array, k: number): number {
    const step = part === 'above' ? 1 : 0;
    const { byteOffset } = this.#distances;
    const nSafe = this.#kernel.cosine(0, columns, rows, step, step, byteOffset);
    out.set(this.#distances.subarray(0, sizeOf(rows, columns, part)), k);
    return nSafe;
  }

  /** The same from the squared lengths of the points of the rows and of the columns. */
  euclidean(
    rowSquares: Float64Array,
    columnSquares: Float64Array,
    part: BlockPart,
    out: Float64Array,
    k: number,
  ): number {
    const rows = rowSquares.length;
    const columns = columnSquares.length;
    this.#rowSquares.set(rowSquares);
    this.#columnSquares.set(columnSquares);
    const step = part === 'above' ? 1 : 0;
    const nSafe = this.#kernel.euclidean(
      0,
      columns,
      rows,
      step,
      step,
      this.#distances.byteOffset,
      this.#rowSquares.byteOffset,
      this.#columnSquares.byteOffset,
    );
    out.set(this.#distances.subarray(0, sizeOf(rows, columns, part)), k);
    return nSafe;
  }
}

/** For blocks of at most so many products; nobody else has it until it is given back. */
export function takeBlocks(most: number): DistanceBlocks {
  const before = spare;
  spare = null;
  return before !== null && before.products.length >= most ? before : new DistanceBlocks(most);
}

/** Keeps the memory for who takes it next: new memory has to be cleared by the system, page by page. */
export function giveBackBlocks(blocks: DistanceBlocks): void {
  if (blocks.products.length <= mostKept) spare = blocks;
}

/** Products of which the memory is kept: 8 MB of them. */
const mostKept = 2 ** 20;

let spare: DistanceBlocks | null = null;

/** Distances of a part of a block; the diagonal begins in its first corner. */
export function sizeOf(rows: number, columns: number, part: BlockPart): number {
  return part === 'all' ? rows * columns : rows * columns - (rows * (rows + 1)) / 2;
}

/** Reads rows of float32 numbers into float64, of unit length if asked. */
class RowScaler {
  readonly dim: number;
  readonly #kernel: Kernel;
  readonly #paddedDim: number;
  readonly #row: Float32Array;
  readonly #scaled: Float64Array;

  constructor(dim: number) {
    this.dim = dim;
    this.#paddedDim = 4 * Math.ceil(dim / 4);
    this.#kernel = instantiate(distanceBlocksBytes, 12 * this.#paddedDim) as Kernel;
    const { buffer } = this.#kernel.memory;
    this.#scaled = new Float64Array(buffer, 0, dim);
    this.#row = new Float32Array(buffer, 8 * this.#paddedDim, dim);
  }

  /** Writes the row that begins at data[from] to out[at…]; its squared length before. */
  read(data: Float32Array, from: number, toUnitLength: boolean, out: Float64Array, at: number): number {
    this.#row.set(data.subarray(from, from + this.dim));
    const { byteOffset } = this.#row;
    const square = this.#kernel.squaredLength(byteOffset, this.#paddedDim);
    this.#kernel.scale(byteOffset, this.#paddedDim, toUnitLength ? 1 / Math.sqrt(square) : 1, 0);
    out.set(this.#scaled, at);
    return square;
  }
}

let scaler: RowScaler | null = null;

/** Of rows of `dim` numbers; the last one is kept. */
export function rowScaler(dim: number): RowScaler {
  if (scaler?.dim !== dim) scaler = new RowScaler(dim);
  return scaler;
}
