import { AppError, isAppError } from '../domain/appError.ts';
import type { EmbedderNote } from './embedderNote.ts';
import type { PreparedModel } from './prepareModel.ts';
import {
  agreement,
  leastAgreement,
  probePixels,
  runBatch,
  type Trial,
  tryProvider,
} from './providerTrial.ts';

export interface CpuTrial extends Trial {
  /** Images in each run. */
  readonly batchSize: number;
}

/** Runs the probe on the CPU, and finds the batch size that the model really allows. */
export async function openOnCpu(
  model: PreparedModel,
  wanted: number,
  notes: EmbedderNote[],
): Promise<CpuTrial> {
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
