import { cancelledError, isAppError, messageOf } from '../domain/appError.ts';
import type { ImageRef } from './pipeline.ts';

export type BrokenReason = 'unreadable' | 'tooSmall' | 'noLandmarks';

export interface DecodedItem<T> {
  readonly ref: ImageRef;
  readonly decoded: T;
}

export interface DecodedBatch<T> {
  /** `batchSize` of them, fewer only in the last batch. */
  readonly items: readonly DecodedItem<T>[];
  /** Images met on the way that cannot be decoded. */
  readonly broken: readonly {
    readonly ref: ImageRef;
    readonly reason: BrokenReason;
    readonly detail: string;
  }[];
  readonly lastName: string;
  readonly isLast: boolean;
}

export interface DecodeRequest<T, R extends ImageRef = ImageRef> {
  readonly batchSize: number;
  readonly signal: AbortSignal;
  readonly decode: (path: string, ref: R) => Promise<T>;
}

/**
 * Batches submitted to the thread pool beyond the one being filled. The model blocks this thread for one run, in
 * which no new decode can be submitted: what keeps the pool's four threads busy must be in its queue before.
 */
const batchesAhead = 2;

/**
 * Decodes the images in order, in batches. While a batch is in the consumer's hands, two batches are being
 * decoded; at no time are there more than three in memory. Throws `cancelled` as soon as `signal` says so.
 */
export async function* decodedBatches<T, R extends ImageRef>(
  images: readonly R[],
  request: DecodeRequest<T, R>,
): AsyncGenerator<DecodedBatch<T>> {
  const { batchSize, signal } = request;
  const queue: Promise<Settled<T>>[] = [];
  let submitted = 0;
  let items: DecodedItem<T>[] = [];
  let broken: DecodedBatch<T>['broken'][number][] = [];
  for (let taken = 0; taken < images.length; taken++) {
    while (submitted < images.length && queue.length < batchesAhead * batchSize + 1)
      queue.push(settle(images[submitted++]!, request));
    const settled = await untilAborted(queue.shift()!, signal);
    if (settled.kind === 'fatal') throw settled.error;
    if (settled.kind === 'broken') broken.push(settled);
    else items.push(settled);
    const isLast = taken === images.length - 1;
    if (items.length === batchSize || isLast) {
      yield { items, broken, lastName: settled.ref.name, isLast };
      items = [];
      broken = [];
    }
  }
}

type Settled<T> =
  | { readonly kind: 'decoded'; readonly ref: ImageRef; readonly decoded: T }
  | {
      readonly kind: 'broken';
      readonly ref: ImageRef;
      readonly reason: BrokenReason;
      readonly detail: string;
    }
  | { readonly kind: 'fatal'; readonly ref: ImageRef; readonly error: unknown };

/** Never rejects: nobody waits for it yet when it fails. */
async function settle<T, R extends ImageRef>(ref: R, request: DecodeRequest<T, R>): Promise<Settled<T>> {
  try {
    return { kind: 'decoded', ref, decoded: await request.decode(ref.path, ref) };
  } catch (error) {
    const detail = messageOf(error);
    if (isAppError(error, 'imageUnreadable'))
      return {
        kind: 'broken',
        ref,
        reason: reasonOf(error.data['reason']),
        detail,
      };
    // Deleted, or its permission taken away, since it was listed.
    if (error instanceof Error && 'syscall' in error)
      return { kind: 'broken', ref, reason: 'unreadable', detail };
    return { kind: 'fatal', ref, error };
  }
}

function reasonOf(reason: unknown): BrokenReason {
  return reason === 'tooSmall' || reason === 'noLandmarks' ? reason : 'unreadable';
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(cancelledError());
    };
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
