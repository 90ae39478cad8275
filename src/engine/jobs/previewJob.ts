import { AppError } from '../../domain/appError.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { PreviewJob, JobResult } from '../../protocol/jobs.ts';

export function runPreviewJob(job: PreviewJob, context: JobContext): Promise<JobResult> {
  context.log('error', job.kind);
  return Promise.reject(new AppError('internal', 'Not made yet.'));
}
