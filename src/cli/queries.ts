import { readdir, readFile } from 'node:fs/promises';
import * as paths from 'node:path';
import { AppError, isAppError, messageOf } from '../domain/appError.ts';
import { parseReportFile, type ReportFile } from '../protocol/readComparison.ts';
import { reportSuffix } from '../protocol/report.ts';
import { type ReportEntry, reportEntry } from '../protocol/reportEntry.ts';
import { readSection, reportSectionNames, sectionQuerySchema } from '../protocol/reportSections.ts';
import type { CommandLine } from './parseCommandLine.ts';
import { wholeNumber } from './parseCommandLine.ts';
import { type TableColumn, tableLines } from './table.ts';

type RunLine = Extract<CommandLine, { kind: 'run' }>;

/** What a question about reports says on standard output; `null`: the line is no such question. */
export async function answerQuery(line: RunLine, currentFolder: string): Promise<string | null> {
  if (line.command === 'list') {
    return listReports(paths.resolve(currentFolder, line.positionals[0]!), line.json);
  }
  if (line.command === 'read') return readPart(line, paths.resolve(currentFolder, line.positionals[0]!));
  return null;
}

async function listReports(folder: string, json: boolean): Promise<string> {
  const names = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new AppError(
      'dataSetNotFound',
      `${folder} cannot be listed: ${messageOf(error)}.`,
      { folder },
      error,
    );
  });
  const entries: ReportEntry[] = [];
  for (const name of names.filter((one) => one.endsWith(reportSuffix)).sort()) {
    const file = paths.join(folder, name);
    try {
      entries.push(reportEntry(file, await readFileOf(file)));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      process.stderr.write(`warning: ${file}: ${error.message}\n`);
    }
  }
  entries.sort((a, b) => b.finished.localeCompare(a.finished));
  if (json) return JSON.stringify(entries);
  if (entries.length === 0) return `No reports in ${folder}.`;
  const column = (head: string, cell: (entry: ReportEntry) => string): TableColumn => ({
    head,
    cells: entries.map(cell),
    align: 'left',
  });
  return tableLines([
    column('Report', ({ file }) => paths.relative(folder, file)),
    column('Data set', ({ dataset }) => dataset),
    column('Models', ({ models }) => models.join(', ')),
    column('Finished', ({ finished }) => finished),
  ]).join('\n');
}

async function readPart({ flags }: RunLine, file: string): Promise<string> {
  const { section, model, attribute, limit } = flags;
  const query = sectionQuerySchema.safeParse({
    section,
    ...(model === undefined ? {} : { model }),
    ...(attribute === undefined ? {} : { attribute }),
    ...(limit === undefined ? {} : { limit: wholeNumber('limit', limit, 1, 1) }),
  });
  if (!query.success) {
    throw new AppError(
      'usage',
      `--section is «${section ?? ''}»; it must be one of ${reportSectionNames.join(', ')}.`,
    );
  }
  const content = await readFileOf(file);
  if (content.kind === 'comparison') return JSON.stringify(content.comparison);
  return JSON.stringify(readSection(content.report, query.data), null, 2);
}

async function readFileOf(file: string): Promise<ReportFile> {
  try {
    return parseReportFile(await readFile(file, 'utf8'));
  } catch (error) {
    if (isAppError(error, 'reportInvalid') || isAppError(error, 'reportVersion')) throw error;
    throw new AppError('reportInvalid', `${file} cannot be read: ${messageOf(error)}.`, { file }, error);
  }
}
