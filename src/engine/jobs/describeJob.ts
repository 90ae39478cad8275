import { AppError } from '../../domain/appError.ts';
import type { JobContext } from '../../domain/progress.ts';
import type { DescribeJob, JobResult } from '../../protocol/jobs.ts';

/** The data set alone, from its annotations; ends with a report file. */
export function runDescribeJob(_job: DescribeJob, _context: JobContext): Promise<JobResult> {
  throw new AppError('internal', 'Not built yet.');
}
