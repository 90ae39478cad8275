import { existsSync } from 'node:fs';
import * as paths from 'node:path';
import { AppError } from '../../domain/appError.ts';
import type { JobContext } from '../../domain/progress.ts';
import { type RecordedJob, jobOfRecord } from '../../protocol/jobRecord.ts';
import type { JobResult } from '../../protocol/jobs.ts';
import type { Report } from '../../protocol/report.ts';
import type { CheckJob, Freshness } from '../../protocol/reportJobs.ts';
import { fileAsOfNow } from './fileAsOfNow.ts';
import { readReportFile } from './readReportFile.ts';
import { sourceAsOfNow } from './sourceAsOfNow.ts';

/** What was found about one input: a sentence about a change, or about what cannot be told. */
interface Finding {
  readonly state: 'stale' | 'unknown';
  readonly sentence: string;
}

/**
 * Compares the inputs that a report names with what lies there now. Opens no model; what was digested before and
 * has kept size and time is not read again.
 * @throws AppError reportInvalid, reportVersion, cancelled.
 */
export async function runCheckJob(job: CheckJob, context: JobContext): Promise<JobResult> {
  const report = await readReportFile(job.report);
  const recorded = recordedJob(report, job);
  const findings =
    recorded instanceof AppError
      ? [{ state: 'unknown', sentence: recorded.message } as const]
      : [
          ...(await datasetFindings(report, recorded, job, context)),
          ...(await modelFindings(report, job, context)),
          ...(await detectorFindings(report, recorded, job, context)),
        ];
  return { kind: 'check', freshness: freshnessOf(findings) };
}

function freshnessOf(findings: readonly Finding[]): Freshness {
  const isStale = findings.some(({ state }) => state === 'stale');
  const state = isStale ? 'stale' : findings.length > 0 ? 'unknown' : 'current';
  return { state, changes: findings.map(({ sentence }) => sentence) };
}

function recordedJob(report: Report, { report: file, storeFolder }: CheckJob): RecordedJob | AppError {
  try {
    return jobOfRecord(report.inputs.job, file, storeFolder, paths);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

async function datasetFindings(
  { inputs: { dataset } }: Report,
  recorded: RecordedJob,
  { storeFolder }: CheckJob,
  context: JobContext,
): Promise<readonly Finding[]> {
  const { source } = dataset;
  // Ready stencils and generated fields have no data set.
  if (source === null && 'lattice' in recorded && recorded.lattice.kind === 'table') {
    return [unknown(`Which files ${paths.basename(recorded.lattice.file)} named is not known.`)];
  }
  if (source === null) return [];
  try {
    const now = await sourceAsOfNow(recorded, storeFolder, context);
    if (now === null || now.digest === source.digest) return [];
    return [stale(countChange(now.nImages - source.nImages))];
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    return [datasetFailure(error, recorded)];
  }
}

function datasetFailure({ code, message, data }: AppError, recorded: RecordedJob): Finding {
  const missing = code === 'dataSetNotFound' ? data['path'] : null;
  if (typeof missing === 'string' && !existsSync(missing))
    return unknown(`${missing} is not there any more.`);
  const place = placeOf(recorded);
  if (code === 'dataSetEmpty') return stale(`${place} holds no images any more.`);
  return stale(`${place} cannot be read any more: ${message}`);
}

/** Folder or table that the job read. */
function placeOf(recorded: RecordedJob): string {
  if (recorded.kind === 'validateEnergy') return 'The data set';
  return recorded.kind === 'invariance' && recorded.lattice.kind === 'table'
    ? `The table ${recorded.lattice.file}`
    : `The data set ${recorded.data}`;
}

function countChange(difference: number): string {
  if (difference === 0) return 'Images or what is known of them have changed.';
  const n = Math.abs(difference);
  const images = n === 1 ? '1 image was' : `${n} images were`;
  return difference > 0 ? `${images} added.` : `${images} taken away.`;
}

async function modelFindings(
  { inputs: { models } }: Report,
  { report, storeFolder }: CheckJob,
  context: JobContext,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { name, file, sha256, family } of models) {
    if (file === null) {
      findings.push(unknown(`Which file ${name} was is not known.`));
      continue;
    }
    const path = paths.resolve(paths.dirname(report), file);
    findings.push(...(await fileFindings(path, sha256, family !== 'embeddings', storeFolder, context)));
  }
  return findings;
}

async function detectorFindings(
  { inputs: { models } }: Report,
  recorded: RecordedJob,
  { storeFolder }: CheckJob,
  context: JobContext,
): Promise<readonly Finding[]> {
  const alignment = models.map((model) => model.alignment).find((one) => one?.kind === 'detected');
  const detector = 'alignment' in recorded ? recorded.alignment.detector : null;
  if (alignment?.kind !== 'detected' || detector === null) return [];
  return fileFindings(detector, alignment.sha256, true, storeFolder, context);
}

async function fileFindings(
  path: string,
  sha256: string,
  isModel: boolean,
  storeFolder: string,
  context: JobContext,
): Promise<readonly Finding[]> {
  context.progress({ phase: 'scan', done: 0, total: 1, item: path });
  const now = await fileAsOfNow(path, sha256, isModel, storeFolder, context.signal);
  context.progress({ phase: 'scan', done: 1, total: 1, item: path });
  switch (now) {
    case 'same':
      return [];
    case 'other':
      return [stale(`${paths.basename(path)} is another file now.`)];
    case 'gone':
      return [unknown(`${path} is not there any more.`)];
  }
}

function stale(sentence: string): Finding {
  return { state: 'stale', sentence };
}

function unknown(sentence: string): Finding {
  return { state: 'unknown', sentence };
}
