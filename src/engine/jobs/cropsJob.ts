import { AppError } from '../../domain/appError.ts';
import type { JobResult } from '../../protocol/jobs.ts';
import type { CropsJob } from '../../protocol/reportJobs.ts';

export function runCropsJob(job: CropsJob): Promise<JobResult> {
  return Promise.reject(new AppError('internal', `Not there yet: ${job.kind}.`));
}
