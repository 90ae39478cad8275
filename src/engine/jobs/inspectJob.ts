import { setImmediate } from 'node:timers/promises';
import { AppError, cancelledError, isAppError } from '../../domain/appError.ts';
import { givesNorms, type ModelOverride } from '../../domain/preprocessing.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { Provider } from '../../domain/provider.ts';
import { type CpuTrial, openOnCpu } from '../../models/cpuTrial.ts';
import { inspectDetector } from '../../models/detectors/inspectDetector.ts';
import type { EmbedderNote } from '../../models/embedderNote.ts';
import { licenceNote } from '../../models/licenceNotes.ts';
import { readModelFile } from '../../models/modelFile.ts';
import { judgeEmbeddings, type TestEmbeddings } from '../../models/modelSelfTest.ts';
import { modelStructure } from '../../models/modelStructure.ts';
import { providersToTry, thisPlatform } from '../../models/platformProviders.ts';
import {
  identifyModel,
  type IdentifiedModel,
  type PreparedModel,
  prepareModel,
} from '../../models/prepareModel.ts';
import { runBatch } from '../../models/providerTrial.ts';
import type { InspectJob, JobResult, ModelInspection } from '../../protocol/jobs.ts';
import { batchOf, type DrawnFaces, drawnFaces } from './drawnFaces.ts';
import { ModelBench } from './modelBench.ts';
import type { Clock } from '../../models/timeRuns.ts';

/** Measured where the model leaves the batch free. */
const batchSizes = [1, 8, 32] as const;
const largestBatch = 32;

/**
 * A look at one model: what its file holds, what it is taken for and why, what it makes of drawn faces, and how fast
 * it is on each provider that runs it as the CPU does. Nothing is written.
 *
 * Throws `AppError` as `openEmbedder` does; a face detector is named as such. A cancel ends it before the next
 * measurement.
 */
export async function runInspectJob(
  job: InspectJob,
  context: JobContext,
  now: Clock = () => performance.now(),
): Promise<JobResult> {
  const identified = await identify(job.model);
  const { name, file, profile } = identified;
  const candidates = providersToTry(job.provider, thisPlatform());
  const notes: EmbedderNote[] = [];
  const measured = await measure(identified, candidates, context, notes, now);
  for (const { text } of notes) context.log('warning', `${name}: ${text}`);
  return {
    kind: 'inspect',
    inspection: {
      name,
      sha256: file.sha256,
      nBytes: file.nBytes,
      profile,
      ...modelStructure(file.model),
      licenceNote: licenceNote(file.sha256, file.model),
      notes: notes.map(({ text }) => text),
      ...measured,
    },
  };
}

async function measure(
  { name, file, profile }: IdentifiedModel,
  candidates: readonly Provider[],
  context: JobContext,
  notes: EmbedderNote[],
  now: Clock,
): Promise<Pick<ModelInspection, 'selfTest' | 'speed' | 'refused'>> {
  const order: readonly Provider[] = ['cpu', ...candidates.filter((provider) => provider !== 'cpu')];
  const stepOf = (provider: Provider, batchNumber: number) =>
    2 + order.indexOf(provider) * batchSizes.length + batchNumber;
  const total = 2 + order.length * batchSizes.length;
  const begin = async (step: number, item: string): Promise<void> => {
    // A turn of the event loop, in which a cancel can come.
    await setImmediate();
    if (context.signal.aborted) throw cancelledError();
    context.progress({ phase: 'analyze', done: step, total, item });
  };
  await begin(0, name);
  const model = prepareModel(file.model, profile);
  const cpu = await openOnCpu(model, largestBatch, notes);
  const isFree = cpu.batchSize === largestBatch && profile.fixedBatch === null;
  const sizes: readonly number[] = isFree ? batchSizes : [cpu.batchSize];
  let bench: ModelBench;
  let embeddings: TestEmbeddings;
  try {
    await begin(1, 'drawn faces');
    const faces = await drawnFaces(profile);
    embeddings = await embedFaces(cpu, model, faces, isFree ? 8 : cpu.batchSize);
    bench = new ModelBench({
      model,
      images: faces.images,
      batchSizes: sizes,
      now,
      onMeasure: (provider, number) =>
        begin(stepOf(provider, number), `${provider}, batch size ${sizes[number]!}`),
    });
    await bench.measureCpu(cpu);
  } finally {
    await cpu.session.release();
  }
  for (const provider of order.slice(1)) await bench.measureOther(provider, cpu);
  await begin(total, name);
  const { speed, refused } = bench;
  return { selfTest: judgeEmbeddings(embeddings, profile.metric), speed, refused };
}

async function identify(override: ModelOverride): Promise<IdentifiedModel> {
  try {
    return await identifyModel(override, false);
  } catch (error) {
    if (!isAppError(error, 'modelNotEmbedder')) throw error;
    throw (await asDetector(override, error)) ?? error;
  }
}

/** What to say where the model is a face detector; `null` where it is none. */
async function asDetector({ path }: ModelOverride, cause: AppError): Promise<AppError | null> {
  const { model } = await readModelFile(path);
  try {
    const { kind, hasLandmarks } = inspectDetector(model);
    const detector = `${kind === 'scrfd' ? 'SCRFD' : 'YuNet'} ${hasLandmarks ? 'with' : 'without'} landmarks`;
    return new AppError(
      'modelNotEmbedder',
      `The model is a face detector (${detector}), not an embedder: it finds faces and gives no vector for each. Use it as «attributeLens.detector».`,
      { ...cause.data, detector: kind, hasLandmarks },
      cause,
    );
  } catch (error) {
    if (isAppError(error, 'modelNotDetector')) return null;
    throw error;
  }
}

/** Embeds all faces in batches of `size`, the last filled up from the beginning. */
async function embedFaces(
  { session, result: { dim } }: CpuTrial,
  model: PreparedModel,
  { images, people }: DrawnFaces,
  size: number,
): Promise<TestEmbeddings> {
  const embeddings = new Float32Array(images.length * dim);
  const norms = givesNorms(model.profile) ? new Float32Array(images.length) : null;
  for (let at = 0; at < images.length; at += size) {
    const count = Math.min(size, images.length - at);
    const batch = await runBatch(session, model, batchOf(images, size, at), size);
    embeddings.set(batch.embeddings.subarray(0, count * dim), at * dim);
    if (batch.norms) norms?.set(batch.norms.subarray(0, count), at);
  }
  return { embeddings, norms, dim, people };
}
