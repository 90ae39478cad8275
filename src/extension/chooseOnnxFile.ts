import * as path from 'node:path';
import * as vscode from 'vscode';
import { browse, chosen } from './choosePlace.ts';

export interface OnnxItem extends vscode.QuickPickItem {
  readonly file: string;
}

const maxFiles = 200;

/** Asks for one `.onnx`: of the workspace, or another one. Throws `cancelled`. */
export async function chooseOnnxFile(question: {
  readonly title: string;
  readonly placeHolder: string;
}): Promise<string> {
  const items: (vscode.QuickPickItem & { readonly file?: string })[] = [
    ...(await onnxItems()),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: vscode.l10n.t('Browse…') },
  ];
  const item = chosen(await vscode.window.showQuickPick(items, { ...question, matchOnDescription: true }));
  if (item.file !== undefined) return item.file;
  const [file] = await browseForOnnx({ title: question.title });
  return chosen(file).fsPath;
}

/** The `.onnx` files of the workspace, by path. */
export async function onnxItems(): Promise<OnnxItem[]> {
  const files = await vscode.workspace.findFiles('**/*.onnx', '**/node_modules/**', maxFiles);
  return files
    .map((uri) => ({
      label: `$(symbol-misc) ${path.basename(uri.fsPath)}`,
      description: vscode.workspace.asRelativePath(uri),
      file: uri.fsPath,
    }))
    .sort((a, b) => (a.description < b.description ? -1 : 1));
}

export function browseForOnnx(options: vscode.OpenDialogOptions): Promise<readonly vscode.Uri[]> {
  return browse({ ...options, filters: { ONNX: ['onnx'] } });
}
