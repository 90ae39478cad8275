import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { AppError, cancelledError } from '../domain/appError.ts';

/** The workspace folder that a command works in; throws `cancelled` where the question is dismissed. */
export async function chooseWorkspaceFolder(
  resource: vscode.Uri | undefined,
): Promise<vscode.WorkspaceFolder | undefined> {
  const owner = resource && vscode.workspace.getWorkspaceFolder(resource);
  if (owner) return owner;
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length <= 1 || resource) return folders[0];
  return chosen(await vscode.window.showWorkspaceFolderPick());
}

/** Restricted settings and files of the workspace reach the engine only after it is trusted. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new AppError(
    'workspaceUntrusted',
    'Analyses load models and start a process: trust this workspace to run them.',
  );
}

export async function browse(options: vscode.OpenDialogOptions): Promise<readonly vscode.Uri[]> {
  return chosen(await vscode.window.showOpenDialog({ defaultUri: startFolder(), ...options }));
}

/** Where dialogs begin. */
export function startFolder(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
}

/** The answer to a question; a dismissed question cancels the command. */
export function chosen<T>(answer: T | undefined): T {
  if (answer === undefined) throw cancelledError();
  return answer;
}
