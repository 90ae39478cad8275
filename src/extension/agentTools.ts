import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { z } from 'zod';
import { AppError, messageOf } from '../domain/appError.ts';
import { findReport } from '../protocol/findReport.ts';
import { parseReportFile, type ReportFile } from '../protocol/readComparison.ts';
import { reportSuffix } from '../protocol/report.ts';
import { type ReportEntry, reportEntry } from '../protocol/reportEntry.ts';
import { readSection, reportSectionNames, sectionQuerySchema } from '../protocol/reportSections.ts';
import { resolveAnalyzeJob } from '../protocol/resolveSettings.ts';
import { resolveCompareJob } from '../protocol/resolveCompareJob.ts';
import { requireTrust } from './choosePlace.ts';
import { openReport } from './openReport.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';
import { readSettings, settingsPlace } from './settings.ts';

/** What a chat in the editor may ask of reports, and start; each answers with JSON as the command line prints it. */
export const agentToolNames = ['list_reports', 'read_report', 'compare_reports', 'run_analysis'] as const;
export type AgentToolName = (typeof agentToolNames)[number];

const maxReports = 200;

const reportInput = z.strictObject({ report: z.string().min(1), ...sectionQuerySchema.shape });
const compareInput = z.strictObject({ before: z.string().min(1), after: z.string().min(1) });
const analysisInput = z.strictObject({
  analysis: z.enum(['macroscale', 'verification']),
  dataset: z.string().min(1).optional(),
  models: z.array(z.string().min(1)).min(1).optional(),
});

/** What is shown before a tool runs; `null`: it reads files of the workspace and asks nothing. */
export function confirmationOf(
  name: AgentToolName,
  input: unknown,
): vscode.PreparedToolInvocation | undefined {
  switch (name) {
    case 'list_reports':
      return { invocationMessage: vscode.l10n.t('Listing reports') };
    case 'read_report':
      return { invocationMessage: vscode.l10n.t('Reading a report') };
    case 'compare_reports': {
      const { before, after } = parse(compareInput, input);
      return {
        invocationMessage: vscode.l10n.t(
          'Comparing {0} and {1}',
          path.basename(before),
          path.basename(after),
        ),
        confirmationMessages: {
          title: vscode.l10n.t('Compare two reports?'),
          message: vscode.l10n.t(
            'A comparison of {0} and {1} is written to the report folder.',
            before,
            after,
          ),
        },
      };
    }
    case 'run_analysis': {
      const { analysis, dataset, models } = parse(analysisInput, input);
      const what = analysis === 'macroscale' ? vscode.l10n.t('macroscale') : vscode.l10n.t('verification');
      return {
        invocationMessage: vscode.l10n.t('Running an analysis'),
        confirmationMessages: {
          title: vscode.l10n.t('Run an analysis?'),
          message: vscode.l10n.t(
            'Attribute Lens runs {0} on {1} with {2}. It may take minutes to hours; it can be cancelled.',
            what,
            dataset ?? vscode.l10n.t('the data set of the settings'),
            models?.join(', ') ?? vscode.l10n.t('the models of the settings'),
          ),
        },
      };
    }
  }
}

/** Runs a tool. Throws `AppError`, whose sentence the chat is told. */
export async function runAgentTool(
  services: Services,
  name: AgentToolName,
  input: unknown,
): Promise<unknown> {
  switch (name) {
    case 'list_reports':
      return listReports();
    case 'read_report': {
      const { report, ...query } = parse(reportInput, input);
      const content = await readFileOf(await findInWorkspace(report));
      return content.kind === 'comparison' ? content.comparison : readSection(content.report, query);
    }
    case 'compare_reports': {
      requireTrust();
      const { before, after } = parse(compareInput, input);
      const pair = [await findInWorkspace(before), await findInWorkspace(after)] as const;
      const { settings, place } = placeOf(vscode.Uri.file(pair[0]));
      const title = vscode.l10n.t('Comparing {0} and {1}', path.basename(pair[0]), path.basename(pair[1]));
      const { report } = await runWithProgress(
        services,
        title,
        resolveCompareJob([...pair], settings, place),
      );
      return (await readFileOf(report)) satisfies ReportFile;
    }
    case 'run_analysis': {
      requireTrust();
      const { analysis, dataset, models } = parse(analysisInput, input);
      const { settings, place } = placeOf(vscode.workspace.workspaceFolders?.[0]?.uri);
      const job = resolveAnalyzeJob(settings, place, {
        analyses: [analysis],
        ...(dataset === undefined ? {} : { data: dataset }),
        ...(models === undefined ? {} : { models: models.map((file) => ({ path: file })) }),
      });
      const title = vscode.l10n.t('Analyzing {0}', path.basename(job.data));
      const { report } = await runWithProgress(services, title, job);
      await openReport(vscode.Uri.file(report));
      const content = await readFileOf(report);
      if (content.kind === 'comparison') throw new AppError('internal', 'An analysis wrote a comparison.');
      return { report, ...readSection(content.report, { section: analysis }) };
    }
  }
}

async function listReports(): Promise<readonly ReportEntry[]> {
  const entries: ReportEntry[] = [];
  for (const uri of await reportFiles()) {
    // A file that cannot be read is no report to speak of.
    const content = await readFileOf(uri.fsPath).catch(() => null);
    if (content !== null) entries.push(reportEntry(vscode.workspace.asRelativePath(uri), content));
  }
  return entries.sort((a, b) => b.finished.localeCompare(a.finished));
}

/** Of the workspace alone: a chat names no other files. */
async function findInWorkspace(name: string): Promise<string> {
  const files = (await reportFiles()).map((uri) => ({
    path: uri.fsPath,
    relative: vscode.workspace.asRelativePath(uri),
  }));
  return findReport(name, files).path;
}

async function reportFiles(): Promise<readonly vscode.Uri[]> {
  const files = await vscode.workspace.findFiles(`**/*${reportSuffix}`, '**/node_modules/**', maxReports);
  return files.filter(({ scheme }) => scheme === 'file').sort((a, b) => a.fsPath.localeCompare(b.fsPath));
}

async function readFileOf(file: string): Promise<ReportFile> {
  try {
    return parseReportFile(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('reportInvalid', `${file} cannot be read: ${messageOf(error)}.`, { file }, error);
  }
}

function placeOf(uri: vscode.Uri | undefined) {
  const folder = (uri && vscode.workspace.getWorkspaceFolder(uri)) ?? vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    throw new AppError('usage', 'No folder is open. Open the folder of the data set first.');
  }
  return {
    settings: readSettings(folder.uri),
    place: { ...settingsPlace(folder.uri.fsPath), paths: path },
  };
}

function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'usage',
    `${z.prettifyError(parsed.error)} Sections are ${reportSectionNames.join(', ')}.`,
  );
}
