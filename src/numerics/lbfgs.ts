/**
 * Curvature of a function of `size` numbers from its last steps: limited-memory BFGS, the two-loop recursion of
 * Nocedal and Wright, «Numerical Optimization» (2006), algorithm 7.4, cut where it multiplies by the first guess
 * of the inverse Hessian, so that this can be one matrix product for many functions.
 */
export class LbfgsHistory {
  readonly #size: number;
  readonly #steps: Float64Array[] = [];
  readonly #changes: Float64Array[] = [];
  readonly #curvatures: number[] = [];
  readonly #shares: number[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  /** A step and how the gradient changed by it. A step along which it did not rise says nothing and is passed over. */
  push(step: Float64Array, change: Float64Array): void {
    const curvature = dot(step, change);
    if (!(curvature > 0)) return;
    if (this.#steps.length === capacity) {
      this.#steps.shift();
      this.#changes.shift();
      this.#curvatures.shift();
    }
    this.#steps.push(step);
    this.#changes.push(change);
    this.#curvatures.push(curvature);
  }

  /** The first loop, in place, on a gradient. To be multiplied by the guess and given to `finish`. */
  begin(q: Float64Array): void {
    for (let k = this.#steps.length - 1; k >= 0; k--) {
      const share = dot(this.#steps[k]!, q) / this.#curvatures[k]!;
      this.#shares[k] = share;
      addMultiple(q, -share, this.#changes[k]!, this.#size);
    }
  }

  /** The second loop, in place: inverse Hessian times the gradient. */
  finish(r: Float64Array): void {
    for (let k = 0; k < this.#steps.length; k++) {
      const share = dot(this.#changes[k]!, r) / this.#curvatures[k]!;
      addMultiple(r, this.#shares[k]! - share, this.#steps[k]!, this.#size);
    }
  }
}

/** More remember better and take longer; beyond ten nothing is gained here. */
const capacity = 10;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addMultiple(target: Float64Array, factor: number, values: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) target[i] = target[i]! + factor * values[i]!;
}
