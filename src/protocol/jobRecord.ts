import { z } from 'zod';
import { AppError } from '../domain/appError.ts';
import { type Job, jobSchema } from './jobs.ts';
import type { Report } from './report.ts';
import type { PathFunctions } from './resolveSettings.ts';

/** What of `node:path` turns paths of jobs into paths of records and back. */
export interface RecordPaths extends PathFunctions {
  relative(from: string, to: string): string;
  dirname(path: string): string;
  readonly sep: string;
}

export type JobRecord = NonNullable<Report['inputs']['job']>;

const recordedKinds = ['analyze', 'describe', 'invariance', 'validateEnergy'] as const;
export type RecordedJob = Extract<Job, { kind: (typeof recordedKinds)[number] }>;

/** Keys whose text, wherever they stand in a job, is a path. */
const pathKeys: ReadonlySet<string> = new Set([
  'data',
  'annotations',
  'path',
  'detector',
  'file',
  'list',
  'start',
  'base',
  'end',
  'writeImages',
]);

/** Where a run writes is no part of what it was. */
const ofThisRun: ReadonlySet<string> = new Set(['report', 'storeFolder']);

/**
 * A job as its report keeps it: paths relative to the report's folder, with forward slashes, so that a folder that
 * is moved as a whole can be analysed again. The report's own path and the store's are not in it.
 */
export function jobRecord(job: RecordedJob, paths: RecordPaths): JobRecord {
  const folder = paths.dirname(job.report);
  const own = Object.fromEntries(Object.entries(job).filter(([key]) => !ofThisRun.has(key)));
  return mapPaths(own, (path) => relativePath(folder, path, paths)) as JobRecord;
}

/** As a link in a document: with forward slashes; `.` for the folder itself. */
export function relativePath(from: string, to: string, paths: RecordPaths): string {
  const path = paths.relative(from, to).split(paths.sep).join('/');
  return path === '' ? '.' : path;
}

/**
 * The job that wrote a report, to be run again with the same settings and to write the same file.
 * @throws AppError usage: the report does not say it, or says it in a way that this version does not understand.
 */
export function jobOfRecord(
  record: Report['inputs']['job'],
  reportFile: string,
  storeFolder: string,
  paths: RecordPaths,
): RecordedJob {
  if (record === null) {
    throw new AppError(
      'usage',
      `${paths.basename(reportFile)} does not say which data and settings it was made with: it was written by an earlier version. Start the analysis anew.`,
      { report: reportFile },
    );
  }
  const folder = paths.dirname(reportFile);
  const job = mapPaths(record, (path) => paths.resolve(folder, path)) as Record<string, unknown>;
  const whole = { ...job, report: reportFile };
  const parsed = jobSchema.safeParse(
    job['kind'] === 'validateEnergy' || job['kind'] === 'describe' ? whole : { ...whole, storeFolder },
  );
  if (parsed.success && isRecorded(parsed.data)) return parsed.data;
  const problem = parsed.success ? `${parsed.data.kind} is no analysis` : z.prettifyError(parsed.error);
  throw new AppError(
    'usage',
    `What ${paths.basename(reportFile)} says of its own analysis is not understood: ${problem}. Start the analysis anew.`,
    { report: reportFile },
  );
}

function isRecorded(job: Job): job is RecordedJob {
  return (recordedKinds as readonly string[]).includes(job.kind);
}

function mapPaths(value: unknown, change: (path: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => mapPaths(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    // Sorted: the engine gets its job through a schema, the command line does not, and both write the same report.
    Object.entries(value)
      .sort(byKey)
      .map(([key, item]: [string, unknown]) => [
        key,
        typeof item === 'string' && pathKeys.has(key) ? change(item) : mapPaths(item, change),
      ]),
  );
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
