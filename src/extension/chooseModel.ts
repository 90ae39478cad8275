import * as path from 'node:path';
import * as vscode from 'vscode';
import { browseForOnnx, onnxItems } from './chooseOnnxFile.ts';
import { chosen } from './choosePlace.ts';

export type ModelChoice =
  { readonly kind: 'files'; readonly paths: readonly string[] } | { readonly kind: 'trainBaseline' };

/** Asks for the model: an `.onnx` of the workspace, the baseline of the data set, or other files. Throws `cancelled`. */
export async function chooseModel(dataset: string): Promise<ModelChoice> {
  const found = (await onnxItems()).map((item) => ({
    ...item,
    choice: { kind: 'files', paths: [item.file] } as const,
  }));
  const items: (vscode.QuickPickItem & { readonly choice?: ModelChoice })[] = [
    ...found,
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: vscode.l10n.t('Train Eigenfaces Baseline from {0}', path.basename(dataset)),
      description: vscode.l10n.t('a classical model that needs no download'),
      choice: { kind: 'trainBaseline' },
    },
    { label: vscode.l10n.t('Browse…') },
  ];
  const item = chosen(
    await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Model to analyze'),
      placeHolder: vscode.l10n.t('An ONNX face-recognition model'),
      matchOnDescription: true,
    }),
  );
  if (item.choice !== undefined) return item.choice;
  const picked = await browseForOnnx({ title: vscode.l10n.t('ONNX models'), canSelectMany: true });
  return { kind: 'files', paths: picked.map((uri) => uri.fsPath) };
}
