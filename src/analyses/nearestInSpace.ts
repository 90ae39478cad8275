import type { SingleMatrixProduct } from '../numerics/singleMatrixProduct.ts';
import { pause } from './cancellation.ts';

/** n points of `dim` numbers, row by row. */
export interface SpacePoints {
  readonly n: number;
  readonly dim: number;
  readonly data: Float32Array;
}

/** Of each point its k nearest others, row by row, nearest first, equals by number. */
export interface Nearest {
  readonly k: number;
  readonly index: Int32Array;
  /** Squared Euclidean distances. */
  readonly square: Float64Array;
}

export interface SpaceContext {
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/**
 * All pairs, tile by tile of the upper triangle: products in float32 name k + 8 candidates for each point, squared
 * differences in float64 put these in order. A true neighbour is missed only where nine or more others lie as near to
 * within the rounding of a float32 product; give points about their mean, so that it is small.
 * Memory: 12 · (k + 8) bytes for each point and 2 MB.
 */
export async function nearestInSpace(
  points: SpacePoints,
  k: number,
  product: SingleMatrixProduct,
  { signal, progress }: SpaceContext,
): Promise<Nearest> {
  const { n, dim, data } = points;
  if (!(Number.isInteger(k) && k >= 1 && k < n)) {
    throw new RangeError(`nearestInSpace needs a k from 1 to ${n - 1}, not ${k}.`);
  }
  const candidates = new Candidates(n, Math.min(n - 1, k + slack), halfSquares(points));
  const tile = new Float32Array(tileRows * Math.min(n, tileColumns));
  for (let first = 0; first < n; first += tileRows) {
    const rows = Math.min(tileRows, n - first);
    for (let start = first; start < n; start += tileColumns) {
      const columns = Math.min(tileColumns, n - start);
      const a = data.subarray(first * dim, (first + rows) * dim);
      const b = data.subarray(start * dim, (start + columns) * dim);
      await product.timesTransposed(a, b, rows, columns, dim, tile);
      candidates.offer(tile, first, rows, start, columns);
    }
    await pause(signal);
    const left = n - first - rows;
    progress(n * n - left * left, n * n);
  }
  return settle(points, k, candidates, signal);
}

const slack = 8;
/** A tile of products stays in the cache. */
const tileRows = 256;
const tileColumns = 2048;

/** The `kept` best of each point by a·b − ½|b|², which falls as the distance grows. */
class Candidates {
  readonly kept: number;
  /** n × kept, −1 where there is none (yet). */
  readonly numbers: Int32Array;
  readonly #scores: Float64Array;
  /** The worst score kept of each point, side by side: it is asked for with every pair. */
  readonly #worst: Float64Array;
  readonly #half: Float64Array;

  constructor(n: number, kept: number, half: Float64Array) {
    this.kept = kept;
    this.numbers = new Int32Array(n * kept).fill(-1);
    this.#scores = new Float64Array(n * kept).fill(-Infinity);
    this.#worst = new Float64Array(n).fill(-Infinity);
    this.#half = half;
  }

  offer(products: Float32Array, first: number, rows: number, start: number, columns: number): void {
    const worst = this.#worst;
    const half = this.#half;
    for (let row = 0; row < rows; row++) {
      const i = first + row;
      const ownHalf = half[i]!;
      const shift = row * columns - start;
      let own = worst[i]!;
      for (let j = Math.max(start, i + 1); j < start + columns; j++) {
        const value = products[shift + j]!;
        if (value - half[j]! > own) {
          this.#insert(i, j, value - half[j]!);
          own = worst[i]!;
        }
        if (value - ownHalf > worst[j]!) this.#insert(j, i, value - ownHalf);
      }
    }
  }

  #insert(point: number, other: number, score: number): void {
    const first = point * this.kept;
    let at = first + this.kept - 1;
    while (at > first && this.#scores[at - 1]! < score) {
      this.#scores[at] = this.#scores[at - 1]!;
      this.numbers[at] = this.numbers[at - 1]!;
      at--;
    }
    this.#scores[at] = score;
    this.numbers[at] = other;
    this.#worst[point] = this.#scores[first + this.kept - 1]!;
  }
}

async function settle(
  points: SpacePoints,
  k: number,
  { kept, numbers }: Candidates,
  signal: AbortSignal,
): Promise<Nearest> {
  const { n } = points;
  const index = new Int32Array(n * k);
  const square = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    const own = numbers.subarray(i * kept, (i + 1) * kept);
    const squares = Float64Array.from(own, (j) => squareBetween(points, i, j));
    const order = Array.from(own.keys()).sort((a, b) => squares[a]! - squares[b]! || own[a]! - own[b]!);
    for (let rank = 0; rank < k; rank++) {
      index[i * k + rank] = own[order[rank]!]!;
      square[i * k + rank] = squares[order[rank]!]!;
    }
    if (i % pointsBetweenPauses === 0) await pause(signal);
  }
  return { k, index, square };
}

const pointsBetweenPauses = 2000;

function squareBetween({ dim, data }: SpacePoints, i: number, j: number): number {
  let sum = 0;
  for (let t = 0; t < dim; t++) {
    const difference = data[i * dim + t]! - data[j * dim + t]!;
    sum += difference * difference;
  }
  return sum;
}

function halfSquares({ n, dim, data }: SpacePoints): Float64Array {
  const half = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let square = 0;
    for (let at = i * dim; at < (i + 1) * dim; at++) square += data[at]! * data[at]!;
    half[i] = square / 2;
  }
  return half;
}
