import { AppError } from '../../domain/appError.ts';
import type { JobResult } from '../../protocol/jobs.ts';
import type { ExportJob } from '../../protocol/reportJobs.ts';

export function runExportJob(job: ExportJob): Promise<JobResult> {
  return Promise.reject(new AppError('internal', `Not there yet: ${job.kind}.`));
}
