import { energyWith, type FieldPoints, squaredDistance, writeUnit } from './fieldPoints.ts';
import type { PairBlock, PairBlocks } from './pairBlocks.ts';

/** Candidates kept beside the k nearest, so that rounding seldom leaves one out. */
const slack = 6;

/**
 * The k nearest others of every point, equal distances by number, exact whatever the precision of the blocks: these
 * find candidates, with a margin that covers the error of a product, and differences in float64 decide.
 */
export class NearestNeighbours {
  readonly #n: number;
  readonly #ks: readonly number[];
  readonly #k: number;
  readonly #kept: number;
  /** n × kept, ascending row by row. */
  readonly #squares: Float64Array;
  readonly #numbers: Int32Array;
  /** The largest square kept of each point, side by side: it is asked for with every pair. */
  readonly #worst: Float64Array;

  /** For each k of `ks`, which are less than n, the k nearest can be told. */
  constructor(n: number, ks: readonly number[]) {
    this.#n = n;
    this.#ks = ks;
    this.#k = Math.max(...ks);
    this.#kept = Math.min(n - 1, this.#k + slack);
    this.#squares = new Float64Array(n * this.#kept).fill(Infinity);
    this.#numbers = new Int32Array(n * this.#kept).fill(-1);
    this.#worst = new Float64Array(n).fill(Infinity);
  }

  add({ first, end, n, squares }: PairBlock): void {
    const worst = this.#worst;
    for (let i = first; i < end; i++) {
      const row = (i - first) * (n - first) - first;
      let own = worst[i]!;
      for (let j = i + 1; j < n; j++) {
        const square = squares[row + j]!;
        if (square < own) {
          this.#insert(i, j, square);
          own = worst[i]!;
        }
        if (square < worst[j]!) this.#insert(j, i, square);
      }
    }
  }

  /**
   * Of each point its nearest, as many as the largest k, row by row: the first k are the k nearest for every k that
   * was asked for, in no certain order. `checkpoint` may throw.
   */
  settle(points: FieldPoints, blocks: PairBlocks, checkpoint: () => void): Int32Array {
    const kept = this.#kept;
    const all = this.#n - 1;
    const nearest = new NearestOfOne(this.#k);
    const settled = new Int32Array(this.#n * this.#k);
    for (let i = 0; i < this.#n; i++) {
      const at = i * kept;
      const error = blocks.relativeError * (blocks.centredSquares[i]! + blocks.largestSquare);
      if (this.#isClear(at, 2 * error)) {
        settled.set(this.#numbers.subarray(at, at + this.#k), i * this.#k);
        continue;
      }
      const reach = this.#squares[at + this.#k - 1]! + 2 * error;
      nearest.clear();
      if (kept === all || this.#squares[at + kept - 1]! > reach) {
        for (let rank = 0; rank < kept && this.#squares[at + rank]! <= reach; rank++) {
          const other = this.#numbers[at + rank]!;
          nearest.offer(other, squaredDistance(points, i, other));
        }
      } else {
        // More points within the error than are kept, as where many points are the same: look at all.
        checkpoint();
        for (let other = 0; other <= all; other++) {
          if (other !== i) nearest.offer(other, squaredDistance(points, i, other));
        }
      }
      settled.set(nearest.numbers, i * this.#k);
    }
    return settled;
  }

  /** Whether no error can exchange one of the first k with a later one, for any k asked for. */
  #isClear(at: number, margin: number): boolean {
    return this.#ks.every(
      (k) => k === this.#n - 1 || this.#squares[at + k]! - this.#squares[at + k - 1]! > margin,
    );
  }

  #insert(point: number, other: number, square: number): void {
    const first = point * this.#kept;
    let at = first + this.#kept - 1;
    while (at > first && this.#squares[at - 1]! > square) {
      this.#squares[at] = this.#squares[at - 1]!;
      this.#numbers[at] = this.#numbers[at - 1]!;
      at--;
    }
    this.#squares[at] = square;
    this.#numbers[at] = other;
    this.#worst[point] = this.#squares[first + this.#kept - 1]!;
  }
}

/** The k nearest of those offered, by distance, then by number. */
class NearestOfOne {
  readonly numbers: Int32Array;
  readonly #squares: Float64Array;

  constructor(k: number) {
    this.numbers = new Int32Array(k);
    this.#squares = new Float64Array(k);
  }

  clear(): void {
    this.#squares.fill(Infinity);
    this.numbers.fill(-1);
  }

  offer(number: number, square: number): void {
    const { numbers } = this;
    const squares = this.#squares;
    let at = numbers.length;
    while (at > 0 && isBefore(square, number, squares[at - 1]!, numbers[at - 1]!)) at--;
    if (at === numbers.length) return;
    squares.copyWithin(at + 1, at, numbers.length - 1);
    numbers.copyWithin(at + 1, at, numbers.length - 1);
    squares[at] = square;
    numbers[at] = number;
  }
}

function isBefore(square: number, number: number, otherSquare: number, otherNumber: number): boolean {
  return square < otherSquare || (square === otherSquare && number < otherNumber);
}

/** Mean of 1 − cos over the first k of `kept` neighbours of each point. */
export function neighbourMeans(
  points: FieldPoints,
  neighbours: Int32Array,
  kept: number,
  k: number,
): Float64Array {
  const means = new Float64Array(points.n);
  const unit = new Float64Array(points.field.dim);
  for (let i = 0; i < points.n; i++) {
    writeUnit(points, i, unit);
    let sum = 0;
    for (let rank = 0; rank < k; rank++) sum += energyWith(points, unit, neighbours[i * kept + rank]!);
    means[i] = sum / k;
  }
  return means;
}
