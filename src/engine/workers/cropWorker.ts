import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { AppError, isAppError, messageOf } from '../../domain/appError.ts';
import type { ErrorCode, ErrorData } from '../../domain/appError.ts';
import { refDecoder, type ShownRef } from '../../embedding/refDecoder.ts';
import { StageClock, type StageTimes } from '../../embedding/stageClock.ts';
import type { PixelSlab, PixelSlot } from './pixelSlots.ts';

/** What a thread of the pool starts with. */
export interface CropWorkerData {
  readonly width: number;
  readonly height: number;
  /** Images in work at a time: while one is aligned here, the decoder's own threads work on others. */
  readonly inFlight: number;
  readonly slabs: readonly PixelSlab[];
}

export interface CropTask {
  readonly id: number;
  readonly path: string;
  readonly ref: ShownRef;
  /** Where the pixels belong. */
  readonly slot: PixelSlot;
}

/** Without an error the pixels are in the task's slot. */
export interface CropAnswer {
  readonly id: number;
  readonly error: CrossingError | null;
  /** What this thread's clock went on by since the answer before. */
  readonly stages: StageTimes;
}

/** Errors cross with what decides how they are treated: an AppError's code, that the file system raised it. */
export type CrossingError =
  | { readonly kind: 'app'; readonly code: ErrorCode; readonly message: string; readonly data: ErrorData }
  | { readonly kind: 'file'; readonly message: string; readonly code: string; readonly syscall: string }
  | { readonly kind: 'other'; readonly message: string };

function serve(port: MessagePort, { width, height, inFlight, slabs }: CropWorkerData): void {
  const memories = new Map(slabs.map(({ id, memory }) => [id, memory]));
  const nBytes = width * height * 3;
  const clock = new StageClock();
  const decode = refDecoder(width, height, clock);
  const waiting: CropTask[] = [];
  let nWorking = 0;
  let told: StageTimes = { decodeMs: 0, alignMs: 0 };

  const stagesSince = (): StageTimes => {
    const before = told;
    told = clock.times;
    return { decodeMs: told.decodeMs - before.decodeMs, alignMs: told.alignMs - before.alignMs };
  };

  const work = async ({ id, path, ref, slot }: CropTask): Promise<void> => {
    let error: CrossingError | null = null;
    try {
      const pixels = await decode(path, ref);
      if (pixels.length !== nBytes)
        throw new AppError('internal', `${path} became ${pixels.length} bytes, not ${nBytes}.`);
      new Uint8Array(memories.get(slot.slab)!, slot.offset, nBytes).set(pixels);
    } catch (thrown) {
      error = crossing(thrown);
    }
    port.postMessage({ id, error, stages: stagesSince() } satisfies CropAnswer);
    nWorking--;
    next();
  };
  const next = (): void => {
    while (nWorking < inFlight && waiting.length > 0) {
      nWorking++;
      void work(waiting.shift()!);
    }
  };
  port.on('message', (message: CropTask | PixelSlab) => {
    if ('memory' in message) {
      memories.set(message.id, message.memory);
      return;
    }
    waiting.push(message);
    next();
  });
}

function crossing(error: unknown): CrossingError {
  const message = messageOf(error);
  if (isAppError(error)) return { kind: 'app', code: error.code, message, data: error.data };
  if (error instanceof Error && 'syscall' in error)
    return {
      kind: 'file',
      message,
      code: 'code' in error ? String(error.code) : '',
      syscall: String(error.syscall),
    };
  return { kind: 'other', message };
}

// What goes wrong elsewhere ends the thread, and the pool hears of it.
if (parentPort) serve(parentPort, workerData as CropWorkerData);
