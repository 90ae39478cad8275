import * as vscode from 'vscode';
import { locateSetting, type SettingsFileKind } from './wrongSettings.ts';

export interface SettingsFile {
  readonly uri: vscode.Uri;
  readonly kind: SettingsFileKind;
}

/** Files of the workspace that hold settings: of each folder, and of a workspace file. They may not be there. */
export function settingsFiles(): readonly SettingsFile[] {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  const ofFolders = workspaceFolders.map(({ uri }) => ({
    uri: vscode.Uri.joinPath(uri, '.vscode', 'settings.json'),
    kind: 'settings' as const,
  }));
  // A workspace that was never saved has a file of the editor's own, which is not to be edited.
  const isSaved = workspaceFile !== undefined && workspaceFile.scheme !== 'untitled';
  return isSaved ? [...ofFolders, { uri: workspaceFile, kind: 'codeWorkspace' }] : ofFolders;
}

/** What stands there now, saved or not; `null` where there is no such file. */
export async function textOf({ uri }: SettingsFile): Promise<string | null> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

/** Shows the line that sets `key`, else the settings editor at that setting. */
export async function showSetting(key: string): Promise<void> {
  for (const file of settingsFiles()) {
    const text = await textOf(file);
    const place = text === null ? null : locateSetting(text, file.kind, key);
    if (place === null) continue;
    const document = await vscode.workspace.openTextDocument(file.uri);
    const selection = rangeOf(document, place);
    await vscode.window.showTextDocument(document, { selection });
    return;
  }
  await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${key}`);
}

export function rangeOf(
  document: vscode.TextDocument,
  { offset, length }: { readonly offset: number; readonly length: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}
