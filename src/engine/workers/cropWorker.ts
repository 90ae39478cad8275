import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { isAppError, messageOf } from '../../domain/appError.ts';
import type { ErrorCode, ErrorData } from '../../domain/appError.ts';
import { refDecoder, type ShownRef } from '../../embedding/refDecoder.ts';
import { StageClock, type StageTimes } from '../../embedding/stageClock.ts';

/** What a thread of the pool starts with. */
export interface CropWorkerData {
  readonly width: number;
  readonly height: number;
  /** Images in work at a time: while one is aligned here, the decoder's own threads work on others. */
  readonly inFlight: number;
}

export interface CropTask {
  readonly id: number;
  readonly path: string;
  readonly ref: ShownRef;
}

/** `stages`: what this thread's clock went on by since the answer before. */
export type CropAnswer =
  | { readonly id: number; readonly pixels: Uint8Array<ArrayBuffer>; readonly stages: StageTimes }
  | { readonly id: number; readonly error: CrossingError; readonly stages: StageTimes };

/** Errors cross with what decides how they are treated: an AppError's code, that the file system raised it. */
export type CrossingError =
  | { readonly kind: 'app'; readonly code: ErrorCode; readonly message: string; readonly data: ErrorData }
  | { readonly kind: 'file'; readonly message: string; readonly code: string; readonly syscall: string }
  | { readonly kind: 'other'; readonly message: string };

function serve(port: MessagePort, { width, height, inFlight }: CropWorkerData): void {
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

  const work = async ({ id, path, ref }: CropTask): Promise<void> => {
    let answer: CropAnswer;
    try {
      const pixels = ownBuffer(await decode(path, ref));
      answer = { id, pixels, stages: stagesSince() };
      port.postMessage(answer, [pixels.buffer]);
    } catch (error) {
      answer = { id, error: crossing(error), stages: stagesSince() };
      port.postMessage(answer);
    }
    nWorking--;
    next();
  };
  const next = (): void => {
    while (nWorking < inFlight && waiting.length > 0) {
      nWorking++;
      void work(waiting.shift()!);
    }
  };
  port.on('message', (task: CropTask) => {
    waiting.push(task);
    next();
  });
}

/** Pixels that nobody else holds: those kept for the next point of a lattice must not leave this thread. */
function ownBuffer(pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(pixels);
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
