import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { AppError, messageOf } from '../domain/appError.ts';
import { jobOfRecord } from '../protocol/jobRecord.ts';
import { readReport } from '../protocol/readReport.ts';
import { type Report, reportSuffix } from '../protocol/report.ts';
import { askForReport } from './askForReport.ts';
import { storeFolderFor } from './checkReport.ts';
import { requireTrust } from './choosePlace.ts';
import { openReport } from './openReport.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';
import { shownReport } from './shownReport.ts';

/**
 * Runs the job that wrote a report once more, with the same settings, into the same file, and shows it.
 * `resource` is the report whose menu was used, else the one that is shown, else it is asked for. Returns its file.
 */
export async function rerunReport(services: Services, resource?: vscode.Uri): Promise<vscode.Uri> {
  requireTrust();
  const uri = resource ?? (await shownReport()) ?? (await ask());
  const { inputs } = await readReportFile(uri);
  const job = jobOfRecord(inputs.job, uri.fsPath, storeFolderFor(uri), path);
  const title = vscode.l10n.t('Running {0} again', path.basename(uri.fsPath, reportSuffix));
  await runWithProgress(services, title, job);
  await openReport(uri);
  return uri;
}

function ask(): Promise<vscode.Uri> {
  const placeHolder = vscode.l10n.t('The same data, models and settings once more');
  return askForReport({ title: vscode.l10n.t('Report to run again'), placeHolder }, null);
}

async function readReportFile({ fsPath }: vscode.Uri): Promise<Report> {
  try {
    return readReport(JSON.parse(await readFile(fsPath, 'utf8')));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'reportInvalid',
      `${fsPath} cannot be read: ${messageOf(error)}`,
      { file: fsPath },
      error,
    );
  }
}
