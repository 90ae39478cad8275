import { AppError } from '../../domain/appError.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { InspectJob, JobResult } from '../../protocol/jobs.ts';

export function runInspectJob(job: InspectJob, context: JobContext): Promise<JobResult> {
  context.log('error', job.kind);
  return Promise.reject(new AppError('internal', 'Not made yet.'));
}
