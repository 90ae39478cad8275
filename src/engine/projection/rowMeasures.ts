import { pause } from '../../analyses/cancellation.ts';
import type { Identities } from '../../domain/datasetTable.ts';
import type { Metric } from '../../domain/embeddingMatrix.ts';
import type { NumberColumn } from './measuredNumbers.ts';

/** A model's vectors of the rows of a data set. */
export interface VectorSource {
  readonly nRows: number;
  readonly dim: number;
  /** rows.length × dim numbers. */
  read(rows: readonly number[]): Float32Array;
  /** What the model gave apart of its embeddings' lengths; `null`: nothing. */
  readNorms(rows: readonly number[]): Float32Array | null;
}

/** Below this relative spread lengths differ by rounding alone: the model gives unit vectors. */
const leastSpread = 1e-4;

/**
 * Of each row: the length of its embedding (nothing for a model of unit vectors), and how far it lies from the mean of
 * its person's embeddings where people are known: 1 − cos to the mean of unit vectors, or Euclidean; NaN for a person
 * with one image. Reads all rows twice, some at a time; keeps `dim` numbers for each person.
 * @param name makes a name of what is measured.
 */
export async function rowMeasures(
  source: VectorSource,
  identities: Identities,
  metric: Metric,
  name: (measure: string) => string,
  signal: AbortSignal,
): Promise<readonly NumberColumn[]> {
  const lengths = new Float64Array(source.nRows);
  const means = new PersonMeans(identities, source.dim, metric);
  await eachRow(source, signal, (vector, row) => {
    lengths[row] = lengthOf(vector);
    means.add(vector, row);
  });
  const norms = source.readNorms(Array.from(lengths.keys()));
  const ofLength = norms ? Float64Array.from(norms) : lengths;
  const columns: NumberColumn[] = hasSpread(ofLength)
    ? [{ name: name('embeddingNorm'), values: ofLength }]
    : [];
  if (!identities.known) return columns;
  const distances = new Float64Array(source.nRows);
  await eachRow(source, signal, (vector, row) => (distances[row] = means.distance(vector, row)));
  return [...columns, { name: name('distanceToPerson'), values: distances }];
}

/** Means of people's embeddings. */
class PersonMeans {
  readonly #identities: Identities;
  readonly #dim: number;
  readonly #metric: Metric;
  readonly #sums: Float64Array;
  readonly #counts: Int32Array;

  constructor(identities: Identities, dim: number, metric: Metric) {
    this.#identities = identities;
    this.#dim = dim;
    this.#metric = metric;
    // Where nobody is known, every row were a person.
    const nPeople = identities.known ? identities.names.length : 0;
    this.#sums = new Float64Array(nPeople * dim);
    this.#counts = new Int32Array(nPeople);
  }

  add(vector: Float32Array, row: number): void {
    if (!this.#identities.known) return;
    const person = this.#identities.index[row]!;
    const sum = this.#sumOf(person);
    const scale = this.#metric === 'cosine' ? 1 / (lengthOf(vector) || 1) : 1;
    for (let t = 0; t < sum.length; t++) sum[t] = sum[t]! + scale * vector[t]!;
    this.#counts[person]!++;
  }

  distance(vector: Float32Array, row: number): number {
    const person = this.#identities.index[row]!;
    const count = this.#counts[person]!;
    if (count < 2) return NaN;
    const sum = this.#sumOf(person);
    let product = 0;
    let square = 0;
    for (let t = 0; t < sum.length; t++) {
      product += vector[t]! * sum[t]!;
      square += (vector[t]! - sum[t]! / count) ** 2;
    }
    if (this.#metric === 'euclidean') return Math.sqrt(square);
    return Math.max(0, 1 - product / (lengthOf(vector) * lengthOf(sum)));
  }

  #sumOf(person: number): Float64Array {
    return this.#sums.subarray(person * this.#dim, (person + 1) * this.#dim);
  }
}

const rowsAtOnce = 4096;

async function eachRow(
  source: VectorSource,
  signal: AbortSignal,
  visit: (vector: Float32Array, row: number) => void,
): Promise<void> {
  const { nRows, dim } = source;
  for (let first = 0; first < nRows; first += rowsAtOnce) {
    const rows = Array.from({ length: Math.min(rowsAtOnce, nRows - first) }, (_, i) => first + i);
    const data = source.read(rows);
    rows.forEach((row, i) => visit(data.subarray(i * dim, (i + 1) * dim), row));
    await pause(signal);
  }
}

function hasSpread(values: Float64Array): boolean {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most - least > leastSpread * most;
}

function lengthOf(vector: ArrayLike<number>): number {
  let square = 0;
  for (let t = 0; t < vector.length; t++) square += vector[t]! * vector[t]!;
  return Math.sqrt(square);
}
