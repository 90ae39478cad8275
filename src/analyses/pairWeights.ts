import type { Metric } from '../domain/embeddingMatrix.ts';
import { InverseWeights } from '../numerics/inverseWeights.ts';
import { type FieldPoints, squaredDistance } from './fieldPoints.ts';
import {
  nearShare,
  type PairBlock,
  type PairBlocks,
  type PairRange,
  productsOfBlock,
  squareOfDistance,
  zeroDistance,
} from './pairBlocks.ts';

/** Sum of the euclidean distances of a block. */
export function sumOfDistances({ first, end, n, squares }: PairBlock): number {
  let sum = 0;
  for (let i = first; i < end; i++) {
    const row = (i - first) * (n - first) - first;
    let ofRow = 0;
    for (let j = i + 1; j < n; j++) ofRow += Math.sqrt(squares[row + j]!);
    sum += ofRow;
  }
  return sum;
}

/** Means over all others weighted by 1/distance; pairs at distance zero have no weight. */
export class InverseMeans {
  readonly #metric: Metric;
  readonly #sums: Float64Array;
  readonly #weights: Float64Array;

  constructor(n: number, metric: Metric) {
    this.#metric = metric;
    this.#sums = new Float64Array(n);
    this.#weights = new Float64Array(n);
  }

  add({ first, end, n, squares, cosines }: PairBlock): void {
    const sums = this.#sums;
    const weights = this.#weights;
    const isEuclidean = this.#metric === 'euclidean';
    for (let i = first; i < end; i++) {
      const row = (i - first) * (n - first) - first;
      let sum = 0;
      let total = 0;
      for (let j = i + 1; j < n; j++) {
        const square = squares[row + j]!;
        if (square === 0) continue;
        // That cosine distances are half of it cancels.
        const weight = 1 / (isEuclidean ? Math.sqrt(square) : square);
        const energy = weight * (1 - cosines![row + j]!);
        sum += energy;
        total += weight;
        sums[j]! += energy;
        weights[j]! += weight;
      }
      sums[i]! += sum;
      weights[i]! += total;
    }
  }

  /** NaN for a point that has only twins. */
  means(): Float64Array {
    return this.#sums.map((sum, i) => sum / this.#weights[i]!);
  }
}

/** The same in single precision, from products as they are. */
export class FastInverseMeans {
  /** Pairs at distance zero so far. */
  nTwins = 0;
  /** Where products and cosines are expected. */
  readonly memory: readonly [Float32Array, Float32Array];
  readonly #points: FieldPoints;
  readonly #weights: InverseWeights;

  constructor(points: FieldPoints, centredSquares: Float64Array) {
    const isEuclidean = points.metric === 'euclidean';
    const room = productsOfBlock(points.n);
    this.#points = points;
    this.#weights = new InverseWeights(centredSquares, room, nearShare.single, isEuclidean);
    this.memory = [this.#weights.products, this.#weights.cosines];
  }

  add({ first, end, n }: PairRange): void {
    const { metric } = this.#points;
    const zero = squareOfDistance(zeroDistance, metric);
    for (let i = first; i < end; i++) {
      const row = (i - first) * (n - first) - first;
      for (const j of this.#weights.addRow(i, row + i + 1)) {
        const square = squaredDistance(this.#points, i, j);
        if (square <= zero) {
          this.nTwins++;
          continue;
        }
        const weight = 1 / (metric === 'euclidean' ? Math.sqrt(square) : square);
        this.#weights.addPair(i, j, 1 - this.memory[1][row + j]!, weight);
      }
    }
  }

  means(): Float64Array {
    return this.#weights.means();
  }
}

/** Means over all others within a radius; who is within is exact, whatever the precision of the blocks. */
export class BallMeans {
  readonly #points: FieldPoints;
  readonly #blocks: PairBlocks;
  readonly #limit: number;
  readonly #sums: Float64Array;
  readonly #counts: Int32Array;

  constructor(points: FieldPoints, blocks: PairBlocks, radius: number) {
    this.#points = points;
    this.#blocks = blocks;
    this.#limit = squareOfDistance(radius, points.metric);
    this.#sums = new Float64Array(points.n);
    this.#counts = new Int32Array(points.n);
  }

  add({ first, end, n, squares, cosines }: PairBlock): void {
    const { relativeError, centredSquares } = this.#blocks;
    for (let i = first; i < end; i++) {
      const row = (i - first) * (n - first) - first;
      for (let j = i + 1; j < n; j++) {
        const square = squares[row + j]!;
        const error = relativeError * (centredSquares[i]! + centredSquares[j]!);
        if (square > this.#limit + error) continue;
        if (square > this.#limit - error && squaredDistance(this.#points, i, j) > this.#limit) continue;
        const energy = 1 - cosines![row + j]!;
        this.#sums[i]! += energy;
        this.#sums[j]! += energy;
        this.#counts[i]!++;
        this.#counts[j]!++;
      }
    }
  }

  /** NaN for a point that has none within. */
  means(): Float64Array {
    return this.#sums.map((sum, i) => sum / this.#counts[i]!);
  }

  /** Each point among its own neighbours, with energy 0. */
  meansWithSelf(): Float64Array {
    return this.#sums.map((sum, i) => sum / (this.#counts[i]! + 1));
  }
}
