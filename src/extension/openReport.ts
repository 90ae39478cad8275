import * as vscode from 'vscode';
import { reportViewType } from './identifiers.ts';

/** Shows a report where it is open already, else beside what is being worked on. */
export async function openReport(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, reportViewType, columnFor(uri));
}

function columnFor(uri: vscode.Uri): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  const showing = all.find(({ tabs }) => tabs.some(({ input }) => isReport(input, uri)));
  if (showing) return showing.viewColumn;
  // Beside nothing would leave an empty half.
  return activeTabGroup.tabs.length === 0 ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}

function isReport(input: unknown, uri: vscode.Uri): boolean {
  return (
    input instanceof vscode.TabInputCustom &&
    input.viewType === reportViewType &&
    input.uri.toString() === uri.toString()
  );
}
