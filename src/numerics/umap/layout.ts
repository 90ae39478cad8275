import type { SeededRandom } from '../random.ts';
import type { UmapCurve } from './curve.ts';
import type { FuzzyGraph } from './fuzzyGraph.ts';

/** Epochs that umap-learn takes. */
export function defaultEpochs(n: number): number {
  return n <= 10_000 ? 500 : 200;
}

/**
 * Moves points in the plane, epoch by epoch, until near points of the graph are near: stochastic gradient descent
 * on the cross entropy of the graph and the picture, with five negative samples for each edge taken (McInnes,
 * Healy and Melville, 2018, algorithm 5; `optimize_layout_euclidean` of umap-learn, whose constants these are: no
 * step beyond 4, repulsion of strength 1, rate 1 falling to 0). One thread and one generator: same seed, same picture.
 */
export class UmapLayout {
  /** Point by point, x before y; changed by `step`. */
  readonly places: Float64Array;
  readonly epochs: number;
  readonly #curve: UmapCurve;
  readonly #random: SeededRandom;
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  /** Epochs from one use of an edge to the next. */
  readonly #period: Float64Array;
  readonly #nextUse: Float64Array;
  readonly #nextNegative: Float64Array;
  #epoch = 0;

  /** `places` is changed: n × 2 numbers, see `startingPlaces`. */
  constructor(
    graph: FuzzyGraph,
    places: Float64Array,
    curve: UmapCurve,
    epochs: number,
    random: SeededRandom,
  ) {
    if (places.length !== 2 * graph.n || !places.every(Number.isFinite)) {
      throw new RangeError(`UmapLayout needs ${graph.n} finite places, not ${places.length} numbers.`);
    }
    this.places = places;
    this.epochs = epochs;
    this.#curve = curve;
    this.#random = random;
    let most = 0;
    for (const weight of graph.weight) most = Math.max(most, weight);
    // An edge that would be taken less than once is left out.
    const kept = Int32Array.from(graph.weight.keys()).filter((edge) => graph.weight[edge]! >= most / epochs);
    this.#head = kept.map((edge) => graph.head[edge]!);
    this.#tail = kept.map((edge) => graph.tail[edge]!);
    this.#period = Float64Array.from(kept, (edge) => most / graph.weight[edge]!);
    this.#nextUse = this.#period.slice();
    this.#nextNegative = this.#period.map((period) => period / negativeRate);
  }

  /** One epoch; how many are done. */
  step(): number {
    const { places } = this;
    const [head, tail, period] = [this.#head, this.#tail, this.#period];
    const [nextUse, nextNegative] = [this.#nextUse, this.#nextNegative];
    const { a, b } = this.#curve;
    const epoch = this.#epoch;
    const rate = 1 - epoch / this.epochs;
    const n = places.length / 2;
    for (let edge = 0; edge < head.length; edge++) {
      if (nextUse[edge]! > epoch) continue;
      const i = 2 * head[edge]!;
      const j = 2 * tail[edge]!;
      const dx = places[i]! - places[j]!;
      const dy = places[i + 1]! - places[j + 1]!;
      const square = dx * dx + dy * dy;
      if (square > 0) {
        const power = square ** b;
        const pull = (-2 * a * b * power) / (square * (1 + a * power));
        const moveX = clip(pull * dx) * rate;
        const moveY = clip(pull * dy) * rate;
        places[i] = places[i]! + moveX;
        places[i + 1] = places[i + 1]! + moveY;
        places[j] = places[j]! - moveX;
        places[j + 1] = places[j + 1]! - moveY;
      }
      nextUse[edge] = nextUse[edge]! + period[edge]!;
      const negativePeriod = period[edge]! / negativeRate;
      const nNegatives = Math.floor((epoch - nextNegative[edge]!) / negativePeriod);
      for (let negative = 0; negative < nNegatives; negative++)
        this.#repel(i, 2 * this.#random.nextInt(n), rate);
      nextNegative[edge] = nextNegative[edge]! + Math.max(0, nNegatives) * negativePeriod;
    }
    return ++this.#epoch;
  }

  #repel(i: number, j: number, rate: number): void {
    const { places } = this;
    const { a, b } = this.#curve;
    const dx = places[i]! - places[j]!;
    const dy = places[i + 1]! - places[j + 1]!;
    const square = dx * dx + dy * dy;
    // The point itself, or one at its place, which has no direction to be pushed to.
    if (!(square > 0)) return;
    const push = (2 * b) / ((0.001 + square) * (1 + a * square ** b));
    places[i] = places[i]! + clip(push * dx) * rate;
    places[i + 1] = places[i + 1]! + clip(push * dy) * rate;
  }
}

const negativeRate = 5;
const longestStep = 4;

function clip(step: number): number {
  return step > longestStep ? longestStep : step < -longestStep ? -longestStep : step;
}

/**
 * Where the points begin: their coordinates in a plane (of principal components), stretched to 0…10 along each axis as
 * umap-learn does, with normal noise of 10⁻⁴ of the whole that parts points at one place.
 */
export function startingPlaces(x: Float64Array, y: Float64Array, random: SeededRandom): Float64Array {
  const places = new Float64Array(2 * x.length);
  for (const [axis, values] of [x, y].entries()) {
    let [least, most] = [Infinity, -Infinity];
    for (const value of values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    const scale = most > least ? side / (most - least) : 0;
    for (let i = 0; i < values.length; i++) {
      places[2 * i + axis] = (values[i]! - least) * scale + 1e-4 * side * random.nextNormal();
    }
  }
  return places;
}

const side = 10;
