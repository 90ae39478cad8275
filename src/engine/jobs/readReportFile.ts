import { readFile } from 'node:fs/promises';
import { AppError, messageOf } from '../../domain/appError.ts';
import { readReport } from '../../protocol/readReport.ts';
import type { Report } from '../../protocol/report.ts';

/** @throws AppError reportInvalid, reportVersion. */
export async function readReportFile(file: string): Promise<Report> {
  try {
    return readReport(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'reportInvalid',
      `The report ${file} cannot be read: ${messageOf(error)}.`,
      { file },
      error,
    );
  }
}
