import * as path from 'node:path';
import * as vscode from 'vscode';
import { exportFolderName } from '../protocol/exportFolderName.ts';
import { askForReport } from './askForReport.ts';
import { browse, chosen, requireTrust } from './choosePlace.ts';
import { runWithProgress } from './runWithProgress.ts';
import type { Services } from './services.ts';
import { shownReportFile } from './shownReport.ts';

/**
 * Everything that a report or a comparison holds, as files in a folder of its own beside where it is asked for.
 * `resource` is the report whose menu was used, else the one that is shown, else it is asked for. Returns the folder.
 */
export async function exportReport(services: Services, resource?: vscode.Uri): Promise<vscode.Uri> {
  requireTrust();
  const { fsPath: report } = resource ?? shownReportFile() ?? (await ask());
  const name = path.basename(report);
  const [place] = await browse({
    title: vscode.l10n.t('Where to export {0}', name),
    openLabel: vscode.l10n.t('Export Here'),
    canSelectFolders: true,
    canSelectFiles: false,
    defaultUri: vscode.Uri.file(path.dirname(report)),
  });
  const out = path.join(chosen(place).fsPath, exportFolderName(name));
  const title = vscode.l10n.t('Exporting {0}', name);
  const { folder, files } = await runWithProgress(services, title, { kind: 'export', report, out });
  const uri = vscode.Uri.file(folder);
  tell(uri, files.length);
  return uri;
}

function ask(): Promise<vscode.Uri> {
  const placeHolder = vscode.l10n.t('Tables, figures, LaTeX, and a page for any browser, in one folder');
  return askForReport({ title: vscode.l10n.t('Report to export'), placeHolder }, null);
}

/** Not awaited: the command has ended, the message waits for an answer. */
function tell(folder: vscode.Uri, nFiles: number): void {
  const open = vscode.l10n.t('Open Folder');
  const text = vscode.l10n.t('Exported {0} files to {1}.', nFiles, path.basename(folder.fsPath));
  void vscode.window.showInformationMessage(text, open).then((button) => {
    if (button === open) void openFolder(folder);
  });
}

/** In the explorer where it is in the workspace, else where the system shows folders, else in a window of its own. */
async function openFolder(folder: vscode.Uri): Promise<void> {
  if (vscode.workspace.getWorkspaceFolder(folder)) {
    const contents = vscode.Uri.joinPath(folder, 'README.txt');
    await vscode.commands.executeCommand('revealInExplorer', contents);
    return;
  }
  const isLocal = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  await (isLocal
    ? vscode.commands.executeCommand('revealFileInOS', folder)
    : vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true }));
}
