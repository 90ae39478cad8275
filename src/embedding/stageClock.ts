/**
 * Tells decoding and aligning apart: for how long at least one image was being decoded, and for how long one was
 * being aligned. Aligning blocks the thread, so its time is not decoding's.
 */
export class StageClock {
  readonly #now: () => number;
  #decodeMs = 0;
  #alignMs = 0;
  #nDecoding = 0;
  #since = 0;

  /** @param now milliseconds of a clock that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Both up to now, an image that is still being decoded included. */
  get times(): StageTimes {
    this.#settle();
    return { decodeMs: this.#decodeMs, alignMs: this.#alignMs };
  }

  async decode<T>(work: () => Promise<T>): Promise<T> {
    this.#settle();
    this.#nDecoding++;
    try {
      return await work();
    } finally {
      this.#settle();
      this.#nDecoding--;
    }
  }

  align<T>(work: () => T): T {
    this.#settle();
    const start = this.#since;
    try {
      return work();
    } finally {
      this.#since = this.#now();
      this.#alignMs += this.#since - start;
    }
  }

  /** What another thread's clock went on by. */
  add({ decodeMs, alignMs }: StageTimes): void {
    this.#decodeMs += decodeMs;
    this.#alignMs += alignMs;
  }

  #settle(): void {
    const now = this.#now();
    if (this.#nDecoding > 0) this.#decodeMs += now - this.#since;
    this.#since = now;
  }
}

export interface StageTimes {
  readonly decodeMs: number;
  readonly alignMs: number;
}
