import * as vscode from 'vscode';
import { isReport } from './askForReport.ts';
import { reportViewType } from './identifiers.ts';

/** The report that is looked at; a comparison is none. */
export async function shownReport(): Promise<vscode.Uri | undefined> {
  const file = shownReportFile();
  return file && (await isReport(file)) ? file : undefined;
}

/** The report, or the comparison, that is looked at. */
export function shownReportFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && input.viewType === reportViewType ? input.uri : undefined;
}
