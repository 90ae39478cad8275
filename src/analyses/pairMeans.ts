import type { ExhaustivePoints } from './exhaustivePoints.ts';

/** Mean distances of the pairs of positive points, of negative points, and of one of each. */
export interface PairMeans {
  readonly positive: number;
  readonly negative: number;
  readonly cross: number;
}

/**
 * Mean cosine distances without their pairs: with P the sum of the positive points, the products of all pairs of
 * them come to (|P|² − Σ|x|²)/2, and those across to P·N. Pairs of one identity, whose sums are alike, come off
 * where they are excluded; points are in order of their identities. NaN where there is no pair.
 */
export function cosineMeans(
  { n, dim, data, identities }: Pick<ExhaustivePoints, 'n' | 'dim' | 'data' | 'identities'>,
  labels: Int8Array,
  sameIdentity: 'exclude' | 'include',
): PairMeans {
  const all = new Sums(dim);
  const own = new Sums(dim);
  const products = { positive: 0, negative: 0, cross: 0 };
  const pairs = { positive: 0, negative: 0, cross: 0 };
  const add = (sums: Sums, sign: 1 | -1): void => {
    products.positive += sign * sums.squarePositive();
    products.negative += sign * sums.squareNegative();
    products.cross += sign * sums.product();
    pairs.positive += sign * sums.nPositive ** 2;
    pairs.negative += sign * sums.nNegative ** 2;
    pairs.cross += sign * sums.nPositive * sums.nNegative;
  };
  for (let i = 0; i < n; i++) {
    const label = labels[i]!;
    if (label === 0) continue;
    all.add(data, i * dim, label);
    const alone = sameIdentity === 'include';
    if (alone || isAlone(identities, i)) {
      // The pair of a point with itself, which the squares hold.
      const square = squareAt(data, i * dim, dim);
      products[label > 0 ? 'positive' : 'negative'] -= square;
      pairs[label > 0 ? 'positive' : 'negative'] -= 1;
    }
  }
  add(all, 1);
  if (sameIdentity === 'exclude') {
    for (let start = 0; start < n;) {
      let end = start + 1;
      while (end < n && identities[end] === identities[start]) end++;
      if (end - start > 1) {
        own.clear();
        for (let i = start; i < end; i++) if (labels[i] !== 0) own.add(data, i * dim, labels[i]!);
        add(own, -1);
      }
      start = end;
    }
  }
  return {
    positive: 1 - products.positive / pairs.positive,
    negative: 1 - products.negative / pairs.negative,
    cross: 1 - products.cross / pairs.cross,
  };
}

class Sums {
  nPositive = 0;
  nNegative = 0;
  readonly #positive: Float64Array;
  readonly #negative: Float64Array;

  constructor(dim: number) {
    this.#positive = new Float64Array(dim);
    this.#negative = new Float64Array(dim);
  }

  clear(): void {
    this.nPositive = 0;
    this.nNegative = 0;
    this.#positive.fill(0);
    this.#negative.fill(0);
  }

  add(data: Float32Array, at: number, label: number): void {
    const sum = label > 0 ? this.#positive : this.#negative;
    if (label > 0) this.nPositive++;
    else this.nNegative++;
    for (let t = 0; t < sum.length; t++) sum[t]! += data[at + t]!;
  }

  squarePositive(): number {
    return dot(this.#positive, this.#positive);
  }

  squareNegative(): number {
    return dot(this.#negative, this.#negative);
  }

  product(): number {
    return dot(this.#positive, this.#negative);
  }
}

function isAlone(identities: Int32Array, i: number): boolean {
  return identities[i - 1] !== identities[i] && identities[i + 1] !== identities[i];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum;
}

function squareAt(data: Float32Array, at: number, dim: number): number {
  let sum = 0;
  for (let t = at; t < at + dim; t++) sum += data[t]! * data[t]!;
  return sum;
}
