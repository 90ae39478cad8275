import { Worker } from 'node:worker_threads';
import { AppError, cancelledError, messageOf } from '../../domain/appError.ts';
import type { RefDecoder, ShownRef } from '../../embedding/refDecoder.ts';
import type { StageClock } from '../../embedding/stageClock.ts';
import type { CropAnswer, CropTask, CropWorkerData, CrossingError } from './cropWorker.ts';
import { PixelSlots } from './pixelSlots.ts';
import { workerFile } from './workerFile.ts';

export interface CropPoolRequest {
  /** Of the pixels, as the model wants them. */
  readonly width: number;
  readonly height: number;
  readonly signal: AbortSignal;
  readonly nWorkers: number;
  /** Goes on by what the threads spend on decoding and aligning. */
  readonly clock: Pick<StageClock, 'add'>;
  /** The threads' program; only tests give another. */
  readonly program?: string;
}

/** A JPEG is decoded on the thread pool that all threads share: so many in flight keep it busy. */
const imagesInFlight = 8;

/** A thread gets company when it has so many images waiting: a few images are not worth many threads. */
const enoughForOne = 4;

interface Pending {
  readonly task: CropTask;
  readonly resolve: (pixels: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly pending: Map<number, Pending>;
}

/**
 * Threads that decode and align images: the one that feeds the device, and is blocked while the device works, has
 * nothing to do but to copy pixels. Images go to their thread as soon as they are asked for, for nobody could hand
 * them out during a run. Threads start as they are needed, and end with `close` or when `signal` aborts: then what
 * is pending rejects with `cancelled`.
 *
 * A thread that ends by itself is replaced once, and its images begin anew; at the second time all that is pending,
 * and to come, rejects with `internal`.
 */
export class CropPool {
  readonly #request: CropPoolRequest;
  readonly #threads = new Set<Thread>();
  readonly #slots: PixelSlots;
  #nextId = 0;
  #failure: AppError | null = null;
  #hasReplaced = false;
  readonly #abort = (): void => this.#fail(cancelledError());

  constructor(request: CropPoolRequest) {
    this.#request = request;
    this.#slots = new PixelSlots(request.width * request.height * 3, (slab) => {
      for (const { worker } of this.#threads) worker.postMessage(slab);
    });
    request.signal.addEventListener('abort', this.#abort, { once: true });
    if (request.signal.aborted) this.#abort();
  }

  /**
   * As `refDecoder`; errors keep their codes, and that the file system raised them. The pixels are the caller's
   * until it gives them to `release`.
   */
  readonly decode: RefDecoder = (path, ref) =>
    new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      const task = { id: this.#nextId++, path, ref: plainRef(ref), slot: this.#slots.take() };
      this.#give({ task, resolve, reject });
    });

  /** Lets the next image be written over these pixels. */
  readonly release = (pixels: Uint8Array): void => this.#slots.release(pixels);

  async close(): Promise<void> {
    this.#request.signal.removeEventListener('abort', this.#abort);
    this.#failure ??= new AppError('internal', 'The threads that decode images are closed.');
    await Promise.all(this.#end());
  }

  #give(pending: Pending): void {
    const thread = this.#leastBusy();
    thread.pending.set(pending.task.id, pending);
    thread.worker.postMessage(pending.task);
  }

  #leastBusy(): Thread {
    let least: Thread | null = null;
    for (const thread of this.#threads) {
      if (least === null || thread.pending.size < least.pending.size) least = thread;
    }
    const isFull = least === null || least.pending.size >= enoughForOne;
    return isFull && this.#threads.size < this.#request.nWorkers ? this.#start() : least!;
  }

  #start(): Thread {
    const { width, height, nWorkers, program } = this.#request;
    const inFlight = Math.max(2, Math.ceil(imagesInFlight / nWorkers));
    const worker = new Worker(program ?? workerFile('cropWorker'), {
      workerData: { width, height, inFlight, slabs: this.#slots.slabs } satisfies CropWorkerData,
    });
    const thread: Thread = { worker, pending: new Map() };
    this.#threads.add(thread);
    worker.on('message', (answer: CropAnswer) => this.#settle(thread, answer));
    let reason = 'it ended by itself';
    worker.on('error', (error) => (reason = messageOf(error)));
    worker.on('exit', () => this.#ended(thread, reason));
    return thread;
  }

  #settle({ pending }: Thread, answer: CropAnswer): void {
    const asked = pending.get(answer.id);
    pending.delete(answer.id);
    this.#request.clock.add(answer.stages);
    if (!asked) return;
    const { slot } = asked.task;
    if (answer.error === null) {
      asked.resolve(this.#slots.lend(slot));
    } else {
      this.#slots.giveBack(slot);
      asked.reject(crossed(answer.error));
    }
  }

  #ended(thread: Thread, reason: string): void {
    if (!this.#threads.delete(thread)) return;
    if (this.#hasReplaced) {
      const failure = new AppError('internal', `A thread that decodes images failed twice: ${reason}.`);
      for (const { reject } of thread.pending.values()) reject(failure);
      this.#fail(failure);
      return;
    }
    this.#hasReplaced = true;
    const pending = [...thread.pending.values()];
    if (pending.length === 0) return;
    const next = this.#start();
    for (const one of pending) {
      next.pending.set(one.task.id, one);
      next.worker.postMessage(one.task);
    }
  }

  #fail(failure: AppError): void {
    this.#failure ??= failure;
    // Not waited for: a thread may hang in a file that never comes.
    void Promise.all(this.#end());
  }

  #end(): Promise<number>[] {
    const threads = [...this.#threads];
    this.#threads.clear();
    for (const { pending } of threads) for (const { reject } of pending.values()) reject(this.#failure);
    return threads.map(({ worker }) => worker.terminate());
  }
}

/** Points of a table are a part of one large array, all of which would be copied into the thread. */
function plainRef(ref: ShownRef): ShownRef {
  const { framing } = ref;
  if (framing.kind !== 'points') return ref;
  return { ...ref, framing: { ...framing, points: Float64Array.from(framing.points) } };
}

function crossed(error: CrossingError): Error {
  switch (error.kind) {
    case 'app':
      return new AppError(error.code, error.message, error.data);
    case 'file':
      return Object.assign(new Error(error.message), { code: error.code, syscall: error.syscall });
    case 'other':
      return new Error(error.message);
  }
}
