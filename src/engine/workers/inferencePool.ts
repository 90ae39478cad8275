import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { InferenceResult, InferenceTask } from '../../analyses/inference.ts';
import { AppError, cancelledError, messageOf } from '../../domain/appError.ts';
import { workerFile } from './workerFile.ts';

interface Waiting {
  readonly task: InferenceTask;
  readonly resolve: (result: InferenceResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Threads that run inference beside each other and beside the distances to come. They start with the first task
 * and end with `close`, or when `signal` aborts: then pending tasks reject with `cancelled`.
 */
export class InferencePool {
  readonly #signal: AbortSignal;
  readonly #nThreads: number;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Waiting>();
  readonly #waiting: Waiting[] = [];
  #failure: unknown = null;
  readonly #abort = (): void => this.#fail(cancelledError());

  constructor(signal: AbortSignal, nThreads = availableParallelism()) {
    this.#signal = signal;
    this.#nThreads = nThreads;
    signal.addEventListener('abort', this.#abort, { once: true });
  }

  /** As `infer`. Throws `cancelled`; `internal` where a thread ended by itself. */
  readonly run = (task: InferenceTask): Promise<InferenceResult> =>
    new Promise((resolve, reject) => {
      if (this.#signal.aborted) this.#failure ??= cancelledError();
      if (this.#failure !== null) {
        reject(asError(this.#failure));
        return;
      }
      this.#waiting.push({ task, resolve, reject });
      this.#assign();
    });

  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#abort);
    this.#failure ??= new AppError('internal', 'The threads of inference are closed.');
    await Promise.all([...this.#idle, ...this.#busy.keys()].map((worker) => worker.terminate()));
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const worker = this.#idle.pop() ?? this.#start();
      if (!worker) return;
      const next = this.#waiting.shift()!;
      this.#busy.set(worker, next);
      worker.postMessage(next.task);
    }
  }

  #start(): Worker | null {
    if (this.#busy.size >= this.#nThreads) return null;
    const worker = new Worker(workerFile('inferenceWorker'));
    worker.on('message', (result: InferenceResult) => {
      this.#busy.get(worker)?.resolve(result);
      this.#busy.delete(worker);
      this.#idle.push(worker);
      this.#assign();
    });
    worker.on('error', (error) => this.#fail(asError(error)));
    return worker;
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    for (const { reject } of [...this.#busy.values(), ...this.#waiting]) reject(this.#failure);
    const workers = [...this.#idle, ...this.#busy.keys()];
    this.#busy.clear();
    this.#waiting.length = 0;
    this.#idle.length = 0;
    for (const worker of workers) void worker.terminate();
  }
}

function asError(error: unknown): Error {
  if (error instanceof AppError) return error;
  return new AppError('internal', `A thread of the inference failed: ${messageOf(error)}.`, {}, error);
}
