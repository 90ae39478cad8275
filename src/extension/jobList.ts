import type { JobKind } from '../protocol/jobs.ts';
import type { ProgressStep } from './jobProgress.ts';

/** A job as the Jobs view lists it. */
export interface ListedJob {
  readonly id: number;
  readonly kind: JobKind;
  readonly title: string;
  readonly state: JobState;
  /** What it does, or how it ended, in words. */
  readonly message: string;
  /** The same, shorter and without names of files. */
  readonly activity: string;
  /** Of the whole, 0 to 100. */
  readonly percent: number;
  /** File of the report that it ended with. */
  readonly report: string | null;
  /** What it failed of. */
  readonly error: unknown;
}

export type JobState = 'queued' | 'running' | 'cancelling' | 'done' | 'failed' | 'cancelled';

/** How whoever runs a job tells of it. */
export interface JobTeller {
  readonly id: number;
  step(state: 'queued' | 'running', step: ProgressStep): void;
  done(message: string, report: string | null): void;
  failed(message: string, error: unknown): void;
  cancelled(message: string): void;
}

const maxFinished = 10;

/** All jobs of this window: those that run and wait, and the last that ended. Knows nothing of how they are shown. */
export class JobList {
  #jobs: readonly ListedJob[] = [];
  readonly #cancels = new Map<number, () => void>();
  readonly #listeners = new Set<() => void>();
  #lastId = 0;

  /** What runs, then what waits in its order, then what ended, the latest first. */
  get jobs(): readonly ListedJob[] {
    const of = (...states: JobState[]) => this.#jobs.filter(({ state }) => states.includes(state));
    return [...of('running', 'cancelling'), ...of('queued'), ...of('done', 'failed', 'cancelled').reverse()];
  }

  /** `cancel` is called once at most. */
  add(title: string, kind: JobKind, message: string, cancel: () => void): JobTeller {
    const id = ++this.#lastId;
    const job: ListedJob = {
      id,
      kind,
      title,
      state: 'running',
      message,
      activity: message,
      percent: 0,
      report: null,
      error: null,
    };
    this.#cancels.set(id, cancel);
    this.#set([...this.#jobs, job]);
    return {
      id,
      step: (state, { message, activity, increment }) => {
        this.#change(id, (before) => ({
          ...before,
          // A cancel that waits for its batch is what matters until the end.
          ...(before.state === 'cancelling' ? {} : { state, message, activity }),
          percent: Math.min(100, before.percent + increment),
        }));
      },
      done: (message, report) =>
        this.#end(id, { state: 'done', message, activity: message, report, percent: 100 }),
      failed: (message, error) => this.#end(id, { state: 'failed', message, activity: message, error }),
      cancelled: (message) => this.#end(id, { state: 'cancelled', message, activity: message }),
    };
  }

  find(id: number): ListedJob | undefined {
    return this.#jobs.find((job) => job.id === id);
  }

  /** Does nothing for a job that has ended or is being cancelled. `message` stands there until it has ended. */
  cancel(id: number, message: string): void {
    const cancel = this.#cancels.get(id);
    if (!cancel) return;
    this.#cancels.delete(id);
    this.#change(id, (job) => ({ ...job, state: 'cancelling', message, activity: message }));
    cancel();
  }

  clearFinished(): void {
    this.#set(this.#jobs.filter(isUnfinished));
  }

  /** Returns what ends the listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #end(id: number, end: Partial<ListedJob>): void {
    this.#cancels.delete(id);
    const ended = this.find(id);
    if (!ended) return;
    const others = this.#jobs.filter((job) => job.id !== id);
    const finished = others.filter((job) => !isUnfinished(job));
    const dropped = new Set(finished.slice(0, Math.max(0, finished.length + 1 - maxFinished)));
    // To the end of the list: the order of ends, not of starts.
    this.#set([...others.filter((job) => !dropped.has(job)), { ...ended, ...end }]);
  }

  #change(id: number, change: (job: ListedJob) => ListedJob): void {
    this.#set(this.#jobs.map((job) => (job.id === id && isUnfinished(job) ? change(job) : job)));
  }

  #set(jobs: readonly ListedJob[]): void {
    this.#jobs = jobs;
    for (const listener of this.#listeners) listener();
  }
}

export function isUnfinished({ state }: ListedJob): boolean {
  return state === 'queued' || state === 'running' || state === 'cancelling';
}

/** What the one status-bar item says; `null` while nothing runs. */
export function statusOf(jobs: readonly ListedJob[]): string | null {
  const unfinished = jobs.filter(isUnfinished);
  const [first, ...others] = unfinished;
  if (!first) return null;
  const more = others.length === 0 ? '' : ` +${others.length}`;
  return `$(sync~spin) ${first.activity}${more}`;
}
