import { AppError } from '../domain/appError.ts';
import type { ModelOverride, ModelProfile } from '../domain/preprocessing.ts';
import type { LogLevel } from '../domain/progress.ts';
import type { ProviderRecord, RequestedProvider } from '../domain/provider.ts';
import { chooseProvider } from './chooseProvider.ts';
import { openOnCpu } from './cpuTrial.ts';
import type { EmbedderNote } from './embedderNote.ts';
import { providersToTry, thisPlatform } from './platformProviders.ts';
import { identifyModel, type PreparedModel, prepareModel } from './prepareModel.ts';
import { agreement, probePixels, runBatch, tryProvider } from './providerTrial.ts';

export interface EmbedderRequest {
  readonly override: ModelOverride;
  readonly provider: RequestedProvider;
  readonly batchSize: number;
  /** Swaps the channels as the paper's scripts did, whatever the model's family. */
  readonly paperCompat: boolean;
  log(level: LogLevel, message: string): void;
}

/** A model, open and proven to run. */
export interface Embedder {
  readonly name: string;
  readonly sha256: string;
  readonly profile: ModelProfile;
  readonly dim: number;
  readonly batchSize: number;
  readonly provider: ProviderRecord;
  /** What the report should say about opening it. */
  readonly notes: readonly EmbedderNote[];
  /** Takes batchSize × height × width × 3 bytes, RGB: whole batches, so that every row is computed alike. */
  run(pixels: Uint8Array): Promise<{
    /** batchSize × dim. */
    readonly embeddings: Float32Array;
    readonly norms: Float32Array | null;
  }>;
  release(): Promise<void>;
}

/**
 * Opens a model and proves how it runs. The CPU runs a probe first: it gives the width of the embedding and shows
 * whether rows depend on each other. Then each provider gets one attempt; the first that a profile saw running
 * nodes, and whose embeddings of the probe agree with the CPU's, is taken. Throws `AppError`: modelNotFound,
 * modelNotOnnx, modelNotEmbedder, settingInvalid, modelFailed, nativeModuleMissing.
 */
export async function openEmbedder(request: EmbedderRequest): Promise<Embedder> {
  const { override, paperCompat } = request;
  const { name, file, profile, notes: modelNotes } = await identifyModel(override, paperCompat);
  request.log('debug', `${name}: ${profile.family}. ${profile.why}`);
  const prepared = prepareModel(file.model, profile);
  const batchNotes: EmbedderNote[] = [];
  const cpu = await openOnCpu(prepared, request.batchSize, batchNotes);
  const chosen = await chooseProvider({
    requested: request.provider,
    candidates: providersToTry(request.provider, thisPlatform()),
    cpu,
    // The whole batch, for that is what will run; its first rows are those the CPU saw.
    attempt: (provider) =>
      tryProvider(prepared, provider, probePixels(profile.preprocessing, cpu.batchSize, 1), cpu.batchSize),
    agreement: (ours, theirs) => agreement(ours.result, theirs.result, ours.rows),
    compared: 'embeddings',
  });
  const { trial, record } = chosen;
  const notes = [...modelNotes, ...batchNotes, ...chosen.notes];
  for (const note of notes) request.log('warning', `${name}: ${note.text}`);
  request.log('info', `${name} runs on ${record.ran}, ${Math.round(100 * record.nodeShare)} % of its nodes.`);
  const { session, result } = trial;
  const nBytes = cpu.batchSize * profile.preprocessing.height * profile.preprocessing.width * 3;
  // Not `prepared` itself: the weights need not stay in memory twice.
  const outputs: PreparedModel = { ...prepared, bytes: new Uint8Array(0) };
  return {
    name,
    sha256: file.sha256,
    profile,
    dim: result.dim,
    batchSize: cpu.batchSize,
    provider: record,
    notes,
    async run(pixels) {
      if (pixels.length !== nBytes)
        throw new AppError('internal', `A batch of ${pixels.length} bytes was given; ${nBytes} are needed.`);
      return runBatch(session, outputs, pixels, cpu.batchSize);
    },
    release: () => session.release(),
  };
}
