import { AppError } from '../domain/appError.ts';
import type { ModelOverride, ModelProfile } from '../domain/preprocessing.ts';
import type { LogLevel } from '../domain/progress.ts';
import type { Provider, ProviderRecord, RequestedProvider } from '../domain/provider.ts';
import { BatchLimit } from './batchLimit.ts';
import { chooseHalf } from './chooseHalf.ts';
import { chooseProvider, type ProviderMemory } from './chooseProvider.ts';
import { openOnCpu } from './cpuTrial.ts';
import type { EmbedderNote } from './embedderNote.ts';
import { runtimeVersion } from './onnxRuntime.ts';
import { providersToTry, thisPlatform } from './platformProviders.ts';
import { identifyModel, type PreparedModel, prepareModel } from './prepareModel.ts';
import { sharesInWords } from './providerProfile.ts';
import { agreement, probePixels, runLimited, type Trial, tryProvider } from './providerTrial.ts';
import { stoppedInTheMiddle } from './runtimeFailures.ts';
import { timeRuns } from './timeRuns.ts';

export interface EmbedderRequest {
  readonly override: ModelOverride;
  readonly provider: RequestedProvider;
  readonly batchSize: number;
  /** Swaps the channels as the paper's scripts did, whatever the model's family. */
  readonly paperCompat: boolean;
  /** Float16 on a GPU, where that is faster and the embeddings agree. */
  readonly halfPrecision: boolean;
  /** What is known of providers, by all that their speed depends on. */
  readonly memory: (of: Readonly<Record<string, unknown>>) => ProviderMemory;
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
  readonly precision: 'single' | 'half';
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
 * whether rows depend on each other. Then each provider gets one attempt (see `chooseProvider`). Throws `AppError`:
 * modelNotFound, modelNotOnnx, modelNotEmbedder, settingInvalid, modelFailed, nativeModuleMissing.
 */
export async function openEmbedder(request: EmbedderRequest): Promise<Embedder> {
  const { override, paperCompat, batchSize: wanted } = request;
  const { name, file, profile, notes: modelNotes } = await identifyModel(override, paperCompat);
  request.log('debug', `${name}: ${profile.family}. ${profile.why}`);
  const prepared = prepareModel(file.model, profile);
  const batchNotes: EmbedderNote[] = [];
  const cpu = await openOnCpu(prepared, wanted, batchNotes);
  const { batchSize } = cpu;
  const memory = request.memory({ model: file.sha256, profile, batchSize, runtime: await runtimeVersion() });
  const pixels = probePixels(profile.preprocessing, batchSize, 1);
  // The whole batch, for that is what will run; its first rows are those the CPU saw.
  const attempt = (provider: Provider, form: PreparedModel): Promise<Trial> =>
    tryProvider(form, provider, pixels, batchSize, memory.rows[provider]);
  const speed = async (form: PreparedModel, one: Trial): Promise<number> => {
    const rows = one === cpu ? Math.min(cpuProbeRows, batchSize) : batchSize;
    const own = pixels.subarray(0, (pixels.length / batchSize) * rows);
    const limit = one === cpu ? new BatchLimit(rows) : one.limit;
    const run = () => runLimited(one.session, form, own, limit);
    return (await timeRuns(run, rows, () => performance.now())).imagesPerSecond;
  };
  const proven = await chooseProvider<Trial>({
    requested: request.provider,
    candidates: providersToTry(request.provider, thisPlatform()),
    cpu,
    attempt: (provider) => attempt(provider, prepared),
    agreement: (ours, theirs) => agreement(ours.result, theirs.result, ours.rows),
    compared: 'embeddings',
    speed: (one) => speed(prepared, one),
    memory,
  });
  const ran = proven.record.ran;
  const half = request.halfPrecision
    ? await chooseHalf({
        model: file.model,
        single: { prepared, trial: proven.trial },
        provider: ran,
        cpu,
        attempt: (form) => attempt(ran, form),
        speed,
      })
    : null;
  const trial = half?.trial ?? proven.trial;
  const record: ProviderRecord = {
    ...proven.record,
    nodeShare: trial.nodeShare,
    nodeTimeShare: trial.nodeTimeShare,
    agreement: half?.agreement ?? proven.record.agreement,
  };
  const notes = [...modelNotes, ...batchNotes, ...proven.notes, ...(half ? [half.note] : [])];
  for (const note of notes) request.log('warning', `${name}: ${note.text}`);
  request.log('info', `${name} runs on ${record.ran}, ${sharesInWords(trial)}.`);
  const { session, result } = trial;
  // What ran the probe of a few rows on the CPU runs whole batches there.
  const limit = trial === cpu ? new BatchLimit(batchSize) : trial.limit;
  let told = batchSize;
  const tellLimit = async (): Promise<void> => {
    if (limit.rows === told) return;
    told = limit.rows;
    request.log(
      'warning',
      `${name}: the memory of ${record.ran} holds ${told} images at once, not ${batchSize}.`,
    );
    await memory.rememberRows(record.ran, told);
  };
  await tellLimit();
  // Not `prepared` itself: the weights need not stay in memory twice.
  const outputs: PreparedModel = { ...(half?.prepared ?? prepared), bytes: new Uint8Array(0) };
  return {
    name,
    sha256: file.sha256,
    profile,
    dim: result.dim,
    batchSize,
    provider: record,
    precision: half?.precision ?? 'single',
    notes,
    async run(batch) {
      if (batch.length !== pixels.length)
        throw new AppError(
          'internal',
          `A batch of ${batch.length} bytes was given; ${pixels.length} are needed.`,
        );
      try {
        return await runLimited(session, outputs, batch, limit);
      } catch (error) {
        throw stoppedInTheMiddle(error, record.ran);
      } finally {
        await tellLimit();
      }
    },
    release: () => session.release(),
  };
}

/** On the CPU fewer images tell as much: its speed hardly grows beyond them, and a large net takes seconds for a batch. */
const cpuProbeRows = 8;
