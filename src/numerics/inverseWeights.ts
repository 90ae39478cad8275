import { instantiate, type WasmMemory } from './wasm/instantiate.ts';
import { inverseWeightsBytes } from './wasm/inverseWeightsBytes.ts';

interface Module {
  readonly memory: WasmMemory;
  row(
    products: number,
    cosines: number,
    lengths: number,
    n: number,
    own: number,
    near: number,
    root: number,
    sums: number,
    weights: number,
    ownSum: number,
    ownWeight: number,
  ): number;
}

/** What lies behind the last pair of a row is read, up to a multiple of four. */
const padding = 4;

/**
 * Means of 1 − cos over pairs of points, weighted by the inverse of their distance: products in float32, four pairs
 * at a time, sums in float64. Rows of products are written into `products` and `cosines` and then added.
 */
export class InverseWeights {
  readonly products: Float32Array<ArrayBuffer>;
  readonly cosines: Float32Array<ArrayBuffer>;
  readonly #n: number;
  readonly #module: Module;
  readonly #lengths: Float32Array;
  readonly #sums: Float64Array;
  readonly #weights: Float64Array;
  readonly #near: number;
  readonly #root: boolean;

  /**
   * `squaredLengths` are those of the points whose products come; `nProducts` is the room for a block of them.
   * Pairs whose squared distance is below `near` times the sum of their squared lengths are left to the caller.
   * `root`: weights are 1/distance, else 1/distance².
   */
  constructor(squaredLengths: Float64Array, nProducts: number, near: number, root: boolean) {
    const n = squaredLengths.length;
    const room = nProducts + padding;
    const atLengths = 16 * n + 16 * padding + 8 * room;
    this.#module = instantiate(inverseWeightsBytes, atLengths + 4 * (n + padding)) as Module;
    const { buffer } = this.#module.memory;
    this.#n = n;
    this.#near = near;
    this.#root = root;
    this.#sums = new Float64Array(buffer, 0, n + padding);
    this.#weights = new Float64Array(buffer, this.#sums.byteLength, n + padding);
    this.products = new Float32Array(buffer, 2 * this.#sums.byteLength, nProducts);
    this.cosines = new Float32Array(buffer, this.products.byteOffset + 4 * room, nProducts);
    this.#lengths = new Float32Array(buffer, this.cosines.byteOffset + 4 * room, n + padding);
    this.#lengths.fill(Number.NaN);
    this.#lengths.set(squaredLengths);
  }

  /**
   * The pairs of `point` with all points after it, which lie from number `at` of `products` and `cosines` on.
   * Returns the points that it is too near to.
   */
  addRow(point: number, at: number): number[] {
    const first = point + 1;
    const count = this.#n - first;
    const added = this.#module.row(
      this.products.byteOffset + 4 * at,
      this.cosines.byteOffset + 4 * at,
      this.#lengths.byteOffset + 4 * first,
      count,
      this.#lengths[point]!,
      this.#near,
      this.#root ? 1 : 0,
      this.#sums.byteOffset + 8 * first,
      this.#weights.byteOffset + 8 * first,
      this.#sums.byteOffset + 8 * point,
      this.#weights.byteOffset + 8 * point,
    );
    if (added === count) return [];
    return Array.from({ length: count }, (_, j) => first + j).filter((other) => {
      // The module's own steps, so that no pair is counted twice or not at all.
      const scale = Math.fround(this.#lengths[point]! + this.#lengths[other]!);
      const square = Math.fround(scale - 2 * this.products[at + other - first]!);
      return !(square > Math.fround(Math.fround(this.#near) * scale));
    });
  }

  /** A pair that was left out, with its weight. */
  addPair(i: number, j: number, energy: number, weight: number): void {
    for (const point of [i, j]) {
      this.#sums[point]! += weight * energy;
      this.#weights[point]! += weight;
    }
  }

  /** Of each point; NaN where it has no weight. */
  means(): Float64Array {
    return Float64Array.from({ length: this.#n }, (_, i) => this.#sums[i]! / this.#weights[i]!);
  }
}
