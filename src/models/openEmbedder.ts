import { basename } from 'node:path';
import { AppError, isAppError } from '../domain/appError.ts';
import type { ModelOverride, ModelProfile } from '../domain/preprocessing.ts';
import type { LogLevel } from '../domain/progress.ts';
import type { ProviderRecord, RequestedProvider } from '../domain/provider.ts';
import { chooseProvider } from './chooseProvider.ts';
import type { EmbedderNote } from './embedderNote.ts';
import { profileOf } from './inspectModel.ts';
import { readModelFile } from './modelFile.ts';
import { encodeModel } from './onnxProto.ts';
import { providersToTry, thisPlatform } from './platformProviders.ts';
import { prependPreprocessing } from './prependPreprocessing.ts';
import {
  agreement,
  leastAgreement,
  type PreparedModel,
  probePixels,
  runBatch,
  type Trial,
  tryProvider,
} from './providerTrial.ts';

export interface EmbedderRequest {
  readonly override: ModelOverride;
  readonly provider: RequestedProvider;
  readonly batchSize: number;
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
  const { override } = request;
  const fileName = basename(override.path);
  const { model, sha256 } = await readModelFile(override.path);
  const profile = profileOf(model, fileName, override);
  const name = override.name ?? fileName.replace(/\.onnx$/i, '');
  request.log('debug', `${name}: ${profile.family}. ${profile.why}`);
  const graph = prependPreprocessing(model, profile);
  const [embeddingOutput, normOutput] = graph.graph.outputs.map((output) => output.name);
  const prepared: PreparedModel = {
    bytes: encodeModel(graph),
    profile,
    embeddingOutput: embeddingOutput!,
    normOutput: normOutput ?? null,
  };
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
  const notes = [...batchNotes, ...chosen.notes];
  for (const note of notes) request.log('warning', `${name}: ${note.text}`);
  request.log('info', `${name} runs on ${record.ran}, ${Math.round(100 * record.nodeShare)} % of its nodes.`);
  const { session, result } = trial;
  const nBytes = cpu.batchSize * profile.preprocessing.height * profile.preprocessing.width * 3;
  // Not `prepared` itself: the weights need not stay in memory twice.
  const outputs: PreparedModel = { ...prepared, bytes: new Uint8Array(0) };
  return {
    name,
    sha256,
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

interface CpuTrial extends Trial {
  /** Images in each run. */
  readonly batchSize: number;
}

/** Runs the probe on the CPU, and finds the batch size that the model really allows. */
async function openOnCpu(model: PreparedModel, wanted: number, notes: EmbedderNote[]): Promise<CpuTrial> {
  const { fixedBatch, quantised, dim } = model.profile;
  if (quantised && fixedBatch !== null && fixedBatch > 1)
    throw new AppError(
      'modelNotEmbedder',
      `The model is quantised dynamically and its batch is fixed at ${fixedBatch}: an embedding would depend on the other images of its batch. Export it with batch 1.`,
      { fixedBatch },
    );
  const cpu =
    fixedBatch === null && !quantised && wanted > 1
      ? await openBatched(model, wanted, notes)
      : await openAs(model, fixedBatch ?? 1);
  if (quantised && wanted > 1)
    reduce(notes, wanted, 1, 'it is quantised dynamically, so an embedding would depend on its batch-mates');
  else if (fixedBatch !== null && fixedBatch < wanted)
    reduce(notes, wanted, fixedBatch, `its batch is fixed at ${fixedBatch}`);
  else if (fixedBatch !== null && fixedBatch > wanted)
    notes.push({
      code: 'modelNote',
      text: `the batch is ${fixedBatch} instead of ${wanted}, as the model fixes it.`,
    });
  if (dim === null || dim === cpu.result.dim) return cpu;
  await cpu.session.release();
  throw new AppError(
    'modelFailed',
    `The model declares embeddings of ${dim} values, but gave ${cpu.result.dim}.`,
    { declared: dim, given: cpu.result.dim },
  );
}

async function openBatched(model: PreparedModel, wanted: number, notes: EmbedderNote[]): Promise<CpuTrial> {
  const pair = await openAs(model, 2).catch(reasonOfFailure);
  if (typeof pair === 'string') return openSingly(model, wanted, notes, pair);
  const reason = await reasonAgainstBatches(model, pair);
  if (reason === null) return { ...pair, batchSize: wanted };
  await pair.session.release();
  return openSingly(model, wanted, notes, reason);
}

async function openSingly(
  model: PreparedModel,
  wanted: number,
  notes: EmbedderNote[],
  reason: string,
): Promise<CpuTrial> {
  const single = await openAs(model, 1);
  reduce(notes, wanted, 1, reason);
  return single;
}

/** Two rows show whether a free batch is meant: the second must not change the first. */
async function reasonAgainstBatches(model: PreparedModel, pair: CpuTrial): Promise<string | null> {
  const other = await runBatch(pair.session, model, probePixels(model.profile.preprocessing, 2, 2), 2).catch(
    reasonOfFailure,
  );
  if (typeof other === 'string') return other;
  const same = agreement(pair.result, other, 1);
  return same > leastAgreement
    ? null
    : `an embedding depends on its batch-mates (cosine ${same.toFixed(4)} between two batches)`;
}

function reasonOfFailure(error: unknown): string {
  if (isAppError(error, 'modelFailed')) return error.message;
  throw error;
}

async function openAs(model: PreparedModel, rows: number): Promise<CpuTrial> {
  const trial = await tryProvider(model, 'cpu', probePixels(model.profile.preprocessing, rows, 1), rows);
  return { ...trial, batchSize: rows };
}

function reduce(notes: EmbedderNote[], wanted: number, given: number, reason: string): void {
  notes.push({
    code: 'batchReduced',
    text: `the batch is ${given} instead of ${wanted}: ${reason.replace(/\.$/, '')}.`,
  });
}
