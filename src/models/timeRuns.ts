import { median } from '../numerics/quantiles.ts';

export interface Timed<T> {
  /** Of the first run. */
  readonly result: T;
  readonly imagesPerSecond: number;
}

/** Milliseconds of a clock that never goes back. */
export type Clock = () => number;

const leastMs = 400;
const mostRuns = 30;

/**
 * How fast `run` is with batches of `batchSize`: the median of as many runs as fit into 0.4 s, one at least and 30
 * at most, after one that does not count, in which a provider compiles and allocates.
 */
export async function timeRuns<T>(run: () => Promise<T>, batchSize: number, now: Clock): Promise<Timed<T>> {
  const result = await run();
  const times: number[] = [];
  let spent = 0;
  while (times.length === 0 || (spent < leastMs && times.length < mostRuns)) {
    const start = now();
    await run();
    const ms = now() - start;
    times.push(ms);
    spent += ms;
  }
  // A clock that stood still must not make a speed infinite.
  const ms = Math.max(median(Float64Array.from(times)), 1e-3);
  return { result, imagesPerSecond: (1000 * batchSize) / ms };
}
