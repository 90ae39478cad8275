import type { Metric } from '../domain/embeddingMatrix.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import type { SingleMatrixProduct } from '../numerics/singleMatrixProduct.ts';
import { type CentredPoints, type FieldPoints, squaredDistance } from './fieldPoints.ts';

/** Rows `first` to before `end` of the upper triangle: those with columns i < j < n are of use. */
export interface PairRange {
  readonly first: number;
  readonly end: number;
  readonly n: number;
}

export interface PairBlock extends PairRange {
  /** Squared distances of base points, 0 for twins; that of i and j at (i − first)·(n − first) + j − first. */
  readonly squares: Float32Array | Float64Array;
  /** Cosines between the vectors, likewise; `null` where they were not asked for. */
  readonly cosines: Float32Array | Float64Array | null;
  /** Pairs whose base points are the same but for rounding. */
  readonly nTwins: number;
}

/** What is asked of all pairs. */
export interface PairVisit {
  /** Whether `squares` gets cosines. */
  readonly cosines: boolean;
  /** Takes a block of products and cosines as they are, in the memory that was given for them. */
  readonly products?: ((range: PairRange) => void) | null;
  readonly squares?: ((block: PairBlock) => void) | null;
}

/** All pairs of points, block by block; the arrays of one are used again for the next. */
export interface PairBlocks {
  each(visit: PairVisit): Promise<void>;
  /** |squared distance of i and j − true one| is below this times the sum of their centred squared lengths. */
  readonly relativeError: number;
  readonly centredSquares: Float64Array;
  readonly largestSquare: number;
}

/** The squared distance that a distance is: cosine distance is half the squared distance of unit vectors. */
export function squareOfDistance(distance: number, metric: Metric): number {
  return metric === 'cosine' ? 2 * distance : distance * distance;
}

/** Below this a distance is zero but for rounding. */
export const zeroDistance = 1e-12;

/** 256 rows of products of some thousand columns stay in the cache. */
const blockRows = 256;

/** Below this share of their squared lengths, squared distances are computed again from differences. */
export const nearShare = { double: 1e-4, single: 1e-2 } as const;

export function doubleBlocks(
  points: FieldPoints,
  centred: CentredPoints<Float64Array>,
  product: MatrixProduct,
  checkpoint: () => void,
): PairBlocks {
  const memory = [0, 1].map(() => new Float64Array(productsOfBlock(points.n)));
  const multiply = (values: Float64Array, range: PairRange, out: 0 | 1): Promise<Float64Array> =>
    product.timesTransposed(...operands(values, range, points.field.dim), memory[out]);
  return blocksOf(points, centred, nearShare.double, checkpoint, multiply);
}

/** `memory`: room for a block of products and one of cosines. */
export function singleBlocks(
  points: FieldPoints,
  centred: CentredPoints<Float32Array>,
  product: SingleMatrixProduct,
  checkpoint: () => void,
  memory: readonly [Float32Array, Float32Array],
): PairBlocks {
  const multiply = async (values: Float32Array, range: PairRange, out: 0 | 1): Promise<Float32Array> => {
    await product.timesTransposed(...operands(values, range, points.field.dim), memory[out]);
    return memory[out];
  };
  return blocksOf(points, centred, nearShare.single, checkpoint, multiply);
}

export function productsOfBlock(n: number): number {
  return Math.min(blockRows, n) * n;
}

function operands<Numbers extends Float32Array | Float64Array>(
  values: Numbers,
  { first, end, n }: PairRange,
  dim: number,
): [a: Numbers, b: Numbers, m: number, n: number, k: number] {
  const part = (to: number) => values.subarray(first * dim, to * dim) as Numbers;
  return [part(end), part(n), end - first, n - first, dim];
}

function blocksOf<Numbers extends Float32Array | Float64Array>(
  points: FieldPoints,
  centred: CentredPoints<Numbers>,
  near: number,
  checkpoint: () => void,
  multiply: (values: Numbers, range: PairRange, out: 0 | 1) => Promise<Numbers>,
): PairBlocks {
  const { n } = points;
  return {
    relativeError: centred.relativeError,
    centredSquares: centred.squares,
    largestSquare: centred.largestSquare,
    async each({ cosines: withCosines, products, squares: visitSquares }) {
      for (let first = 0; first < n; first += blockRows) {
        checkpoint();
        const range = { first, end: Math.min(first + blockRows, n), n };
        const squares = await multiply(centred.base, range, 0);
        const cosines = withCosines ? await multiply(centred.units, range, 1) : null;
        products?.(range);
        if (!visitSquares) continue;
        const nTwins = dotsToSquares(squares, range, centred.squares, near, points);
        visitSquares({ ...range, squares, cosines, nTwins });
      }
    },
  };
}

/** |a|² + |b|² − 2a·b in place of a·b; returns the number of twins. */
function dotsToSquares(
  values: Float32Array | Float64Array,
  { first, end, n }: PairRange,
  lengths: Float64Array,
  near: number,
  points: FieldPoints,
): number {
  const zero = squareOfDistance(zeroDistance, points.metric);
  let nTwins = 0;
  for (let i = first; i < end; i++) {
    const row = (i - first) * (n - first) - first;
    const own = lengths[i]!;
    for (let j = i + 1; j < n; j++) {
      const scale = own + lengths[j]!;
      let square = scale - 2 * values[row + j]!;
      if (!(square > near * scale)) {
        // Near points: the difference of two larger numbers has lost its digits.
        square = squaredDistance(points, i, j);
        if (square <= zero) {
          square = 0;
          nTwins++;
        }
      }
      values[row + j] = square;
    }
  }
  return nTwins;
}
