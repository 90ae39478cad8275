import * as paths from 'node:path';
import { AppError } from '../../domain/appError.ts';
import type { JobResult } from '../../protocol/jobs.ts';
import type { CompareJob } from '../../protocol/reportJobs.ts';
import { type ComparedReport, compareReports } from '../comparison/compareReports.ts';
import { openReportFile } from './openReportFile.ts';
import { writeComparison } from './writeReport.ts';

/**
 * Compares two reports and writes what differs, as a `*.attrlens.json` of its own. Opens no image and no model.
 * @throws AppError usage: a report with itself, or one to be written over; reportInvalid and reportVersion, naming the
 *   file; writeFailed.
 */
export async function runCompareJob({ reports, report }: CompareJob): Promise<JobResult> {
  const [before, after] = reports.map((file) => paths.resolve(file)) as [string, string];
  if (before === after) {
    throw new AppError('usage', `${before} is compared with itself; name two reports.`, { report: before });
  }
  if ([before, after].includes(paths.resolve(report))) {
    throw new AppError(
      'usage',
      `The comparison would replace ${report}, which is one of the reports; name another file.`,
      { report },
    );
  }
  const comparison = compareReports(await read(before), await read(after), report, paths);
  await writeComparison(report, comparison);
  return { kind: 'compare', report };
}

async function read(file: string): Promise<ComparedReport> {
  const { content } = await openReportFile(file);
  if (content.kind === 'report') return { file, report: content.report };
  throw new AppError('reportInvalid', `${file} is a comparison itself; name the reports it is of.`, { file });
}
