import { AppError } from '../../domain/appError.ts';
import type { JobResult } from '../../protocol/jobs.ts';
import type { CompareJob } from '../../protocol/reportJobs.ts';

export function runCompareJob(job: CompareJob): Promise<JobResult> {
  return Promise.reject(new AppError('internal', `Not there yet: ${job.kind}.`));
}
