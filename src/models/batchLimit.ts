import { isOutOfMemory } from './runtimeFailures.ts';

/**
 * Runs batches of one size, in equal parts where memory does not hold the whole: the size of the parts is halved
 * until one fits, and kept for what follows.
 */
export class BatchLimit {
  readonly #batchSize: number;
  #rows: number;

  /** @param batchSize of what `run` is given, always. */
  constructor(batchSize: number, rows = batchSize) {
    this.#batchSize = batchSize;
    this.#rows = rows;
  }

  /** Rows of each part; divides the batch size. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * Calls `part` with the first row and the number of rows of each part, in order; from the beginning again with
   * smaller parts after one that memory did not hold. Throws what `part` throws, where one row is too much too.
   */
  async run<T>(part: (start: number, rows: number) => Promise<T>): Promise<readonly T[]> {
    for (;;) {
      try {
        const results: T[] = [];
        for (let start = 0; start < this.#batchSize; start += this.#rows) {
          results.push(await part(start, this.#rows));
        }
        return results;
      } catch (error) {
        if (!isOutOfMemory(error) || this.#rows === 1) throw error;
        this.#rows = smallerPart(this.#batchSize, this.#rows);
      }
    }
  }
}

/** The largest divisor of `batchSize` that is at most half of `rows`: all parts are of one size, and computed alike. */
export function smallerPart(batchSize: number, rows: number): number {
  for (let size = Math.floor(rows / 2); size > 1; size--) if (batchSize % size === 0) return size;
  return 1;
}
