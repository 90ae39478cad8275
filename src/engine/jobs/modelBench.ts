import { isAppError } from '../../domain/appError.ts';
import type { Provider } from '../../domain/provider.ts';
import { proveProvider } from '../../models/chooseProvider.ts';
import type { CpuTrial } from '../../models/cpuTrial.ts';
import type { PreparedModel } from '../../models/prepareModel.ts';
import {
  agreement,
  type BatchResult,
  leastAgreement,
  probePixels,
  runBatch,
  tryProvider,
} from '../../models/providerTrial.ts';
import type { ModelSpeed } from '../../protocol/jobs.ts';
import { batchOf } from './drawnFaces.ts';
import { type Clock, timeRuns } from '../../models/timeRuns.ts';

export interface BenchRequest {
  readonly model: PreparedModel;
  /** Width × height × 3 bytes each. */
  readonly images: readonly Uint8Array[];
  readonly batchSizes: readonly number[];
  readonly now: Clock;
  /** Called before each measurement; may throw to end it all. */
  readonly onMeasure: (provider: Provider, batchNumber: number) => Promise<void>;
}

/** Speeds of one model on several providers, and what they make of the same batches as the CPU. */
export class ModelBench {
  readonly speed: ModelSpeed[] = [];
  /** Providers, or batch sizes of them, that gave nothing to be trusted. */
  readonly refused: { readonly provider: Provider; readonly reason: string }[] = [];
  readonly #request: BenchRequest;
  /** What the CPU made of the batch of each size. */
  readonly #reference = new Map<number, BatchResult>();

  constructor(request: BenchRequest) {
    this.#request = request;
  }

  /** The CPU comes first: the others are held against it. */
  measureCpu({ session }: CpuTrial): Promise<void> {
    return this.#measure('cpu', session);
  }

  /** Gives a provider one attempt, as `openEmbedder` does, and measures it where it is to be trusted. */
  async measureOther(provider: Provider, cpu: CpuTrial): Promise<void> {
    const { model } = this.#request;
    const rows = cpu.batchSize;
    const pixels = probePixels(model.profile.preprocessing, rows, 1);
    await this.#request.onMeasure(provider, 0);
    const outcome = await proveProvider(
      {
        cpu,
        attempt: (one) => tryProvider(model, one, pixels, rows),
        agreement: (ours, theirs) => agreement(ours.result, theirs.result, ours.rows),
        compared: 'embeddings',
      },
      provider,
    );
    if (!outcome.isTaken) {
      this.refused.push({ provider, reason: outcome.reason });
      return;
    }
    const { session } = outcome.trial;
    try {
      await this.#measure(provider, session);
    } finally {
      await session.release();
    }
  }

  /** Stops at the first batch size that does not run, or not as on the CPU. */
  async #measure(provider: Provider, session: CpuTrial['session']): Promise<void> {
    const { model, images, batchSizes, now, onMeasure } = this.#request;
    for (const [number, batchSize] of batchSizes.entries()) {
      await onMeasure(provider, number);
      const pixels = batchOf(images, batchSize);
      try {
        const timed = await timeRuns(() => runBatch(session, model, pixels, batchSize), batchSize, now);
        const { result, imagesPerSecond } = timed;
        const expected = this.#reference.get(batchSize);
        if (expected === undefined) this.#reference.set(batchSize, result);
        const least = expected === undefined ? null : agreement(expected, result, batchSize);
        if (least !== null && !(least > leastAgreement)) {
          const reason = `at batch ${batchSize} its embeddings differ from the CPU's (smallest cosine ${least.toFixed(6)}).`;
          this.refused.push({ provider, reason });
          return;
        }
        this.speed.push({ provider, batchSize, imagesPerSecond, agreement: least });
      } catch (error) {
        if (provider === 'cpu' || !isAppError(error, 'modelFailed')) throw error;
        this.refused.push({ provider, reason: `at batch ${batchSize}: ${error.message}` });
        return;
      }
    }
  }
}
