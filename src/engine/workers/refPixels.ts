import { availableParallelism } from 'node:os';
import type { Provider } from '../../domain/provider.ts';
import { type RefDecoder, refDecoder } from '../../embedding/refDecoder.ts';
import type { StageClock } from '../../embedding/stageClock.ts';
import { CropPool } from './cropPool.ts';

export interface RefPixels {
  readonly decode: RefDecoder;
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
  if (nWorkers === 0) return { decode: refDecoder(width, height, clock), close: () => Promise.resolve() };
  const pool = new CropPool({ width, height, signal, nWorkers, clock });
  return { decode: pool.decode, close: () => pool.close() };
}

/**
 * Threads beside the one that feeds the device. None on two cores where the model runs on them: threads would take
 * turns with it. Of the serial bound test/bench/pipelineBench.ts came to 108, 87, and 91 % with them for a light, a
 * balanced, and a heavy net, and to 96, 92, and 112 % without (a busy machine; medians of paired rounds). A device
 * of its own leaves the cores free while it blocks its thread: 96 % of ideal overlap with them, 71 % without, where
 * it takes twice as long as decoding.
 */
export function cropWorkerCount(provider: Provider, cores: number): number {
  if (provider === 'cpu' && cores <= 2) return 0;
  return Math.min(8, Math.max(1, cores - 1));
}
