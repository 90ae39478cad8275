/**
 * The memory of the limited-memory BFGS method (Nocedal 1980; Nocedal and Wright 2006, algorithm 7.4) for one
 * problem: the last steps, and the changes of the gradient that they brought. The method is split in two around the
 * product with the initial inverse Hessian, so that many problems share one matrix product.
 */
export class CurvaturePairs {
  readonly #width: number;
  readonly #steps: Float64Array[] = [];
  readonly #changes: Float64Array[] = [];
  #shares: number[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  /** Remembers a step; one along which the gradient did not grow teaches nothing and is dropped. */
  add(step: Float64Array, change: Float64Array): void {
    const curvature = dot(step, change);
    if (!(curvature > 0)) return;
    this.#steps.push(step);
    this.#changes.push(change);
    if (this.#steps.length <= remembered) return;
    this.#steps.shift();
    this.#changes.shift();
  }

  /** First half: turns the gradient q into what the initial inverse Hessian is to be applied to, in place. */
  before(q: Float64Array): void {
    this.#shares = new Array<number>(this.#steps.length).fill(0);
    for (let i = this.#steps.length - 1; i >= 0; i--) {
      const step = this.#steps[i]!;
      const change = this.#changes[i]!;
      const share = dot(step, q) / dot(step, change);
      this.#shares[i] = share;
      for (let t = 0; t < this.#width; t++) q[t]! -= share * change[t]!;
    }
  }

  /** Second half, in place: afterwards r is the inverse Hessian times the gradient. */
  after(r: Float64Array): void {
    for (let i = 0; i < this.#steps.length; i++) {
      const step = this.#steps[i]!;
      const change = this.#changes[i]!;
      const share = this.#shares[i]! - dot(change, r) / dot(step, change);
      for (let t = 0; t < this.#width; t++) r[t]! += share * step[t]!;
    }
  }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!;
  return sum;
}

const remembered = 10;
