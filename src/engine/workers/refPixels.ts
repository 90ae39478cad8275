import { availableParallelism } from 'node:os';
import type { Provider } from '../../domain/provider.ts';
import { type RefDecoder, refDecoder } from '../../embedding/refDecoder.ts';
import type { StageClock } from '../../embedding/stageClock.ts';
import { CropPool } from './cropPool.ts';

export interface RefPixels {
  readonly decode: RefDecoder;
  /** Told of pixels that are not read again. */
  readonly release: (pixels: Uint8Array) => void;
  readonly close: () => Promise<void>;
}

/** Decodes and aligns on threads where that helps, else on the thread that asks. */
export function openRefPixels(
  width: number,
  height: number,
  provider: Provider,
  clock: StageClock,
  signal: AbortSignal,
): RefPixels {
  const nWorkers = cropWorkerCount(provider, availableParallelism());
  if (nWorkers === 0)
    return {
      decode: refDecoder(width, height, clock),
      release: () => undefined,
      close: () => Promise.resolve(),
    };
  const pool = new CropPool({ width, height, signal, nWorkers, clock });
  return { decode: pool.decode, release: pool.release, close: () => pool.close() };
}

/**
 * Threads beside the one that feeds the device. None on two cores where the model runs on them: threads would take
 * turns with it. Of the serial bound test/bench/pipelineBench.ts came to 85, 92, and 92 % with them for a light, a
 * balanced, and a heavy net, and to 102, 101, and 95 % without (two quiet cores; medians of paired rounds). A device
 * of its own leaves the cores free while it blocks its thread: where it takes as long as decoding, 96 % of ideal
 * overlap with them, 53 % without; where it takes twice as long, 98 and 71 %.
 */
export function cropWorkerCount(provider: Provider, cores: number): number {
  if (provider === 'cpu' && cores <= 2) return 0;
  return Math.min(8, Math.max(1, cores - 1));
}
