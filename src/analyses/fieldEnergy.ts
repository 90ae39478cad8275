import { AppError } from '../domain/appError.ts';
import type { Metric } from '../domain/embeddingMatrix.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import type { SingleMatrixProduct } from '../numerics/singleMatrixProduct.ts';
import { centre, energiesWithAll, type FieldPoints, gatherField } from './fieldPoints.ts';
import { NearestNeighbours, neighbourMeans } from './nearestNeighbours.ts';
import type { NeighbourRule } from './neighbourRule.ts';
import {
  doubleBlocks,
  type PairBlock,
  type PairBlocks,
  productsOfBlock,
  singleBlocks,
} from './pairBlocks.ts';
import { BallMeans, FastInverseMeans, InverseMeans, sumOfDistances } from './pairWeights.ts';

/** Curves of one identity along one attribute: n × dim each, row by row. */
export interface VectorField {
  readonly n: number;
  readonly dim: number;
  readonly start: Float32Array;
  readonly base: Float32Array;
  readonly end: Float32Array;
}

/** What a field is measured with; `checkpoint` is called between two products and may throw. */
export interface FieldContext {
  readonly product: MatrixProduct;
  /** For fields of `singleFrom` curves or more; without it all is in float64. */
  readonly single?: SingleMatrixProduct | undefined;
  checkpoint(): void;
}

/** One rule on one field. Arrays have an entry for each of `rows`. */
export interface RuleEnergy {
  readonly rule: NeighbourRule;
  /** `single`: weights or vectors come from products in float32. */
  readonly precision: 'double' | 'single';
  /** Mean over points that have a neighbour, 0 aligned to 2; `null` where none has. */
  readonly energy: number | null;
  /** For the ball: each point counted among its neighbours, as in the paper's code; else `null`. */
  readonly energyWithSelf: number | null;
  /** NaN where a point has no neighbour. */
  readonly perPoint: Float64Array;
  readonly nIsolated: number;
}

export interface FieldEnergies {
  /** Curves that could be used. */
  readonly rows: Int32Array;
  /** Left out: start and end are the same. */
  readonly nStill: number;
  /** Left out: a base point of length zero has no direction, which cosine needs. */
  readonly nAtOrigin: number;
  /** Pairs of base points at distance zero; by inverse distance they have no weight. */
  readonly nTwins: number;
  /** Over all pairs of base points; `null` where no ball needs it. */
  readonly meanDistance: number | null;
  readonly rules: RuleEnergy[];
}

/** Fields with fewer curves are measured in float64 throughout. */
export const singleFrom = 1024;

/**
 * The invariance energy of a field: 1 − cos between the vector end − start at a base point and those at its
 * neighbours, averaged over neighbours, then over points (Leroy et al., ICML 2025, section 5; definitions and
 * golden values in test/fixtures/microscale). 0: all move alike. 1: as random directions.
 *
 * A point is never its own neighbour, told by its number, not by its distance. Curves that do not move, and for
 * cosine base points at the origin, are left out before neighbours are looked for. The upper triangle of pairs only,
 * a block of rows at a time: memory does not grow with the square of n. Nearest neighbours and their energies are
 * exact in either precision.
 *
 * Throws `notEnoughCurves` with fewer than two usable curves, or with k of them or fewer; `numericsInvalid` for a
 * number that is not finite.
 */
export async function fieldEnergies(
  field: VectorField,
  rules: readonly NeighbourRule[],
  metric: Metric,
  context: FieldContext,
): Promise<FieldEnergies> {
  const points = gatherField(field, metric);
  const { n, rows, nStill, nAtOrigin } = points;
  const ks = rules.flatMap((rule) => (rule.kind === 'knn' ? rule.k : []));
  const largestK = Math.max(0, ...ks);
  if (n < 2 || largestK >= n) throw tooFewCurves(n, largestK);
  const hasInverse = rules.some(({ kind }) => kind === 'inverse');
  const { blocks, fast, precision } = blocksFor(points, hasInverse, context);

  const nearest = largestK > 0 ? new NearestNeighbours(n, ks) : null;
  const inverse = hasInverse && !fast ? new InverseMeans(n, metric) : null;
  const hasBall = rules.some(({ kind }) => kind === 'ball');
  const sumsDistances = hasBall && metric === 'euclidean';
  let nTwins = 0;
  let distanceSum = 0;
  const takeSquares = (block: PairBlock): void => {
    nTwins += block.nTwins;
    if (sumsDistances) distanceSum += sumOfDistances(block);
    nearest?.add(block);
    inverse?.add(block);
  };
  await blocks.each({
    cosines: hasInverse,
    products: fast ? (range) => fast.add(range) : null,
    squares: fast && !nearest && !sumsDistances ? null : takeSquares,
  });
  const neighbours = nearest?.settle(points, blocks, () => context.checkpoint()) ?? new Int32Array(0);

  const meanDistance = hasBall ? meanOfDistances() : null;
  const balls = new Map(
    rules
      .filter((rule) => rule.kind === 'ball')
      .map((rule) => [rule, new BallMeans(points, blocks, rule.epsilon * meanDistance!)]),
  );
  if (balls.size > 0) {
    await blocks.each({
      cosines: true,
      squares: (block) => {
        for (const ball of balls.values()) ball.add(block);
      },
    });
  }
  return {
    rows,
    nStill,
    nAtOrigin,
    nTwins: fast?.nTwins ?? nTwins,
    meanDistance,
    rules: rules.map(energyOf),
  };

  /** For cosine without the pairs: squared distances add up to n times the squared lengths around the mean. */
  function meanOfDistances(): number {
    if (metric === 'euclidean') return distanceSum / ((n * (n - 1)) / 2);
    return blocks.centredSquares.reduce((sum, square) => sum + square, 0) / (n - 1);
  }

  function energyOf(rule: NeighbourRule): RuleEnergy {
    switch (rule.kind) {
      case 'knn':
        return summary(rule, 'double', neighbourMeans(points, neighbours, largestK, rule.k));
      case 'inverse':
        return summary(rule, precision, (fast ?? inverse!).means());
      case 'all':
        return summary(rule, 'double', energiesWithAll(points));
      case 'ball': {
        const ball = balls.get(rule)!;
        const withSelf = average(ball.meansWithSelf());
        return { ...summary(rule, precision, ball.means()), energyWithSelf: withSelf };
      }
    }
  }
}

interface Blocks {
  readonly blocks: PairBlocks;
  /** Where inverse distances are asked for, and in single precision. */
  readonly fast: FastInverseMeans | null;
  readonly precision: 'double' | 'single';
}

function blocksFor(points: FieldPoints, hasInverse: boolean, context: FieldContext): Blocks {
  const checkpoint = (): void => context.checkpoint();
  if (context.single && points.n >= singleFrom) {
    const centred = centre(points, 'single');
    // Products of such numbers neither overflow nor vanish in float32.
    if (centred.largestSquare > 1e-12 && centred.largestSquare < 1e12) {
      const fast = hasInverse ? new FastInverseMeans(points, centred.squares) : null;
      const room = productsOfBlock(points.n);
      const memory = fast?.memory ?? [new Float32Array(room), new Float32Array(room)];
      const blocks = singleBlocks(points, centred, context.single, checkpoint, memory);
      return { blocks, fast, precision: 'single' };
    }
  }
  const centred = centre(points, 'double');
  const blocks = doubleBlocks(points, centred, context.product, checkpoint);
  return { blocks, fast: null, precision: 'double' };
}

/** Distance from start to end of each curve. */
export function stepLengths(
  { n, dim, start, end }: Pick<VectorField, 'n' | 'dim' | 'start' | 'end'>,
  metric: Metric,
): Float64Array {
  return Float64Array.from({ length: n }, (_, row) => rowDistance(start, end, row, dim, metric));
}

/** Distance of row `row` of one array to the same row of another; NaN for cosine where one is zero. */
export function rowDistance(
  a: Float32Array,
  b: Float32Array,
  row: number,
  dim: number,
  metric: Metric,
): number {
  let [squareA, squareB] = [0, 0];
  for (let t = row * dim; t < (row + 1) * dim; t++) {
    squareA += a[t]! * a[t]!;
    squareB += b[t]! * b[t]!;
  }
  const [scaleA, scaleB] = metric === 'cosine' ? [1 / Math.sqrt(squareA), 1 / Math.sqrt(squareB)] : [1, 1];
  let squared = 0;
  // From the differences: 1 − cos would lose the digits of a short step.
  for (let t = row * dim; t < (row + 1) * dim; t++) squared += (a[t]! * scaleA - b[t]! * scaleB) ** 2;
  return metric === 'cosine' ? squared / 2 : Math.sqrt(squared);
}

function summary(rule: NeighbourRule, precision: 'double' | 'single', perPoint: Float64Array): RuleEnergy {
  const nIsolated = perPoint.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
  return { rule, precision, energy: average(perPoint), energyWithSelf: null, perPoint, nIsolated };
}

/** Of the values that are numbers; `null` without one. */
function average(values: Float64Array): number | null {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? null : sum / count;
}

function tooFewCurves(n: number, k: number): AppError {
  const needed = Math.max(2, k + 1);
  return new AppError(
    'notEnoughCurves',
    `${n} curves can be used, and ${k > 0 ? `${k} nearest neighbours need` : 'an energy needs'} ${needed}. Give more curves${k > 1 ? ' or a smaller k' : ''}.`,
    { nCurves: n, k },
  );
}
