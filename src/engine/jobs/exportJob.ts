import { basename, resolve } from 'node:path';
import type { JobContext } from '../../domain/progress.ts';
import type { JobResult } from '../../protocol/jobs.ts';
import type { ExportJob } from '../../protocol/reportJobs.ts';
import { exportFiles } from '../export/exportFiles.ts';
import { writeExport } from '../export/exportFolder.ts';
import { readPageParts } from '../export/pageParts.ts';
import { projectionBeside } from '../export/projectionBeside.ts';
import { openReportFile } from './openReportFile.ts';

/**
 * Writes everything that a report, or a comparison, holds as files into a folder, and the report's
 * projection that lies beside it. Opens no image and no model.
 * @throws AppError reportInvalid and reportVersion, naming the file; writeFailed, naming the folder; cancelled.
 */
export async function runExportJob(
  { report: file, out }: ExportJob,
  { signal, progress, log }: JobContext,
  readPage = readPageParts,
): Promise<JobResult> {
  const { text, content } = await openReportFile(file);
  const { files, notes } = await exportFiles({
    content,
    text,
    fileName: basename(file),
    page: await readPage(),
    projection: content.kind === 'report' ? await projectionBeside(file, content.report) : { kind: 'never' },
  });
  for (const note of notes) log('warning', note);
  let done = 0;
  const onFile = (path: string) =>
    progress({ phase: 'write', done: done++, total: files.length, item: path });
  await writeExport(out, files, { signal, onFile });
  progress({ phase: 'write', done: files.length, total: files.length, item: '' });
  return { kind: 'export', folder: resolve(out), files: files.map(({ path }) => path) };
}
