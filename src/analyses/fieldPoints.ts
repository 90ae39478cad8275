import type { Metric } from '../domain/embeddingMatrix.ts';
import { singleRounding } from '../numerics/singleMatrixProduct.ts';
import type { VectorField } from './fieldEnergy.ts';

/** Curves of a field that are measured: base points and unit vectors. */
export interface FieldPoints {
  readonly n: number;
  readonly dim: number;
  readonly metric: Metric;
  /** n × dim; of unit length where the metric is cosine. */
  readonly base: Float64Array;
  /** Directions of end − start, n × dim. */
  readonly units: Float64Array;
}

/** The same for products: moved so that their mean is 0, which keeps the digits of distances in a narrow cloud. */
export interface CentredPoints<Numbers extends Float32Array | Float64Array> {
  readonly base: Numbers;
  readonly units: Numbers;
  /** Squared lengths of the centred base points. */
  readonly squares: Float64Array;
  readonly largestSquare: number;
  /** |computed − true| squared distance of i and j is below this times (squares[i] + squares[j]). */
  readonly relativeError: number;
}

/** Base points and unit vectors of some rows of a field, in float64. */
export function gatherField(
  { dim, start, base, end }: VectorField,
  rows: Int32Array,
  metric: Metric,
): FieldPoints {
  const n = rows.length;
  const points = new Float64Array(n * dim);
  const units = new Float64Array(n * dim);
  for (let i = 0; i < n; i++) {
    const [from, to] = [rows[i]! * dim, i * dim];
    const length = metric === 'cosine' ? Math.sqrt(squaredLength(base, from, dim)) : 1;
    writeScaled(base, from, dim, 1 / length, points, to);
    writeUnitStep(start, end, from, dim, units, to);
  }
  return { n, dim, metric, base: points, units };
}

export function centre(points: FieldPoints, precision: 'double'): CentredPoints<Float64Array>;
export function centre(points: FieldPoints, precision: 'single'): CentredPoints<Float32Array>;
export function centre(
  { n, dim, base, units }: FieldPoints,
  precision: 'double' | 'single',
): CentredPoints<Float32Array | Float64Array> {
  const mean = new Float64Array(dim);
  for (let i = 0; i < n; i++) addRow(base, i * dim, dim, mean);
  for (let t = 0; t < dim; t++) mean[t]! /= n;
  const isDouble = precision === 'double';
  const centred = isDouble ? new Float64Array(n * dim) : new Float32Array(n * dim);
  const squares = new Float64Array(n);
  for (let i = 0; i < n; i++) squares[i] = centreRow(base, i * dim, mean, centred);
  return {
    base: centred,
    units: isDouble ? units : new Float32Array(units),
    squares,
    largestSquare: squares.reduce((most, square) => Math.max(most, square), 0),
    // γ = k·u bounds a sum of k products in any order; 8 more for rounding what goes in and comes out.
    relativeError: (isDouble ? 2 ** -53 : singleRounding) * (dim + 8),
  };
}

/** Squared distance of two base points from their differences: exact to rounding, also where they are near. */
export function squaredDistance({ dim, base }: FieldPoints, i: number, j: number): number {
  return squaredDifference(base, i * dim, j * dim, dim);
}

/** 1 − cos between the vectors of two curves. */
export function pairEnergy({ dim, units }: FieldPoints, i: number, j: number): number {
  return 1 - dot(units, i * dim, units, j * dim, dim);
}

/** Of every curve with all others, from the sum of all vectors: 1 − (u·Σ − u·u)/(n − 1). */
export function energiesWithAll({ n, dim, units }: FieldPoints): Float64Array {
  const sum = new Float64Array(dim);
  for (let i = 0; i < n; i++) addRow(units, i * dim, dim, sum);
  return Float64Array.from({ length: n }, (_, i) => {
    const own = dot(units, i * dim, units, i * dim, dim);
    return 1 - (dot(units, i * dim, sum, 0, dim) - own) / (n - 1);
  });
}

// Loops over the numbers of a row are functions of their own, which are compiled early and for good; sums run four
// side by side, since each addition waits for the one before it.

function writeScaled(
  source: Float32Array,
  from: number,
  dim: number,
  factor: number,
  to: Float64Array,
  at: number,
): void {
  for (let t = 0; t < dim; t++) to[at + t] = source[from + t]! * factor;
}

function writeUnitStep(
  start: Float32Array,
  end: Float32Array,
  from: number,
  dim: number,
  to: Float64Array,
  at: number,
): void {
  let [even, odd] = [0, 0];
  for (let t = 0; t < dim - 1; t += 2) {
    even += (end[from + t]! - start[from + t]!) ** 2;
    odd += (end[from + t + 1]! - start[from + t + 1]!) ** 2;
  }
  if (dim % 2 === 1) even += (end[from + dim - 1]! - start[from + dim - 1]!) ** 2;
  const factor = 1 / Math.sqrt(even + odd);
  for (let t = 0; t < dim; t++) to[at + t] = (end[from + t]! - start[from + t]!) * factor;
}

/** |x|² of the `dim` numbers from `from`, in float64. */
export function squaredLength(values: Float32Array, from: number, dim: number): number {
  let [even, odd] = [0, 0];
  for (let t = from; t < from + dim - 1; t += 2) {
    even += values[t]! * values[t]!;
    odd += values[t + 1]! * values[t + 1]!;
  }
  if (dim % 2 === 1) even += values[from + dim - 1]! ** 2;
  return even + odd;
}

function addRow(values: Float64Array, at: number, dim: number, sum: Float64Array): void {
  for (let t = 0; t < dim; t++) sum[t]! += values[at + t]!;
}

/** Writes the row less the mean; returns its squared length. */
function centreRow(
  values: Float64Array,
  at: number,
  mean: Float64Array,
  to: Float32Array | Float64Array,
): number {
  let square = 0;
  for (let t = 0; t < mean.length; t++) {
    const value = values[at + t]! - mean[t]!;
    to[at + t] = value;
    square += value * value;
  }
  return square;
}

function dot(a: Float64Array, atA: number, b: Float64Array, atB: number, dim: number): number {
  let [even, odd, evenNext, oddNext] = [0, 0, 0, 0];
  let t = 0;
  for (; t < dim - 3; t += 4) {
    even += a[atA + t]! * b[atB + t]!;
    odd += a[atA + t + 1]! * b[atB + t + 1]!;
    evenNext += a[atA + t + 2]! * b[atB + t + 2]!;
    oddNext += a[atA + t + 3]! * b[atB + t + 3]!;
  }
  for (; t < dim; t++) even += a[atA + t]! * b[atB + t]!;
  return even + odd + (evenNext + oddNext);
}

function squaredDifference(values: Float64Array, atA: number, atB: number, dim: number): number {
  let [even, odd, evenNext, oddNext] = [0, 0, 0, 0];
  let t = 0;
  for (; t < dim - 3; t += 4) {
    even += (values[atA + t]! - values[atB + t]!) ** 2;
    odd += (values[atA + t + 1]! - values[atB + t + 1]!) ** 2;
    evenNext += (values[atA + t + 2]! - values[atB + t + 2]!) ** 2;
    oddNext += (values[atA + t + 3]! - values[atB + t + 3]!) ** 2;
  }
  for (; t < dim; t++) even += (values[atA + t]! - values[atB + t]!) ** 2;
  return even + odd + (evenNext + oddNext);
}
