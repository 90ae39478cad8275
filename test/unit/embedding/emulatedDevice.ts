import { AppError } from '../../../src/domain/appError.ts';
import type { BatchEmbedder } from '../../../src/embedding/embedImages.ts';
import type { ImageRef, RowStore } from '../../../src/embedding/pipeline.ts';
import type { RowState, StoreRow } from '../../../src/embedding/vectorStore.ts';
import { keyOf } from './storeSamples.ts';

/** Images of 2 × 1 pixels; image i decodes to six bytes that are all i + 1. */
export const imageBytes = 6;

export function images(n: number): readonly ImageRef[] {
  return Array.from({ length: n }, (_, i) => ({ path: `/faces/${i}`, key: keyOf(`${i}`), name: `${i}.jpg` }));
}

export function pixelsOf(path: string): Uint8Array {
  return new Uint8Array(imageBytes).fill(Number(path.split('/').at(-1)) + 1);
}

export class MemoryStore implements RowStore {
  readonly rows = new Map<string, StoreRow>();
  readonly commits: number[] = [];

  state(key: string): RowState {
    const row = this.rows.get(key);
    return row === undefined ? 'missing' : row.usable ? 'usable' : 'unusable';
  }

  append(rows: readonly StoreRow[]): void {
    this.commits.push(rows.length);
    for (const row of rows) this.rows.set(row.key, row);
  }
}

/** A device that adds up each image's bytes; `embedding` can make something else of the sum. */
export class EmulatedDevice implements BatchEmbedder {
  readonly profile;
  readonly dim = 2;
  readonly batchSize: number;
  /** First byte of each image of each run. */
  readonly runs: number[][] = [];
  beforeRun: (run: number) => Promise<void> | void = () => undefined;
  embedding: (sum: number) => readonly [number, number] = (sum) => [sum, -sum];

  constructor(batchSize: number) {
    this.batchSize = batchSize;
    this.profile = {
      preprocessing: {
        width: 2,
        height: 1,
        layout: 'NHWC',
        channels: 'RGB',
        normalisation: { kind: 'none' },
      },
    } as const;
  }

  async run(pixels: Uint8Array): Promise<{ embeddings: Float32Array; norms: null }> {
    if (pixels.length !== this.batchSize * imageBytes)
      throw new AppError('modelFailed', 'Wrong batch shape.');
    await this.beforeRun(this.runs.length);
    const embeddings = new Float32Array(this.batchSize * this.dim);
    const firsts: number[] = [];
    for (let i = 0; i < this.batchSize; i++) {
      const image = pixels.subarray(i * imageBytes, (i + 1) * imageBytes);
      firsts.push(image[0]!);
      embeddings.set(this.embedding(image.reduce((sum, x) => sum + x, 0)), i * this.dim);
    }
    this.runs.push(firsts);
    return { embeddings, norms: null };
  }
}

/** A decoder whose results come when the test says so. */
export class DeferredDecoder {
  /** In the order of submission. */
  readonly submitted: string[] = [];
  readonly #pending = new Map<string, PromiseWithResolvers<Uint8Array>>();
  #onSubmit: (() => void)[] = [];

  readonly decode = (path: string): Promise<Uint8Array> => {
    const deferred = withResolvers<Uint8Array>();
    this.#pending.set(path, deferred);
    this.submitted.push(path);
    for (const tell of this.#onSubmit.splice(0)) tell();
    return deferred.promise;
  };

  finish(path: string): void {
    this.#pending.get(path)!.resolve(pixelsOf(path));
  }

  async untilSubmitted(count: number): Promise<void> {
    while (this.submitted.length < count) await new Promise<void>((resolve) => this.#onSubmit.push(resolve));
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
}

export function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((take) => {
    resolve = take;
  });
  return { promise, resolve };
}
