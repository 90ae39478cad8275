import { AppError } from '../domain/appError.ts';
import type { Metric } from '../domain/embeddingMatrix.ts';
import type { MatrixProduct } from '../numerics/matrixProduct.ts';
import { NearestNeighbours } from './nearestNeighbours.ts';
import type { NeighbourRule } from './neighbourRule.ts';
import { distanceOfSquare } from './pairDistances.ts';

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
  checkpoint(): void;
}

/** One rule on one field. Arrays have an entry for each of `rows`. */
export interface RuleEnergy {
  readonly rule: NeighbourRule;
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
  /** Over all pairs of base points. */
  readonly meanDistance: number;
  readonly rules: RuleEnergy[];
}

/** Below this a distance is zero but for rounding. */
const zeroDistance = 1e-12;
const blockRows = 256;

/**
 * The invariance energy of a field: 1 − cos between the vector end − start at a base point and those at its
 * neighbours, averaged over neighbours, then over points (Leroy et al., ICML 2025, section 5; definitions and
 * golden values in test/fixtures/microscale). 0: all move alike. 1: as random directions.
 *
 * A point is never its own neighbour, told by its number, not by its distance. Curves that do not move, and for
 * cosine base points at the origin, are left out before neighbours are looked for. All in float64, the upper
 * triangle of pairs only, a block of rows at a time: memory does not grow with the square of n.
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
  checkField(field);
  const usable = usableCurves(field, metric);
  const points = new FieldPoints(field, usable.rows, metric);
  const { n } = points;
  const largestK = Math.max(0, ...rules.map((rule) => (rule.kind === 'knn' ? rule.k : 0)));
  if (n < 2 || largestK >= n) throw tooFewCurves(n, largestK);

  const nearest = largestK > 0 ? new NearestNeighbours(n, largestK) : null;
  const inverse = rules.some(({ kind }) => kind === 'inverse') ? new WeightedMeans(n) : null;
  let distanceSum = 0;
  let nTwins = 0;
  await points.eachPair(inverse !== null, context, (i, j, distance, energy) => {
    distanceSum += distance;
    nearest?.offer(i, j, distance);
    if (distance <= zeroDistance) nTwins++;
    else inverse?.add(i, j, energy, 1 / distance);
  });
  const meanDistance = distanceSum / ((n * (n - 1)) / 2);

  const balls = new Map<NeighbourRule, WeightedMeans>();
  for (const rule of rules) if (rule.kind === 'ball') balls.set(rule, new WeightedMeans(n));
  if (balls.size > 0) {
    await points.eachPair(true, context, (i, j, distance, energy) => {
      for (const [rule, means] of balls) {
        if (rule.kind === 'ball' && distance <= rule.epsilon * meanDistance) means.add(i, j, energy, 1);
      }
    });
  }
  const energies = rules.map((rule): RuleEnergy => {
    switch (rule.kind) {
      case 'knn':
        return summary(
          rule,
          nearest!.meanOver(rule.k, (i, j) => points.energyOf(i, j)),
        );
      case 'inverse':
        return summary(rule, inverse!.means());
      case 'all':
        return summary(rule, points.meanOverAll());
      case 'ball': {
        const means = balls.get(rule)!;
        return { ...summary(rule, means.means()), energyWithSelf: average(means.meansWithSelf()) };
      }
    }
  });
  return { ...usable, nTwins, meanDistance, rules: energies };
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

function summary(rule: NeighbourRule, perPoint: Float64Array): RuleEnergy {
  const nIsolated = perPoint.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
  return { rule, energy: average(perPoint), energyWithSelf: null, perPoint, nIsolated };
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

/** Base points and unit vectors of the curves that are used, in float64. */
class FieldPoints {
  readonly n: number;
  readonly #dim: number;
  readonly #metric: Metric;
  readonly #base: Float64Array;
  readonly #squares: Float64Array;
  readonly #units: Float64Array;

  constructor({ dim, start, base, end }: VectorField, rows: Int32Array, metric: Metric) {
    this.n = rows.length;
    this.#dim = dim;
    this.#metric = metric;
    this.#base = new Float64Array(this.n * dim);
    this.#squares = new Float64Array(this.n);
    this.#units = new Float64Array(this.n * dim);
    rows.forEach((row, i) => {
      const length = metric === 'cosine' ? Math.sqrt(squareOf(base, row, dim)) : 1;
      let square = 0;
      let squaredStep = 0;
      for (let t = 0; t < dim; t++) {
        const value = base[row * dim + t]! / length;
        this.#base[i * dim + t] = value;
        square += value * value;
        const step = end[row * dim + t]! - start[row * dim + t]!;
        this.#units[i * dim + t] = step;
        squaredStep += step * step;
      }
      this.#squares[i] = metric === 'cosine' ? 1 : square;
      const scale = 1 / Math.sqrt(squaredStep);
      for (let t = i * dim; t < (i + 1) * dim; t++) this.#units[t]! *= scale;
    });
  }

  /** Every pair i < j with the distance of its base points and, where asked for, 1 − cos of its vectors. */
  async eachPair(
    withEnergy: boolean,
    context: FieldContext,
    visit: (i: number, j: number, distance: number, energy: number) => void,
  ): Promise<void> {
    const { n } = this;
    const dim = this.#dim;
    const isCosine = this.#metric === 'cosine';
    for (let first = 0; first < n; first += blockRows) {
      context.checkpoint();
      const end = Math.min(first + blockRows, n);
      const [m, width] = [end - first, n - first];
      const multiply = (points: Float64Array): Promise<Float64Array> =>
        context.product.timesTransposed(
          points.subarray(first * dim, end * dim),
          points.subarray(first * dim),
          m,
          width,
          dim,
        );
      const dots = await multiply(this.#base);
      const cosines = withEnergy ? await multiply(this.#units) : null;
      for (let i = first; i < end; i++) {
        const row = (i - first) * width - first;
        const square = this.#squares[i]!;
        for (let j = i + 1; j < n; j++) {
          const scale = square + this.#squares[j]!;
          let squared = scale - 2 * dots[row + j]!;
          // Near points: the difference of two large numbers has lost its digits.
          if (!(squared >= 1e-6 * scale)) squared = this.#carefulSquare(i, j);
          visit(i, j, distanceOfSquare(squared, isCosine), cosines ? 1 - cosines[row + j]! : Number.NaN);
        }
      }
    }
  }

  energyOf(i: number, j: number): number {
    const dim = this.#dim;
    let cosine = 0;
    for (let t = 0; t < dim; t++) cosine += this.#units[i * dim + t]! * this.#units[j * dim + t]!;
    return 1 - cosine;
  }

  /** Over all others, from the sum of all vectors: 1 − (u·Σ − 1)/(n − 1). */
  meanOverAll(): Float64Array {
    const dim = this.#dim;
    const sum = new Float64Array(dim);
    this.#units.forEach((value, at) => (sum[at % dim]! += value));
    return Float64Array.from({ length: this.n }, (_, i) => {
      let dot = 0;
      let own = 0;
      for (let t = 0; t < dim; t++) {
        const value = this.#units[i * dim + t]!;
        dot += value * sum[t]!;
        own += value * value;
      }
      return 1 - (dot - own) / (this.n - 1);
    });
  }

  #carefulSquare(i: number, j: number): number {
    const dim = this.#dim;
    let sum = 0;
    for (let t = 0; t < dim; t++) sum += (this.#base[i * dim + t]! - this.#base[j * dim + t]!) ** 2;
    return sum;
  }
}

/** Weighted means over neighbours, gathered pair by pair. */
class WeightedMeans {
  readonly #sums: Float64Array;
  readonly #weights: Float64Array;

  constructor(n: number) {
    this.#sums = new Float64Array(n);
    this.#weights = new Float64Array(n);
  }

  add(i: number, j: number, energy: number, weight: number): void {
    this.#sums[i]! += weight * energy;
    this.#sums[j]! += weight * energy;
    this.#weights[i]! += weight;
    this.#weights[j]! += weight;
  }

  means(): Float64Array {
    return this.#sums.map((sum, i) => sum / this.#weights[i]!);
  }

  /** Each point among its own neighbours, with weight 1 and energy 0. */
  meansWithSelf(): Float64Array {
    return this.#sums.map((sum, i) => sum / (this.#weights[i]! + 1));
  }
}

function usableCurves(
  { n, dim, start, base, end }: VectorField,
  metric: Metric,
): Pick<FieldEnergies, 'rows' | 'nStill' | 'nAtOrigin'> {
  const rows: number[] = [];
  let nStill = 0;
  let nAtOrigin = 0;
  for (let row = 0; row < n; row++) {
    let moves = false;
    for (let t = row * dim; t < (row + 1) * dim; t++) if (start[t] !== end[t]) moves = true;
    if (!moves) nStill++;
    else if (metric === 'cosine' && squareOf(base, row, dim) === 0) nAtOrigin++;
    else rows.push(row);
  }
  return { rows: Int32Array.from(rows), nStill, nAtOrigin };
}

function squareOf(values: Float32Array, row: number, dim: number): number {
  let sum = 0;
  for (let t = row * dim; t < (row + 1) * dim; t++) sum += values[t]! * values[t]!;
  return sum;
}

function checkField({ n, dim, start, base, end }: VectorField): void {
  for (const [name, values] of [
    ['start', start],
    ['base', base],
    ['end', end],
  ] as const) {
    if (values.length !== n * dim) {
      throw new AppError(
        'numericsInvalid',
        `A field of ${n} curves × ${dim} has ${values.length} numbers in its ${name} points.`,
        { n, dim, length: values.length },
      );
    }
    const wrong = values.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) {
      throw new AppError(
        'numericsInvalid',
        `Curve ${Math.floor(wrong / dim)} of the field has ${values[wrong]} in its ${name} point. Leave it out.`,
        { row: Math.floor(wrong / dim), value: String(values[wrong]) },
      );
    }
  }
}

function tooFewCurves(n: number, k: number): AppError {
  const needed = Math.max(2, k + 1);
  return new AppError(
    'notEnoughCurves',
    `${n} curves can be used, and ${k > 0 ? `${k} nearest neighbours need` : 'an energy needs'} ${needed}. Give more curves${k > 1 ? ' or a smaller k' : ''}.`,
    { nCurves: n, k },
  );
}
