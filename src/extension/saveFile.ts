import * as path from 'node:path';
import * as vscode from 'vscode';
import type { PageMessage } from '../protocol/webviewMessages.ts';
import { proposedName } from './proposedName.ts';

export type SaveFile = Extract<PageMessage, { type: 'saveFile' }>;

/** Asks where to, beside the report to begin with, writes what the page made, and offers to open it. */
export async function saveFile({ name, encoding, content }: SaveFile, report: vscode.Uri): Promise<void> {
  const fileName = proposedName(name);
  const chosen = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save {0}', fileName),
    defaultUri: vscode.Uri.joinPath(report, '..', fileName),
    filters: filtersOf(fileName),
  });
  if (!chosen) return;
  await vscode.workspace.fs.writeFile(chosen, Buffer.from(content, encoding));
  const open = vscode.l10n.t('Open');
  const saved = vscode.l10n.t('Saved {0}.', path.posix.basename(chosen.path));
  // The page has its answer before the message is read.
  void vscode.window.showInformationMessage(saved, open).then((button) => {
    if (button === open) void vscode.commands.executeCommand('vscode.open', chosen, vscode.ViewColumn.Beside);
  });
}

/** By the file's ending; any other file has none. */
function filtersOf(fileName: string): Record<string, string[]> {
  const ending = path.posix.extname(fileName).slice(1).toLowerCase();
  const names: Readonly<Record<string, string>> = {
    svg: vscode.l10n.t('SVG pictures'),
    png: vscode.l10n.t('PNG pictures'),
    csv: vscode.l10n.t('CSV tables'),
  };
  return Object.hasOwn(names, ending) ? { [names[ending]!]: [ending] } : {};
}
