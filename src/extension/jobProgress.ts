import type { Phase } from '../domain/progress.ts';
import type { JobEvent } from '../protocol/engineRpc.ts';

/** `vscode.l10n.t`: `{0}` in the message is the first argument. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

export interface ProgressStep {
  readonly message: string;
  /** Percent of the whole to add; never negative, 100 in all at most. */
  readonly increment: number;
}

/** Share of a usual run, percent: the bar moves about evenly. A phase that a job lacks is passed over. */
const phaseSpans = {
  scan: [0, 5],
  decode: [5, 10],
  embed: [10, 85],
  analyze: [85, 98],
  write: [98, 100],
} as const satisfies Record<Phase, readonly [number, number]>;

/** Turns a job's events into what a progress notification shows: «Embedding 320 of 2,000 · 000320.jpg». */
export class JobProgress {
  readonly #t: Translate;
  readonly #number: Intl.NumberFormat;
  #percent = 0;
  #embedded: { readonly done: number; readonly total: number } | null = null;

  constructor(t: Translate, locale: string) {
    this.#t = t;
    this.#number = new Intl.NumberFormat(locale);
  }

  step(event: JobEvent): ProgressStep {
    switch (event.type) {
      case 'queued':
        return { message: this.#queued(event.ahead), increment: 0 };
      case 'started':
        return { message: this.#t('Starting'), increment: 0 };
      case 'progress': {
        if (event.phase === 'embed') this.#embedded = { done: event.done, total: event.total };
        return { message: this.#describe(event), increment: this.#advance(event) };
      }
    }
  }

  /** What a cancelled or failed run leaves behind, in a sentence. */
  whatIsKept(): string {
    if (this.#embedded === null) return this.#t('Cancelled. Nothing was changed.');
    const { done, total } = this.#embedded;
    return this.#t(
      'Cancelled. {0} of {1} images are embedded and kept.',
      this.#number.format(done),
      this.#number.format(total),
    );
  }

  #queued(ahead: number): string {
    return ahead === 1
      ? this.#t('Waiting for another job to end')
      : this.#t('Waiting: {0} jobs come first', this.#number.format(ahead));
  }

  #describe({ phase, done, total, item }: { phase: Phase; done: number; total: number; item: string }) {
    const counted = this.#t(
      '{0} {1} of {2}',
      this.#name(phase),
      this.#number.format(done),
      this.#number.format(total),
    );
    return item === '' ? counted : `${counted} · ${item}`;
  }

  #name(phase: Phase): string {
    switch (phase) {
      case 'scan':
        return this.#t('Scanning');
      case 'decode':
        return this.#t('Decoding');
      case 'embed':
        return this.#t('Embedding');
      case 'analyze':
        return this.#t('Analyzing');
      case 'write':
        return this.#t('Writing');
    }
  }

  #advance({ phase, done, total }: { phase: Phase; done: number; total: number }): number {
    const [from, to] = phaseSpans[phase];
    const fraction = total > 0 ? Math.min(1, done / total) : 0;
    const percent = Math.max(this.#percent, from + (to - from) * fraction);
    const increment = percent - this.#percent;
    this.#percent = percent;
    return increment;
  }
}
