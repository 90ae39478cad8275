import type { ExhaustivePoints } from './exhaustivePoints.ts';

/** Mean distances of the pairs of positive points, of negative points, and of one of each. */
export interface PairMeans {
  readonly positive: number;
  readonly negative: number;
  readonly cross: number;
}

/**
 * Mean cosine distances without a list of the pairs, for one labelling after another. With P the sum of the
 * positive points and N of the negative ones, the products of all ordered pairs come to |P|², |N|² and P·N; those of
 * points with themselves come off, and where they are excluded those within an identity, by its own sums. Points
 * are in order of their identities. NaN where there is no pair.
 */
export function cosineMeans(
  points: Pick<ExhaustivePoints, 'n' | 'dim' | 'data' | 'identities'>,
  sameIdentity: 'exclude' | 'include',
): (labels: Int8Array) => PairMeans {
  const { n, dim, data } = points;
  const squares = Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let t = i * dim; t < (i + 1) * dim; t++) sum += data[t]! * data[t]!;
    return sum;
  });
  const ends = sameIdentity === 'exclude' ? endsOfIdentities(points) : squares.map((_, i) => i + 1);
  return (labels) => {
    const all = new LabelSums(dim);
    const own = new LabelSums(dim);
    const products = new Products();
    for (let start = 0; start < n; start = ends[start]!) {
      if (ends[start] === start + 1) {
        all.add(data, start, labels[start]!);
        products.addPoint(-1, labels[start]!, squares[start]!);
        continue;
      }
      own.clear();
      for (let i = start; i < ends[start]!; i++) own.add(data, i, labels[i]!);
      products.addSums(-1, own);
      all.merge(own);
    }
    products.addSums(1, all);
    return products.means();
  };
}

/** For the first point of each identity, where it ends. */
function endsOfIdentities({ n, identities }: Pick<ExhaustivePoints, 'n' | 'identities'>): Float64Array {
  const ends = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) ends[i] = identities[i] === identities[i + 1] ? ends[i + 1]! : i + 1;
  return ends;
}

/** Sums of the positive and of the negative points, and how many they are. */
class LabelSums {
  nPositive = 0;
  nNegative = 0;
  readonly positive: Float64Array;
  readonly negative: Float64Array;

  constructor(dim: number) {
    this.positive = new Float64Array(dim);
    this.negative = new Float64Array(dim);
  }

  clear(): void {
    this.nPositive = 0;
    this.nNegative = 0;
    this.positive.fill(0);
    this.negative.fill(0);
  }

  add(data: Float32Array, point: number, label: number): void {
    if (label === 0) return;
    const sum = label > 0 ? this.positive : this.negative;
    const at = point * sum.length;
    if (label > 0) this.nPositive++;
    else this.nNegative++;
    for (let t = 0; t < sum.length; t++) sum[t]! += data[at + t]!;
  }

  merge({ nPositive, nNegative, positive, negative }: LabelSums): void {
    this.nPositive += nPositive;
    this.nNegative += nNegative;
    if (nPositive > 0) for (let t = 0; t < positive.length; t++) this.positive[t]! += positive[t]!;
    if (nNegative > 0) for (let t = 0; t < negative.length; t++) this.negative[t]! += negative[t]!;
  }
}

/** Sums of products over pairs, and how many there are; within a modality every pair counts twice. */
class Products {
  #positive = 0;
  #negative = 0;
  #cross = 0;
  #nPositive = 0;
  #nNegative = 0;
  #nCross = 0;

  addSums(sign: 1 | -1, { nPositive, nNegative, positive, negative }: LabelSums): void {
    if (nPositive > 0) this.#positive += sign * dot(positive, positive);
    if (nNegative > 0) this.#negative += sign * dot(negative, negative);
    if (nPositive > 0 && nNegative > 0) this.#cross += sign * dot(positive, negative);
    this.#nPositive += sign * nPositive ** 2;
    this.#nNegative += sign * nNegative ** 2;
    this.#nCross += sign * nPositive * nNegative;
  }

  addPoint(sign: 1 | -1, label: number, square: number): void {
    if (label > 0) {
      this.#positive += sign * square;
      this.#nPositive += sign;
    } else if (label < 0) {
      this.#negative += sign * square;
      this.#nNegative += sign;
    }
  }

  means(): PairMeans {
    return {
      positive: 1 - this.#positive / this.#nPositive,
      negative: 1 - this.#negative / this.#nNegative,
      cross: 1 - this.#cross / this.#nCross,
    };
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum;
}
