import type { Throughput } from '../domain/progress.ts';
import type { StageClock, StageTimes } from './stageClock.ts';

/** The last few seconds; where one batch takes longer, that batch. */
const windowMs = 3_000;

/** A batch, with what led to it. */
interface Lap {
  readonly startMs: number;
  readonly endMs: number;
  readonly images: number;
  readonly decodeMs: number;
  readonly alignMs: number;
  readonly inferenceMs: number;
}

/** Measures a pipeline that waits for a batch, computes it, and then does whatever else there is to do. */
export class ThroughputMeter {
  readonly #now: () => number;
  readonly #stages: Pick<StageClock, 'times'> | null;
  readonly #recent: Lap[] = [];
  #sum: Lap | null = null;
  #lapStart: number;
  #waitedFrom: StageTimes;
  #arrivedAt: number;
  #waits: StageTimes = { decodeMs: 0, alignMs: 0 };

  /**
   * @param now milliseconds of a clock that never goes back.
   * @param stages what tells decoding and aligning apart; without it all waiting is for decoding.
   */
  constructor(now: () => number, stages: Pick<StageClock, 'times'> | null) {
    this.#now = now;
    this.#stages = stages;
    this.#lapStart = now();
    this.#arrivedAt = this.#lapStart;
    this.#waitedFrom = this.#times();
  }

  /** The wait for a batch, which began when the last one was `finished`, is over. */
  arrived(): void {
    this.#arrivedAt = this.#now();
    const before = this.#waitedFrom;
    const { decodeMs, alignMs } = this.#times();
    const [decode, align] = [decodeMs - before.decodeMs, alignMs - before.alignMs];
    const waited = this.#arrivedAt - this.#lapStart;
    const alignShare = align > 0 ? align / (decode + align) : 0;
    this.#waits = { decodeMs: waited * (1 - alignShare), alignMs: waited * alignShare };
  }

  /** The batch that arrived was computed: so many images, none where all of them were broken. */
  computed(images: number): void {
    const endMs = this.#now();
    const lap = {
      startMs: this.#lapStart,
      endMs,
      images,
      ...this.#waits,
      inferenceMs: endMs - this.#arrivedAt,
    };
    this.#recent.push(lap);
    this.#sum = this.#sum ? joined(this.#sum, lap) : lap;
    while (this.#recent.length > 1 && endMs - this.#recent[0]!.endMs >= windowMs) this.#recent.shift();
  }

  /** All is done for the batch; the next wait begins. */
  finished(): void {
    this.#lapStart = this.#now();
    this.#waitedFrom = this.#times();
  }

  /** `null` before the first batch. */
  get recent(): Throughput | null {
    return this.#recent.length === 0 ? null : throughputOf(this.#recent.reduce(joined));
  }

  /** Of all batches; `null` where there was none. */
  get whole(): Throughput | null {
    return this.#sum && throughputOf(this.#sum);
  }

  #times(): StageTimes {
    return this.#stages?.times ?? { decodeMs: 0, alignMs: 0 };
  }
}

function joined(a: Lap, b: Lap): Lap {
  return {
    startMs: a.startMs,
    endMs: b.endMs,
    images: a.images + b.images,
    decodeMs: a.decodeMs + b.decodeMs,
    alignMs: a.alignMs + b.alignMs,
    inferenceMs: a.inferenceMs + b.inferenceMs,
  };
}

function throughputOf({ startMs, endMs, images, decodeMs, alignMs, inferenceMs }: Lap): Throughput | null {
  const ms = endMs - startMs;
  if (!(ms > 0)) return null;
  return {
    imagesPerSecond: (images * 1000) / ms,
    shares: {
      decode: shareOf(decodeMs, ms),
      align: shareOf(alignMs, ms),
      inference: shareOf(inferenceMs, ms),
    },
  };
}

/** Cut to four digits, never rounded up: shares add up to 1 at most. */
function shareOf(part: number, ms: number): number {
  return Math.max(0, Math.floor((part / ms) * 1e4) / 1e4);
}
