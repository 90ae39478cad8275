import type { Phase, Throughput } from '../domain/progress.ts';
import { throughputParts } from '../domain/throughputParts.ts';
import type { JobEvent } from '../protocol/engineRpc.ts';
import type { Job, JobKind } from '../protocol/jobs.ts';

/** `vscode.l10n.t`: `{0}` in the message is the first argument. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

export interface ProgressStep {
  readonly message: string;
  /** The same without what is being worked on. */
  readonly activity: string;
  /** Percent of the whole to add; never negative, 100 in all at most. */
  readonly increment: number;
}

type Span = readonly [fromPercent: number, toPercent: number];

/** Where each phase lies in a usual run, so that the bar moves about evenly; a phase not named comes at the end. */
const spans: Readonly<Record<JobKind, Readonly<Partial<Record<Phase, Span>>>>> = {
  sample: { write: [0, 60], scan: [60, 62], decode: [62, 85], analyze: [85, 100] },
  baseline: { scan: [0, 5], decode: [5, 60], analyze: [60, 100] },
  embed: { scan: [0, 5], decode: [5, 10], detect: [10, 45], embed: [45, 100] },
  analyze: {
    scan: [0, 5],
    decode: [5, 10],
    detect: [10, 40],
    embed: [40, 85],
    analyze: [85, 98],
    write: [98, 100],
  },
  describe: { scan: [0, 80], analyze: [80, 98], write: [98, 100] },
  inspect: { analyze: [0, 100] },
  preview: { scan: [0, 5], decode: [5, 15], detect: [15, 60], write: [60, 100] },
  invariance: {
    scan: [0, 3],
    decode: [3, 5],
    detect: [5, 15],
    embed: [15, 92],
    analyze: [92, 98],
    write: [98, 100],
  },
  latticePreview: { scan: [0, 5], decode: [5, 15], detect: [15, 60], write: [60, 100] },
  validateEnergy: { analyze: [0, 98], write: [98, 100] },
  project: { scan: [0, 5], analyze: [5, 95], write: [95, 100] },
  compare: { analyze: [0, 50], write: [50, 100] },
  export: { write: [0, 100] },
  check: { scan: [0, 100] },
  crops: { decode: [0, 100] },
  hardware: { scan: [0, 10], analyze: [10, 100] },
  installCuda: { scan: [0, 5], write: [5, 100] },
};

const atTheEnd: Span = [100, 100];

type Counted = Extract<JobEvent, { type: 'progress' }>;

/**
 * Turns a job's events into what a progress notification shows: «Scanning 320 of 2,000 · 000320.jpg», and while a
 * model embeds «Embedding 320 of 2,000 · 215 images/s · waiting for decode 40 %».
 */
export class JobProgress {
  readonly #job: Job;
  readonly #t: Translate;
  readonly #number: Intl.NumberFormat;
  readonly #reached = new Map<Phase, Counted>();
  #percent = 0;

  constructor(job: Job, t: Translate, locale: string) {
    this.#job = job;
    this.#t = t;
    this.#number = new Intl.NumberFormat(locale);
  }

  step(event: JobEvent): ProgressStep {
    switch (event.type) {
      case 'queued':
        return still(this.#queued(event.ahead));
      case 'started':
        return still(this.#t('Starting'));
      case 'progress':
        this.#reached.set(event.phase, event);
        return { ...this.#describe(event), increment: this.#advance(event) };
    }
  }

  /** What a cancelled run leaves behind, in a sentence. */
  whatIsKept(): string {
    const drawn = this.#job.kind === 'sample' ? this.#reached.get('write') : undefined;
    if (drawn) return this.#t('Cancelled. {0} of {1} faces are drawn and kept.', ...this.#counts(drawn));
    if (this.#job.kind === 'inspect' || this.#job.kind === 'preview') return this.#t('Cancelled.');
    const embedded = this.#reached.get('embed');
    if (!embedded) return this.#t('Cancelled. No result was written.');
    return 'models' in this.#job && this.#job.models.length > 1
      ? this.#t('Cancelled. {0} of {1} embeddings are computed and kept.', ...this.#counts(embedded))
      : this.#t('Cancelled. {0} of {1} images are embedded and kept.', ...this.#counts(embedded));
  }

  #queued(ahead: number): string {
    return ahead === 1
      ? this.#t('Waiting for another job to end')
      : this.#t('Waiting: {0} jobs come first', this.#number.format(ahead));
  }

  #describe(event: Counted): Omit<ProgressStep, 'increment'> {
    const activity = this.#t('{0} {1} of {2}', this.#activity(event.phase), ...this.#counts(event));
    if (event.throughput) {
      const speed = this.#number.format(throughputParts(event.throughput).imagesPerSecond);
      return {
        activity: this.#t('{0} · {1} images/s', activity, speed),
        message: this.#withThroughput(activity, event.throughput),
      };
    }
    return { activity, message: event.item === '' ? activity : `${activity} · ${event.item}` };
  }

  #withThroughput(activity: string, throughput: Throughput): string {
    const { imagesPerSecond, waitsFor, percent } = throughputParts(throughput);
    const speed = this.#number.format(imagesPerSecond);
    switch (waitsFor) {
      case null:
        return this.#t('{0} · {1} images/s', activity, speed);
      case 'decode':
        return this.#t('{0} · {1} images/s · waiting for decode {2} %', activity, speed, percent);
      case 'align':
        return this.#t('{0} · {1} images/s · waiting for alignment {2} %', activity, speed, percent);
    }
  }

  #counts({ done, total }: Counted): [string, string] {
    return [this.#number.format(done), this.#number.format(total)];
  }

  #activity(phase: Phase): string {
    const { kind } = this.#job;
    switch (phase) {
      case 'scan':
        return this.#t('Scanning');
      case 'decode':
        return this.#t('Decoding');
      case 'detect':
        return this.#t('Finding faces');
      case 'embed':
        return this.#t('Embedding');
      case 'analyze':
        if (kind === 'inspect' || kind === 'hardware') return this.#t('Testing');
        return kind === 'sample' || kind === 'baseline' ? this.#t('Training') : this.#t('Analyzing');
      case 'write':
        if (kind === 'installCuda') return this.#t('Installing');
        if (kind === 'preview') return this.#t('Aligning');
        return kind === 'sample' ? this.#t('Drawing') : this.#t('Writing');
    }
  }

  #advance({ phase, done, total }: Counted): number {
    const [from, to] = spans[this.#job.kind][phase] ?? atTheEnd;
    const fraction = total > 0 ? Math.min(1, done / total) : 0;
    const percent = Math.max(this.#percent, from + (to - from) * fraction);
    const increment = percent - this.#percent;
    this.#percent = percent;
    return increment;
  }
}

function still(message: string): ProgressStep {
  return { message, activity: message, increment: 0 };
}
