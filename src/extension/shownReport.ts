import * as vscode from 'vscode';
import { isReport } from './askForReport.ts';
import { reportViewType } from './identifiers.ts';

/** The report that is looked at; a comparison is none. */
export async function shownReport(): Promise<vscode.Uri | undefined> {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputCustom) || input.viewType !== reportViewType) return undefined;
  return (await isReport(input.uri)) ? input.uri : undefined;
}
