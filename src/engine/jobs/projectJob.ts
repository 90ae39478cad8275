import { AppError } from '../../domain/appError.ts';
import type { JobResult } from '../../protocol/jobs.ts';
import type { ProjectJob } from '../../protocol/reportJobs.ts';

export function runProjectJob(job: ProjectJob): Promise<JobResult> {
  return Promise.reject(new AppError('internal', `Not there yet: ${job.kind}.`));
}
