import { AppError } from '../domain/appError.ts';
import type { Metric } from '../domain/embeddingMatrix.ts';
import { singleRounding } from '../numerics/singleMatrixProduct.ts';
import type { VectorField } from './fieldEnergy.ts';

/** Curves of a field that can be measured, where they lie; what is asked of them is computed in float64. */
export interface FieldPoints {
  readonly n: number;
  readonly metric: Metric;
  readonly field: VectorField;
  /** Numbers of the curves in the field. */
  readonly rows: Int32Array;
  /** 1/|base point| where the metric is cosine, else 1. */
  readonly baseScales: Float64Array;
  /** 1/|end − start|. */
  readonly stepScales: Float64Array;
  /** Left out: start and end are the same. */
  readonly nStill: number;
  /** Left out: a base point of length zero has no direction, which cosine needs. */
  readonly nAtOrigin: number;
}

/** The same for products, n × dim: base points moved so that their mean is 0, and unit vectors. */
export interface CentredPoints<Numbers extends Float32Array | Float64Array> {
  /** A narrow cloud keeps its digits so. */
  readonly base: Numbers;
  readonly units: Numbers;
  /** Squared lengths of the centred base points. */
  readonly squares: Float64Array;
  readonly largestSquare: number;
  /** |computed − true| squared distance of i and j is below this times (squares[i] + squares[j]). */
  readonly relativeError: number;
}

/** Throws `numericsInvalid` where the shapes of the field do not fit or a number is not finite. */
export function gatherField(field: VectorField, metric: Metric): FieldPoints {
  const { n, dim, start, base, end } = field;
  for (const [name, values] of [
    ['start', start],
    ['base', base],
    ['end', end],
  ] as const) {
    if (values.length === n * dim) continue;
    throw new AppError(
      'numericsInvalid',
      `A field of ${n} curves × ${dim} has ${values.length} numbers in its ${name} points.`,
      { n, dim, length: values.length },
    );
  }
  const rows: number[] = [];
  const baseScales: number[] = [];
  const stepScales: number[] = [];
  let nStill = 0;
  let nAtOrigin = 0;
  for (let row = 0; row < n; row++) {
    const square = squaredLength(base, row * dim, dim);
    const squaredStep = squaredStepLength(start, end, row * dim, dim);
    // Neither overflows in float64: that they are finite says that all their numbers are.
    if (!(square + squaredStep < Infinity)) throw notFinite(field, row);
    if (squaredStep === 0) nStill++;
    else if (metric === 'cosine' && square === 0) nAtOrigin++;
    else {
      rows.push(row);
      baseScales.push(metric === 'cosine' ? 1 / Math.sqrt(square) : 1);
      stepScales.push(1 / Math.sqrt(squaredStep));
    }
  }
  return {
    n: rows.length,
    metric,
    field,
    rows: Int32Array.from(rows),
    baseScales: Float64Array.from(baseScales),
    stepScales: Float64Array.from(stepScales),
    nStill,
    nAtOrigin,
  };
}

function notFinite({ dim, start, base, end }: VectorField, row: number): AppError {
  for (const [name, values] of [
    ['start', start],
    ['base', base],
    ['end', end],
  ] as const) {
    const value = values.subarray(row * dim, (row + 1) * dim).find((number) => !Number.isFinite(number));
    if (value === undefined) continue;
    return new AppError(
      'numericsInvalid',
      `Curve ${row} of the field has ${value} in its ${name} point. Leave it out.`,
      { row, value: String(value) },
    );
  }
  return new AppError('internal', `Curve ${row} of the field is finite.`);
}

export function centre(points: FieldPoints, precision: 'double'): CentredPoints<Float64Array>;
export function centre(points: FieldPoints, precision: 'single'): CentredPoints<Float32Array>;
export function centre(
  { n, field, rows, baseScales, stepScales }: FieldPoints,
  precision: 'double' | 'single',
): CentredPoints<Float32Array | Float64Array> {
  const { dim, start, base, end } = field;
  const isDouble = precision === 'double';
  const numbers = (): Float32Array | Float64Array =>
    isDouble ? new Float64Array(n * dim) : new Float32Array(n * dim);
  const [centred, units] = [numbers(), numbers()];
  const mean = new Float64Array(dim);
  for (let i = 0; i < n; i++) addScaled(base, rows[i]! * dim, baseScales[i]! / n, mean);
  const squares = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const from = rows[i]! * dim;
    squares[i] = writeCentred(base, from, baseScales[i]!, mean, centred, i * dim);
    writeSteps(start, end, from, stepScales[i]!, dim, units, i * dim);
  }
  return {
    base: centred,
    units,
    squares,
    largestSquare: squares.reduce((most, square) => Math.max(most, square), 0),
    // γ = k·u bounds a sum of k products in any order; 8 more for rounding what goes in and comes out.
    relativeError: (isDouble ? 2 ** -53 : singleRounding) * (dim + 8),
  };
}

/** Squared distance of two base points from their differences: exact to rounding, also where they are near. */
export function squaredDistance({ field, rows, baseScales }: FieldPoints, i: number, j: number): number {
  const { base, dim } = field;
  return squaredDifference(base, rows[i]! * dim, baseScales[i]!, rows[j]! * dim, baseScales[j]!, dim);
}

/** The unit vector of a curve, into `unit`. */
export function writeUnit({ field, rows, stepScales }: FieldPoints, i: number, unit: Float64Array): void {
  writeSteps(field.start, field.end, rows[i]! * field.dim, stepScales[i]!, field.dim, unit, 0);
}

/** 1 − cos between a unit vector and the vector of a curve. */
export function energyWith({ field, rows, stepScales }: FieldPoints, unit: Float64Array, j: number): number {
  return 1 - stepProduct(unit, field.start, field.end, rows[j]! * field.dim) * stepScales[j]!;
}

/** Of every curve with all others, from the sum of all unit vectors: 1 − (u·Σ − u·u)/(n − 1). */
export function energiesWithAll(points: FieldPoints): Float64Array {
  const unit = new Float64Array(points.field.dim);
  const sum = new Float64Array(points.field.dim);
  for (let i = 0; i < points.n; i++) {
    writeUnit(points, i, unit);
    for (let t = 0; t < sum.length; t++) sum[t]! += unit[t]!;
  }
  return Float64Array.from({ length: points.n }, (_, i) => {
    writeUnit(points, i, unit);
    let [withSum, own] = [0, 0];
    for (let t = 0; t < sum.length; t++) {
      withSum += unit[t]! * sum[t]!;
      own += unit[t]! * unit[t]!;
    }
    return 1 - (withSum - own) / (points.n - 1);
  });
}

// Loops over the numbers of a row are functions of their own, which are compiled early and for good; sums run side
// by side, since each addition waits for the one before it.

function squaredLength(values: Float32Array, from: number, dim: number): number {
  let [even, odd] = [0, 0];
  for (let t = from; t < from + dim - 1; t += 2) {
    even += values[t]! * values[t]!;
    odd += values[t + 1]! * values[t + 1]!;
  }
  if (dim % 2 === 1) even += values[from + dim - 1]! ** 2;
  return even + odd;
}

function squaredStepLength(start: Float32Array, end: Float32Array, from: number, dim: number): number {
  let [even, odd] = [0, 0];
  for (let t = from; t < from + dim - 1; t += 2) {
    even += (end[t]! - start[t]!) ** 2;
    odd += (end[t + 1]! - start[t + 1]!) ** 2;
  }
  if (dim % 2 === 1) even += (end[from + dim - 1]! - start[from + dim - 1]!) ** 2;
  return even + odd;
}

function stepProduct(unit: Float64Array, start: Float32Array, end: Float32Array, from: number): number {
  let [even, odd] = [0, 0];
  let t = 0;
  for (; t < unit.length - 1; t += 2) {
    even += unit[t]! * (end[from + t]! - start[from + t]!);
    odd += unit[t + 1]! * (end[from + t + 1]! - start[from + t + 1]!);
  }
  if (t < unit.length) even += unit[t]! * (end[from + t]! - start[from + t]!);
  return even + odd;
}

function squaredDifference(
  values: Float32Array,
  a: number,
  scaleA: number,
  b: number,
  scaleB: number,
  dim: number,
): number {
  let [even, odd] = [0, 0];
  let t = 0;
  for (; t < dim - 1; t += 2) {
    even += (values[a + t]! * scaleA - values[b + t]! * scaleB) ** 2;
    odd += (values[a + t + 1]! * scaleA - values[b + t + 1]! * scaleB) ** 2;
  }
  if (t < dim) even += (values[a + t]! * scaleA - values[b + t]! * scaleB) ** 2;
  return even + odd;
}

function addScaled(values: Float32Array, from: number, factor: number, sum: Float64Array): void {
  for (let t = 0; t < sum.length; t++) sum[t]! += values[from + t]! * factor;
}

/** Writes the scaled row less the mean; returns its squared length. */
function writeCentred(
  values: Float32Array,
  from: number,
  factor: number,
  mean: Float64Array,
  to: Float32Array | Float64Array,
  at: number,
): number {
  let square = 0;
  for (let t = 0; t < mean.length; t++) {
    const value = values[from + t]! * factor - mean[t]!;
    to[at + t] = value;
    square += value * value;
  }
  return square;
}

function writeSteps(
  start: Float32Array,
  end: Float32Array,
  from: number,
  factor: number,
  dim: number,
  to: Float32Array | Float64Array,
  at: number,
): void {
  for (let t = 0; t < dim; t++) to[at + t] = (end[from + t]! - start[from + t]!) * factor;
}
