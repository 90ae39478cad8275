import { cancelledError } from '../domain/appError.ts';

export interface QueuedWork<T> {
  readonly signal: AbortSignal;
  /** Called while others come first, at once and whenever their number falls; the running one counts. */
  readonly onWaiting: (ahead: number) => void;
  readonly work: () => Promise<T>;
}

/**
 * Runs one piece of work at a time, in the order of arrival: a model fills all cores and most of the memory.
 * Work cancelled while it waits is removed and never starts.
 */
export class JobQueue {
  readonly #waiting: Waiting[] = [];
  #running = false;
  #onIdle: (() => void)[] = [];

  /** Settles as `work` does; rejects with `cancelled` where the signal comes before its turn. */
  run<T>(entry: QueuedWork<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (entry.signal.aborted) {
        reject(cancelledError());
        return;
      }
      const waiting: Waiting = {
        onWaiting: entry.onWaiting,
        start: () => {
          entry.signal.removeEventListener('abort', leave);
          return entry.work().then(resolve, reject);
        },
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(cancelledError());
        this.#tellWaiting();
      };
      entry.signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiting);
      if (this.#running) waiting.onWaiting(this.#waiting.length);
      else void this.#runAll();
    });
  }

  /** Resolves when nothing runs or waits. */
  whenIdle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#running) this.#onIdle.push(resolve);
      else resolve();
    });
  }

  async #runAll(): Promise<void> {
    this.#running = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      this.#tellWaiting();
      await next.start();
    }
    this.#running = false;
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  #tellWaiting(): void {
    this.#waiting.forEach(({ onWaiting }, i) => onWaiting(i + 1));
  }
}

interface Waiting {
  readonly onWaiting: (ahead: number) => void;
  /** Never rejects. */
  readonly start: () => Promise<void>;
}
