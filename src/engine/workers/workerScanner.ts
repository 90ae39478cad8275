import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { AppError, cancelledError, messageOf } from '../../domain/appError.ts';
import {
  countPairs,
  type LabelCounts,
  type PairScanner,
  type ScanBins,
  type ScanPoints,
} from '../../numerics/pairScanner.ts';
import { countsOfLanes, layLanes, type ScanLanes } from '../../numerics/scanLanes.ts';
import { nextTile, stopped, tilesOf } from './scanTiles.ts';
import type { FromScanWorker, ScanWorkerData, ToScanWorker } from './scanWorker.ts';
import { workerFile } from './workerFile.ts';

/**
 * Scans pairs on some threads, all cores if not said; each has a session and a WebAssembly memory of its own and
 * takes the next tile when it is through with one. After an abort scans end with `cancelled`, within a tile; a
 * thread that ends by itself makes them `internal`.
 */
export function openWorkerScanner(
  points: ScanPoints,
  signal: AbortSignal,
  nThreads = availableParallelism(),
): Promise<PairScanner> {
  return new Promise((resolve) => resolve(new WorkerScanner(points, signal, nThreads)));
}

class WorkerScanner implements PairScanner {
  readonly #lanes: ScanLanes;
  readonly #nPairs: number;
  readonly #signal: AbortSignal;
  readonly #control = new Int32Array(new SharedArrayBuffer(8));
  readonly #workers: readonly Worker[];
  #failure: AppError | null = null;
  #isClosing = false;
  #reject: (error: AppError) => void = () => undefined;
  readonly #abort = (): void => {
    Atomics.store(this.#control, stopped, 1);
    this.#fail(cancelledError());
  };

  constructor(points: ScanPoints, signal: AbortSignal, nThreads: number) {
    checkPoints(points);
    const nWorkers = Math.min(nThreads, Math.max(1, tilesOf(points, nThreads).length));
    this.#lanes = layLanes(points.n, points.labels);
    this.#nPairs = countPairs(points);
    this.#signal = signal;
    const data: ScanWorkerData = { points, lanes: this.#lanes, control: this.#control, nThreads };
    this.#workers = Array.from({ length: nWorkers }, () => this.#start(data));
    signal.addEventListener('abort', this.#abort, { once: true });
    if (signal.aborted) this.#abort();
  }

  async scan(
    bins: ScanBins,
    progress: (done: number, total: number) => void,
  ): Promise<readonly LabelCounts[]> {
    Atomics.store(this.#control, nextTile, 0);
    let done = 0;
    progress(0, this.#nPairs);
    const counted = (pairs: number): void => {
      done += pairs;
      progress(done, this.#nPairs);
    };
    const failed = new Promise<never>((_, reject) => {
      this.#reject = reject;
      if (this.#failure) reject(this.#failure);
    });
    const sums = await Promise.race([
      failed,
      Promise.all(this.#workers.map((worker) => scanOn(worker, bins, counted))),
    ]);
    return countsOfLanes(this.#lanes, addUp(sums), bins.nBins);
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#abort);
    this.#isClosing = true;
    Atomics.store(this.#control, stopped, 1);
    await Promise.all(
      this.#workers.map(async (worker) => {
        if (worker.threadId === -1) return;
        const exited = new Promise((resolve) => worker.once('exit', resolve));
        worker.postMessage({ kind: 'close' } satisfies ToScanWorker);
        await exited;
      }),
    );
  }

  #start(data: ScanWorkerData): Worker {
    const worker = new Worker(workerFile('scanWorker'), { workerData: data });
    worker.on('error', (error) =>
      this.#fail(
        new AppError('internal', `A thread that counts pairs failed: ${messageOf(error)}.`, {}, error),
      ),
    );
    worker.on('exit', (code) => {
      if (!this.#isClosing)
        this.#fail(
          new AppError('internal', `A thread that counts pairs ended by itself with code ${code}.`, { code }),
        );
    });
    return worker;
  }

  #fail(error: AppError): void {
    this.#failure ??= error;
    this.#reject(this.#failure);
  }
}

function checkPoints({ n, dim, data, firstPartners, labels }: ScanPoints): void {
  const lengths = [firstPartners.length, ...labels.map(({ length }) => length)];
  if (data.length === n * dim && lengths.every((length) => length === n)) return;
  throw new AppError(
    'internal',
    `${n} points of ${dim} numbers do not fit ${data.length} numbers and columns of ${lengths.join(', ')}.`,
  );
}

function scanOn(
  worker: Worker,
  bins: ScanBins,
  counted: (pairs: number) => void,
): Promise<readonly Float64Array[]> {
  return new Promise((resolve) => {
    const listen = (message: FromScanWorker): void => {
      if (message.kind === 'counted') {
        counted(message.pairs);
        return;
      }
      worker.off('message', listen);
      resolve(message.sums);
    };
    worker.on('message', listen);
    worker.postMessage({ kind: 'scan', bins } satisfies ToScanWorker);
  });
}

/** Group by group, over all threads. */
function addUp([first, ...others]: readonly (readonly Float64Array[])[]): Float64Array[] {
  return first!.map((sums, group) => {
    for (const other of others) for (let i = 0; i < sums.length; i++) sums[i]! += other[group]![i]!;
    return sums;
  });
}
