import type { Progress } from '../domain/progress.ts';

/**
 * Thins progress to ten reports a second: a report sooner than that waits for the next one and is replaced by
 * it. In a phase `done` never falls: a report that would make it fall is dropped, unless the phase had come to
 * its total and begins anew (the next model). The last report of a phase is always passed on, with `done` equal
 * to `total`, as soon as another phase begins or `finish` is called.
 */
export class ProgressThrottle {
  readonly #deliver: (update: Progress) => void;
  readonly #now: () => number;
  #current: Progress | null = null;
  #delivered: Progress | null = null;
  #deliveredAtMs = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds of a steady clock. */
  constructor(deliver: (update: Progress) => void, now: () => number) {
    this.#deliver = deliver;
    this.#now = now;
  }

  update(update: Progress): void {
    if (!(update.done >= 0 && update.total >= 0)) return;
    const before = this.#current;
    if (before !== null && begins(before, update)) this.finish();
    else if (before !== null && !(update.done >= before.done)) return;
    this.#current = { ...update, done: Math.min(update.done, update.total) };
    if (this.#now() - this.#deliveredAtMs >= minIntervalMs) this.#pass(this.#current);
  }

  /** The phase came to its end; a job that failed or was cancelled does not say so. */
  finish(): void {
    const last = this.#current;
    this.#current = null;
    if (last === null) return;
    const end = { ...last, done: last.total };
    if (this.#delivered?.done !== end.total || this.#delivered.total !== end.total) this.#pass(end);
    this.#delivered = null;
  }

  #pass(update: Progress): void {
    this.#delivered = update;
    this.#deliveredAtMs = this.#now();
    this.#deliver(update);
  }
}

const minIntervalMs = 100;

function begins(before: Progress, update: Progress): boolean {
  return update.phase !== before.phase || (before.done === before.total && update.done < before.done);
}
