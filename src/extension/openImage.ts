import * as vscode from 'vscode';

/** Opens an image beside the page that asked for it; `null`, one that the page may not open, does nothing. */
export async function openImage(file: vscode.Uri | null): Promise<void> {
  if (!file) return;
  await vscode.commands.executeCommand('vscode.open', file, {
    viewColumn: vscode.ViewColumn.Beside,
    preview: true,
  } satisfies vscode.TextDocumentShowOptions);
}
