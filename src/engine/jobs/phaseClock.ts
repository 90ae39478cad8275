import { type Phase, phases, type Progress } from '../../domain/progress.ts';

export interface RunTimes {
  readonly started: string;
  readonly finished: string;
  readonly phases: readonly { readonly phase: Phase; readonly ms: number }[];
}

/**
 * How long each phase of a job took, from the progress it reports: a phase lasts from its first report to
 * the first one of another phase.
 */
export class PhaseClock {
  readonly #started = new Date();
  readonly #now: () => number;
  readonly #ms = new Map<Phase, number>();
  #current: Phase | null = null;
  #since = 0;

  /** @param now milliseconds of a steady clock. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Passes progress on and keeps the time. */
  watch(next: (update: Progress) => void): (update: Progress) => void {
    return (update) => {
      if (update.phase !== this.#current) this.#turnTo(update.phase);
      next(update);
    };
  }

  finish(): RunTimes {
    this.#turnTo(null);
    return {
      started: this.#started.toISOString(),
      finished: new Date().toISOString(),
      phases: phases.flatMap((phase) => {
        const ms = this.#ms.get(phase);
        return ms === undefined ? [] : [{ phase, ms: Math.round(ms) }];
      }),
    };
  }

  #turnTo(phase: Phase | null): void {
    const now = this.#now();
    if (this.#current !== null) {
      this.#ms.set(this.#current, (this.#ms.get(this.#current) ?? 0) + now - this.#since);
    }
    this.#current = phase;
    this.#since = now;
  }
}
