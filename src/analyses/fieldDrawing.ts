import { symmetricEigen } from '../numerics/eigen.ts';
import type { VectorField } from './fieldEnergy.ts';
import type { FieldDrawing } from './microscaleOutcome.ts';

/** More arrows than this cannot be told apart in a small drawing. */
const maxArrows = 60;

/**
 * A field in the plane of the two leading principal components of its base points: their places, and the
 * components of the unit vectors there, so that an arrow shortened by the projection points out of the plane.
 * At most 60 points, the first ones. `null` with fewer than three curves that move.
 */
export function drawField(field: VectorField): Pick<FieldDrawing, 'explained' | 'arrows'> | null {
  const rows = movingRows(field).slice(0, maxArrows);
  const n = rows.length;
  if (n < 3) return null;
  const centred = centredRows(field, rows);
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) gram[i * n + j] = gram[j * n + i] = dot(centred[i]!, centred[j]!);
  }
  const { values, vectors } = symmetricEigen(gram, n);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const axes = [0, 1].map((k) => axisOf(centred, vectors.subarray(k * n, (k + 1) * n), values[k]!));
  return {
    explained: total > 0 ? Math.min(1, (Math.max(0, values[0]!) + Math.max(0, values[1]!)) / total) : 0,
    arrows: rows.map((row, i) => {
      const unit = unitOf(field, row);
      return [
        dot(centred[i]!, axes[0]!),
        dot(centred[i]!, axes[1]!),
        dot(unit, axes[0]!),
        dot(unit, axes[1]!),
      ];
    }),
  };
}

function movingRows({ n, dim, start, end }: VectorField): number[] {
  return Array.from({ length: n }, (_, row) => row).filter((row) => {
    for (let t = row * dim; t < (row + 1) * dim; t++) if (start[t] !== end[t]) return true;
    return false;
  });
}

function centredRows({ dim, base }: VectorField, rows: readonly number[]): Float64Array[] {
  const mean = new Float64Array(dim);
  for (const row of rows) for (let t = 0; t < dim; t++) mean[t]! += base[row * dim + t]! / rows.length;
  return rows.map((row) => Float64Array.from(mean, (centre, t) => base[row * dim + t]! - centre));
}

/** A principal axis from its component among the points; zero where there is no variance. */
function axisOf(points: readonly Float64Array[], vector: Float64Array, value: number): Float64Array {
  const axis = new Float64Array(points[0]!.length);
  if (!(value > 0)) return axis;
  points.forEach((point, i) => {
    for (let t = 0; t < axis.length; t++) axis[t]! += (vector[i]! * point[t]!) / Math.sqrt(value);
  });
  return axis;
}

function unitOf({ dim, start, end }: VectorField, row: number): Float64Array {
  const step = Float64Array.from({ length: dim }, (_, t) => end[row * dim + t]! - start[row * dim + t]!);
  const length = Math.sqrt(dot(step, step));
  return step.map((value) => value / length);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum;
}
