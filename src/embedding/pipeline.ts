import { setImmediate } from 'node:timers/promises';
import { cancelledError, isAppError } from '../domain/appError.ts';
import type { LogLevel } from '../domain/progress.ts';
import { type BrokenReason, decodedBatches, type DecodedItem } from './decodeAhead.ts';
import type { ThroughputMeter } from './throughputMeter.ts';
import type { RowState, StoreRow } from './vectorStore.ts';

export interface ImageRef {
  /** Absolute path. */
  readonly path: string;
  /** SHA-256 of its bytes, hex. */
  readonly key: string;
  /** What progress and failures call it. */
  readonly name: string;
}

export interface ImageFailure {
  readonly name: string;
  readonly key: string;
  readonly reason: BrokenReason | 'embeddingInvalid';
  readonly detail: string;
}

export interface FillOutcome {
  /** Images asked for that have a usable row now. */
  readonly nUsable: number;
  /** Rows that this run computed and that are usable; repeated content counts once. */
  readonly nComputed: number;
  /** Images asked for that have no usable row, in the order asked for: found in this run or in an earlier one. */
  readonly failures: readonly ImageFailure[];
}

/** What the pipeline needs of a `VectorStore`. */
export interface RowStore {
  state(key: string): RowState;
  append(rows: readonly StoreRow[]): void;
}

export interface FillRequest<T, R extends ImageRef = ImageRef> {
  readonly images: readonly R[];
  readonly store: RowStore;
  readonly batchSize: number;
  readonly signal: AbortSignal;
  /** Throws `imageUnreadable`, or an error of the file system, for a broken image; anything else ends the run. */
  readonly decode: (path: string, ref: R) => Promise<T>;
  /** One row for each item, in order. */
  readonly compute: (batch: readonly DecodedItem<T>[]) => Promise<readonly StoreRow[]>;
  /** `done` counts images whose row is on disk, or that have none for good. */
  readonly onProgress: (done: number, total: number, name: string) => void;
  readonly log: (level: LogLevel, message: string) => void;
  /** Told of every batch. */
  readonly meter?: ThroughputMeter;
  /** Milliseconds of a clock that never goes back; only tests give another. */
  readonly now?: () => number;
}

/**
 * A commit costs two flushes of the disk, in which the device waits: one for each so much time, or each so many
 * rows, spreads that. At 32 rows a GPU of 2,000 images a second would flush 125 times a second.
 */
const rowsPerCommit = 256;
const msPerCommit = 250;

/**
 * Computes the rows that the store lacks: decodes ahead, computes batch by batch, appends. Content that several
 * images share is computed once. Images that cannot be decoded are listed, not fatal; having no row, they are
 * tried again by the next run. Results that are not usable have a row that says so: they are listed by every
 * run and computed by one.
 *
 * Throws `cancelled` within one batch of `signal`; the store then holds all that was computed.
 */
export async function fillStore<T, R extends ImageRef = ImageRef>(
  request: FillRequest<T, R>,
): Promise<FillOutcome> {
  const { images, store, signal, log, meter } = request;
  const missing = firstOfEachMissing(images, store);
  const broken = new Map<string, { reason: BrokenReason; detail: string }>();
  const progress = new ProgressCount(request, missing);
  const writer = new CommitWriter(store, request.now ?? (() => performance.now()));
  log(
    'info',
    `${images.length} images: ${progress.done} have a result already, ${missing.length} to compute.`,
  );
  if (images.length > 0) progress.report(images[0]!.name);
  try {
    meter?.finished();
    for await (const batch of decodedBatches(missing, request)) {
      meter?.arrived();
      for (const { ref, reason, detail } of batch.broken) {
        broken.set(ref.key, { reason, detail });
        progress.settle([ref.key]);
      }
      const rows = batch.items.length > 0 ? await request.compute(batch.items) : [];
      meter?.computed(rows.length);
      progress.settle(writer.add(rows));
      if (batch.isLast) progress.settle(writer.commit());
      progress.report(batch.lastName);
      // Lets the thread hear of a cancel and hand finished decodes on before the next batch blocks it.
      await setImmediate();
      if (signal.aborted) throw cancelledError();
      meter?.finished();
    }
  } catch (error) {
    progress.settle(writer.commit());
    if (isAppError(error, 'cancelled'))
      log(
        'info',
        `Cancelled: ${progress.done} of ${images.length} images are done; the next run goes on there.`,
      );
    throw error;
  }
  const failures = images.flatMap((image) => failureOf(image, store, broken));
  return { nUsable: images.length - failures.length, nComputed: writer.nUsable, failures };
}

function firstOfEachMissing<R extends ImageRef>(images: readonly R[], store: RowStore): readonly R[] {
  const seen = new Set<string>();
  return images.filter(({ key }) => {
    if (seen.has(key) || store.state(key) !== 'missing') return false;
    seen.add(key);
    return true;
  });
}

function failureOf(
  { name, key }: ImageRef,
  store: RowStore,
  broken: ReadonlyMap<string, { reason: BrokenReason; detail: string }>,
): readonly ImageFailure[] {
  const found = broken.get(key);
  if (found) return [{ name, key, ...found }];
  if (store.state(key) === 'usable') return [];
  return [
    { name, key, reason: 'embeddingInvalid', detail: 'The model gave a vector that is zero or not finite.' },
  ];
}

/** Counts images, where the pipeline knows contents. */
class ProgressCount {
  done: number;
  readonly #total: number;
  readonly #imagesOf = new Map<string, number>();
  readonly #report: FillRequest<never>['onProgress'];

  constructor(request: Pick<FillRequest<never>, 'images' | 'onProgress'>, missing: readonly ImageRef[]) {
    this.#total = request.images.length;
    this.#report = request.onProgress;
    for (const { key } of missing) this.#imagesOf.set(key, 0);
    this.done = 0;
    for (const { key } of request.images) {
      const count = this.#imagesOf.get(key);
      if (count === undefined) this.done++;
      else this.#imagesOf.set(key, count + 1);
    }
  }

  settle(keys: readonly string[]): void {
    for (const key of keys) this.done += this.#imagesOf.get(key) ?? 0;
  }

  report(name: string): void {
    this.#report(this.done, this.#total, name);
  }
}

/** Gathers rows into commits; each call returns the keys that it brought to the disk. */
class CommitWriter {
  nUsable = 0;
  readonly #store: RowStore;
  readonly #now: () => number;
  #pending: StoreRow[] = [];
  #lastCommit: number;

  constructor(store: RowStore, now: () => number) {
    this.#store = store;
    this.#now = now;
    this.#lastCommit = now();
  }

  add(rows: readonly StoreRow[]): readonly string[] {
    this.#pending.push(...rows);
    const isDue = this.#pending.length >= rowsPerCommit || this.#now() - this.#lastCommit >= msPerCommit;
    return isDue ? this.commit() : [];
  }

  commit(): readonly string[] {
    const rows = this.#pending;
    this.#pending = [];
    if (rows.length === 0) return [];
    this.#store.append(rows);
    this.#lastCommit = this.#now();
    this.nUsable += rows.filter(({ usable }) => usable).length;
    return rows.map(({ key }) => key);
  }
}
