import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { AppError } from '../domain/appError.ts';
import { parseReportFile } from '../protocol/readComparison.ts';
import { reportSuffix } from '../protocol/report.ts';
import { resolveCompareJob } from '../protocol/resolveCompareJob.ts';
import { requireTrust } from './choosePlace.ts';
import { askForReport, isReport } from './askForReport.ts';
import { reportViewType } from './identifiers.ts';
import { openReport } from './openReport.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';
import { readSettings, settingsPlace } from './settings.ts';

/**
 * What differs between two reports, as a file of its own, which is opened and returned. Two that are selected are
 * compared at once; beside one (the one whose menu was used, or that is shown) the other is asked for. The run that
 * ended first is the first side.
 */
export async function compareReports(
  services: Services,
  resource?: vscode.Uri,
  resources: readonly vscode.Uri[] = [],
): Promise<vscode.Uri> {
  requireTrust();
  const pair = await byTime(await choosePair(resource, resources));
  const [before, after] = pair.map(({ fsPath }) => fsPath) as [string, string];
  const folder = vscode.workspace.getWorkspaceFolder(pair[0]) ?? vscode.workspace.workspaceFolders?.[0];
  const settings = readSettings(folder?.uri);
  const place = { ...settingsPlace(folder?.uri.fsPath ?? path.dirname(before)), paths: path };
  const title = vscode.l10n.t('Comparing {0} and {1}', nameOf(before), nameOf(after));
  const { report } = await runWithProgress(
    services,
    title,
    resolveCompareJob([before, after], settings, place),
  );
  const uri = vscode.Uri.file(report);
  await openReport(uri);
  return uri;
}

async function choosePair(
  resource: vscode.Uri | undefined,
  resources: readonly vscode.Uri[],
): Promise<[vscode.Uri, vscode.Uri]> {
  const selected = resources.filter(({ fsPath }) => fsPath.endsWith(reportSuffix));
  if (selected.length > 2) {
    throw new AppError(
      'usage',
      vscode.l10n.t('{0} reports are selected; two can be compared.', selected.length),
      { selected: selected.length },
    );
  }
  const [first = resource ?? (await shownReport()) ?? (await ask(null)), second] = selected;
  return [first, second ?? (await ask(first))];
}

function ask(first: vscode.Uri | null): Promise<vscode.Uri> {
  return askForReport(
    {
      title: vscode.l10n.t('Reports to compare'),
      placeHolder:
        first === null
          ? vscode.l10n.t('The first of two reports')
          : vscode.l10n.t('A report to compare with {0}', nameOf(first.fsPath)),
    },
    first,
  );
}

async function shownReport(): Promise<vscode.Uri | undefined> {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputCustom) || input.viewType !== reportViewType) return undefined;
  return (await isReport(input.uri)) ? input.uri : undefined;
}

async function byTime([one, other]: [vscode.Uri, vscode.Uri]): Promise<[vscode.Uri, vscode.Uri]> {
  const [a, b] = await Promise.all([finishedAt(one), finishedAt(other)]);
  return b < a ? [other, one] : [one, other];
}

/** When its run ended; files that are broken stay where they are, the job says what is wrong with them. */
async function finishedAt({ fsPath }: vscode.Uri): Promise<string> {
  try {
    const content = parseReportFile(await readFile(fsPath, 'utf8'));
    return content.kind === 'report' ? content.report.times.finished : '';
  } catch {
    return '';
  }
}

function nameOf(file: string): string {
  return path.basename(file).replace(reportSuffix, '');
}
