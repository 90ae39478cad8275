/** A frame at 60 Hz, less what the browser needs itself. */
const budgetMs = 10;
/** So few points are always drawn, whatever a slow moment said. */
const fewPoints = 5000;
const remembered = 6;

/** How many points are drawn while a map moves, so that it keeps up with the hand, by what the last paintings took. */
export class PaintClock {
  readonly #estimates: number[] = [];

  /** A painting of every `stride`th point took `ms`. */
  record(ms: number, stride: number): void {
    this.#estimates.push(ms * stride);
    if (this.#estimates.length > remembered) this.#estimates.shift();
  }

  /** Every how manyth point; 1: all of them. The quickest of the last paintings counts: others waited for something. */
  stride(nPoints: number): number {
    if (nPoints <= fewPoints || this.#estimates.length === 0) return 1;
    return Math.min(16, Math.max(1, Math.ceil(Math.min(...this.#estimates) / budgetMs)));
  }
}
