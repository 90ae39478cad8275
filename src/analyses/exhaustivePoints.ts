import type { DiagnosticLog } from '../domain/diagnostic.ts';
import type { Metric } from '../domain/embeddingMatrix.ts';
import { euclideanExtra } from '../numerics/pairScanner.ts';
import { SeededRandom } from '../numerics/random.ts';
import type { MacroscaleInput } from './macroscaleOutcome.ts';
import { squaredLength } from './pairDistances.ts';
import { findUsableRows } from './usableRows.ts';

export interface ExhaustivePointOptions {
  readonly metric: Metric;
  readonly points: 'oneImage' | 'centroids' | 'everyImage';
  /** Which image `oneImage` takes. */
  readonly selection: 'random' | 'first';
  readonly seed: number;
}

/** Points in order of their identities. */
export interface ExhaustivePoints {
  readonly n: number;
  readonly dim: number;
  /** n × dim, of unit length where the metric is cosine; else less their mean, with two numbers more. */
  readonly data: Float32Array<SharedArrayBuffer>;
  readonly metric: Metric;
  readonly identities: Int32Array;
  /** Row of each point; `null` where points are no images. */
  readonly rows: Int32Array | null;
  /** For each attribute of the input. */
  readonly labels: readonly Int8Array[];
}

/**
 * The points whose pairs are all compared. `oneImage`: an image of each identity, drawn by seed or the first one,
 * with its labels. `centroids`: for cosine the mean of an identity's embeddings of unit length, for euclidean
 * of the embeddings; its label is what most of its images with a known one show, and unknown if as many show
 * either. `everyImage`: all of them.
 *
 * Embeddings, and centroids, that are zero or not finite are left out and go to the diagnostics.
 */
export function exhaustivePoints(
  input: MacroscaleInput,
  options: ExhaustivePointOptions,
  diagnostics: DiagnosticLog,
): ExhaustivePoints {
  const usable = findUsableRows(input, diagnostics);
  const groups = [...rowsByIdentity(input.identities, usable)].sort(([a], [b]) => a - b);
  const chosen = groups.map(([, rows]) => rows);
  switch (options.points) {
    case 'oneImage':
      return pointsOfRows(input, drawOne(chosen, options), options.metric);
    case 'everyImage':
      return pointsOfRows(input, Int32Array.from(chosen.flat()), options.metric);
    case 'centroids':
      return centroids(input, chosen, options.metric, diagnostics);
  }
}

function rowsByIdentity(identities: Int32Array, usable: Uint8Array): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (let row = 0; row < identities.length; row++) {
    if (usable[row] === 0) continue;
    const rows = groups.get(identities[row]!);
    if (rows) rows.push(row);
    else groups.set(identities[row]!, [row]);
  }
  return groups;
}

function drawOne(
  groups: readonly (readonly number[])[],
  { selection, seed }: ExhaustivePointOptions,
): Int32Array {
  const random = new SeededRandom(seed).fork('one image');
  return Int32Array.from(groups, (rows) => rows[selection === 'first' ? 0 : random.nextInt(rows.length)]!);
}

function pointsOfRows(
  { embeddings, identities, attributes }: MacroscaleInput,
  rows: Int32Array,
  metric: Metric,
): ExhaustivePoints {
  const { dim, data } = embeddings;
  const write = (point: number, out: Float64Array): void => {
    const row = rows[point]!;
    const factor = metric === 'cosine' ? 1 / Math.sqrt(squaredLength(embeddings, row)) : 1;
    for (let t = 0; t < dim; t++) out[t] = data[row * dim + t]! * factor;
  };
  return {
    ...laidOut(rows.length, dim, metric, write),
    identities: rows.map((row) => identities[row]!),
    rows,
    labels: attributes.map(({ values }) => Int8Array.from(rows, (row) => values[row]!)),
  };
}

function centroids(
  input: MacroscaleInput,
  groups: readonly (readonly number[])[],
  metric: Metric,
  diagnostics: DiagnosticLog,
): ExhaustivePoints {
  const { dim } = input.embeddings;
  const kept = groups.filter((rows) => {
    if (metric === 'euclidean' || squareOf(meanOf(input, rows, metric)) > vanishing) return true;
    diagnostics.add('centroidVanishes', input.images[rows[0]!]);
    return false;
  });
  const write = (point: number, out: Float64Array): void => {
    const centre = meanOf(input, kept[point]!, metric);
    const factor = metric === 'cosine' ? 1 / Math.sqrt(squareOf(centre)) : 1;
    for (let t = 0; t < dim; t++) out[t] = centre[t]! * factor;
  };
  return {
    ...laidOut(kept.length, dim, metric, write),
    identities: Int32Array.from(kept, (rows) => input.identities[rows[0]!]!),
    rows: null,
    labels: input.attributes.map(({ values }) =>
      Int8Array.from(kept, (rows) => Math.sign(rows.reduce((sum, row) => sum + values[row]!, 0))),
    ),
  };
}

/** A squared length that rounding alone can leave of unit vectors that cancel out. */
const vanishing = 1e-12;

function meanOf({ embeddings }: MacroscaleInput, rows: readonly number[], metric: Metric): Float64Array {
  const { dim, data } = embeddings;
  const sum = new Float64Array(dim);
  for (const row of rows) {
    const factor = metric === 'cosine' ? 1 / Math.sqrt(squaredLength(embeddings, row)) : 1;
    for (let t = 0; t < dim; t++) sum[t]! += data[row * dim + t]! * factor;
  }
  return sum.map((value) => value / rows.length);
}

function squareOf(vector: Float64Array): number {
  return vector.reduce((sum, value) => sum + value * value, 0);
}

/**
 * Points in single precision. Euclidean: distances do not change when the mean of all points is taken off, and
 * |x|² + |y|² − 2xy loses fewer digits.
 */
function laidOut(
  n: number,
  ownDim: number,
  metric: Metric,
  write: (point: number, out: Float64Array) => void,
): Pick<ExhaustivePoints, 'n' | 'dim' | 'data' | 'metric'> {
  const dim = metric === 'cosine' ? ownDim : ownDim + euclideanExtra;
  const data = new Float32Array(new SharedArrayBuffer(4 * n * dim));
  const own = new Float64Array(ownDim);
  const centre = new Float64Array(ownDim);
  if (metric === 'euclidean') {
    for (let point = 0; point < n; point++) {
      write(point, own);
      for (let t = 0; t < ownDim; t++) centre[t]! += own[t]! / n;
    }
  }
  for (let point = 0; point < n; point++) {
    write(point, own);
    const at = point * dim;
    for (let t = 0; t < ownDim; t++) data[at + t] = own[t]! - centre[t]!;
    if (metric === 'cosine') continue;
    let square = 0;
    for (let t = at; t < at + ownDim; t++) square += data[t]! * data[t]!;
    data[at + ownDim] = 1;
    data[at + ownDim + 1] = square;
  }
  return { n, dim, data, metric };
}

/** For each point the first with which it makes a pair: the next one, or the first of the next identity. */
export function firstPartners(identities: Int32Array, sameIdentity: 'exclude' | 'include'): Int32Array {
  const n = identities.length;
  const first = new Int32Array(n);
  for (let i = n - 1; i >= 0; i--) {
    const isLast = i === n - 1 || sameIdentity === 'include' || identities[i] !== identities[i + 1];
    first[i] = isLast ? i + 1 : first[i + 1]!;
  }
  return first;
}
