import { type Phase, phases, type Progress, type Throughput } from '../../domain/progress.ts';
import type { ModelInput, Report } from '../../protocol/report.ts';

export type RunTimes = Report['times'];

/** A model of a run, and how fast it embedded; `null` where it embedded nothing. */
export interface TimedModel {
  readonly input: Pick<ModelInput, 'name' | 'provider'>;
  readonly throughput: Throughput | null;
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

  finish(models: readonly TimedModel[] = []): RunTimes {
    this.#turnTo(null);
    return {
      started: this.#started.toISOString(),
      finished: new Date().toISOString(),
      phases: phases.flatMap((phase) => {
        const ms = this.#ms.get(phase);
        return ms === undefined ? [] : [{ phase, ms: Math.round(ms) }];
      }),
      throughput: models.flatMap(({ input: { name, provider }, throughput }) =>
        throughput && provider ? [{ model: name, provider: provider.ran, ...throughput }] : [],
      ),
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
