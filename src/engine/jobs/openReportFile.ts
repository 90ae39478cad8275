import { readFile } from 'node:fs/promises';
import { AppError, messageOf } from '../../domain/appError.ts';
import { parseReportFile, type ReportFile } from '../../protocol/readComparison.ts';

/**
 * A `*.attrlens.json`, checked and brought to today's shape, and its text as it is.
 * @throws AppError reportInvalid and reportVersion, naming the file.
 */
export async function openReportFile(
  file: string,
): Promise<{ readonly text: string; readonly content: ReportFile }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new AppError('reportInvalid', `${file} cannot be read: ${messageOf(error)}.`, { file }, error);
  }
  try {
    return { text, content: parseReportFile(text) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, `${file}: ${error.message}`, { ...error.data, file }, error);
  }
}
