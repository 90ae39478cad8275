export const phases = ['scan', 'decode', 'detect', 'embed', 'analyze', 'write'] as const;

export type Phase = (typeof phases)[number];

/** Progress of one phase: `done` never falls and ends at `total`. */
export interface Progress {
  readonly phase: Phase;
  readonly done: number;
  readonly total: number;
  /** What is being worked on: an image, an attribute, a file. */
  readonly item: string;
  /** While a model embeds, as soon as it is known. */
  readonly throughput?: Throughput | null;
}

/** How fast a model embeds, and what the time goes into. */
export interface Throughput {
  readonly imagesPerSecond: number;
  /** Of the time that passes, 0 to 1: waiting for decoded pixels, for aligned faces, and the model's runs. At most 1 in all. */
  readonly shares: { readonly decode: number; readonly align: number; readonly inference: number };
}

/** What a job is given to talk to the one who asked for it. */
export interface JobContext {
  readonly signal: AbortSignal;
  readonly progress: (update: Progress) => void;
  readonly log: (level: LogLevel, message: string) => void;
}

export type LogLevel = 'debug' | 'info' | 'warning' | 'error';
