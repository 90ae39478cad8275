import { AppError } from '../../domain/appError.ts';
import type { JobResult } from '../../protocol/jobs.ts';
import type { CheckJob } from '../../protocol/reportJobs.ts';

export function runCheckJob(job: CheckJob): Promise<JobResult> {
  return Promise.reject(new AppError('internal', `Not there yet: ${job.kind}.`));
}
